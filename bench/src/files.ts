/** Mails with large files: how much memory a worker needs for many mailboxes that have one each to send at once. */
import type { Bench, Run } from './bench.ts'
import { freshDatabase } from './database.ts'
import { kontorWhole } from './engines/kontor-whole.ts'
import { Referee } from './load.ts'

export const filesBench: Bench = {
  line: 'Files: memory of a worker whose mailboxes all have mails with large files to send',
  numbers: { mailboxes: 16, mails: 2, mb: 20, seconds: 120 },
  contenders: ({ mailboxes = 0, mails = 0, mb = 0, seconds = 0 }) => ({
    kontor: {
      idiom: "the product's dispatcher and its Gmail adapter, over HTTP to a process of its own",
      run: () => once({ mailboxes, mailsPerMailbox: mails, cap: mails }, mb * 2 ** 20, seconds),
    },
  }),
}

async function once(
  load: { readonly mailboxes: number; readonly mailsPerMailbox: number; readonly cap: number },
  fileBytes: number,
  seconds: number,
): Promise<Run> {
  await using database = await freshDatabase()
  const engine = kontorWhole(database, { processes: 1, over: 'gmail', fileBytes })
  await engine.fill(load)
  const referee = new Referee(load)
  const timing = await engine.dispatch(referee, AbortSignal.timeout(seconds * 1000))
  const { sent, ...broken } = referee.judge()
  return {
    figures: {
      peakRssMb: timing.peakRssMb ?? Number.NaN,
      sent,
      seconds: timing.seconds,
      megabytesPerSecond: (sent * fileBytes) / 2 ** 20 / timing.seconds,
    },
    broken,
  }
}
