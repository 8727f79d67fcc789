/**
 * `npm run crash-storm -- --mails N --kills K [--seed S] [--workers W] [--sabotage=double|lose]`
 *
 * Proves that no crash doubles or loses a mail, with the real programs: a web process and workers on a PostgreSQL of their
 * own, and a practice world that speaks HTTP. Workers are killed after the provider took a mail and before they recorded
 * it. The last line is the verdict of the practice world's record; exit 1 when a promise broke or kills are missing, exit
 * 2 when there is no verdict or a sabotage went unseen.
 */
import { parseArgs } from 'node:util'
import { keepCompiled, startPrograms } from '../story/programs.ts'
import { textOf } from '../story/people.ts'
import type { SentRecord } from '../story/people.ts'
import { castOf } from './cast.ts'
import { isKept, judge } from './judge.ts'
import type { Taken, Verdict } from './judge.ts'
import { rage } from './rage.ts'
import { ratesOf } from './sight.ts'
import { isTold, sabotages, strike } from './sabotage.ts'
import { setStage, tenths } from './stage.ts'

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '400' },
    kills: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    sabotage: { type: 'string' },
  },
})
const [mails, kills, workers] = [Number(values.mails), Number(values.kills), Number(values.workers)]
const sabotage = sabotages.find((one) => one === values.sabotage)
const complaint = complaintOf()

process.exitCode = 2
if (complaint === undefined) {
  keepCompiled()
  const began = performance.now()
  const { ok, ...line } = await storm()
  const seconds = tenths((performance.now() - began) / 1000)
  process.stdout.write(`${JSON.stringify({ ...line, ok, seconds })}\n`)
  if (sabotage !== undefined && !isTold(sabotage, line)) process.stderr.write(`nobody saw ${sabotage}\n`)
  else process.exitCode = ok ? 0 : 1
} else process.stderr.write(`${complaint}\n`)

function complaintOf(): string | undefined {
  const whole = (count: number, least: number, most: number): boolean =>
    Number.isInteger(count) && count >= least && count <= most
  if (!whole(mails, 20, 50_000)) return '--mails is a whole number from 20 to 50000'
  if (!whole(kills, 1, Math.floor(mails / 5))) return '--kills is a whole number, at most one of five mails'
  if (!whole(workers, 1, 16)) return '--workers is a whole number from 1 to 16'
  if (values.sabotage !== undefined && sabotage === undefined)
    return `--sabotage is one of ${sabotages.join(', ')}`
  return undefined
}

async function storm(): Promise<Verdict & { readonly ok: boolean } & Record<string, unknown>> {
  const cast = castOf({ seed: values.seed, mails })
  await using programs = await startPrograms({ workers })
  const stage = await setStage(programs, cast)
  tell(`${mails} mails in ${cast.senders.length} mailboxes are queued: ${JSON.stringify(stage.timings)}`)
  if (sabotage !== undefined) await strike(sabotage, programs)
  const began = performance.now()
  const raged = await rage(programs, stage, { seed: values.seed, mails, kills, tell })
  const sending = tenths((performance.now() - began) / 1000)
  const verdict = judge(cast.people, (await stage.practice.record<SentRecord>('mails')).map(taken))
  const unconfirmed = await stage.owner.all(`${stage.home}/outbox?section=unconfirmed`)
  const { faults } = await stage.practice.get<{ faults: { kind: string; applied: number }[] }>('/faults')
  const struckBy = (kind: string): number => faults.find((fault) => fault.kind === kind)?.applied ?? 0
  const rates = ratesOf(raged.watch.pace)
  const { accepted, ...broken } = verdict
  return {
    accepted,
    kills_between_accept_and_settle: raged.kills,
    ...broken,
    in_doubt_left_full: unconfirmed.length,
    mails_struck: raged.struck,
    kills_missed: raged.missed,
    stalled: struckBy('stallAfterAccept'),
    cut_before_accept: struckBy('cutBeforeAccept'),
    ...stage.timings,
    sending_seconds: sending,
    sends_per_second: rates.all,
    sends_per_second_best: rates.best,
    worker_rss_peak_mb: raged.watch.peakMb,
    workers,
    seed: values.seed,
    ok: isKept(verdict) && unconfirmed.length === 0 && raged.kills >= kills,
  }
}

function taken({ mailbox, recipients, at, raw }: SentRecord): Taken {
  return { mailbox, recipients, day: at.slice(0, 10), text: textOf(raw) }
}

function tell(line: string): void {
  process.stdout.write(`${tenths(performance.now() / 1000)} s: ${line}\n`)
}
