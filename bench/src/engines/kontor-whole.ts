/**
 * Kontor as its worker runs it, in processes of their own: lease, truth check, words, MIME, intent and attempt, both lines
 * of the access log, the call, the settlement with message, thread and references, and the event with its job rows.
 */
import { randomBytes } from 'node:crypto'
import type { BenchDatabase } from '../database.ts'
import { startProgram, startProvider } from '../children.ts'
import type { Engine, Referee } from '../load.ts'
import { benchDatabase, nanoseconds } from '../programs/parts.ts'
import type { SenderSays, SenderWish } from '../programs/sender.ts'
import { fillGrants } from './kontor-grants.ts'
import { fill, workspace } from './kontor-ground.ts'
import { blobs } from '../../../server/src/platform/blob/index.ts'
import type { OutgoingFile } from '../../../server/src/sending/ports.ts'
import lean from '../../../scripts/lean.json' with { type: 'json' }

export function kontorWhole(
  database: BenchDatabase,
  wish: {
    readonly processes: number
    readonly over: 'process' | 'gmail'
    /** Of a file that every mail carries. */
    readonly fileBytes?: number
  },
): Engine {
  const where =
    wish.over === 'process'
      ? 'a provider inside the process'
      : "the product's Gmail adapter over HTTP to a process of its own"
  return {
    idiom: `the product's dispatcher with 64 mails on their way, ${wish.processes} process(es), everything that is written for a mail, ${where}; jobs of events are written and not run`,
    async fill(load) {
      await fill(database.admin, load)
      if (wish.over === 'gmail')
        await fillGrants(database.admin, (n) => ({
          access: `access ${n}`,
          refresh: `${n}#0`,
          expired: false,
        }))
    },
    async dispatch(referee, stop) {
      await using provider = wish.over === 'gmail' ? await startProvider() : undefined
      const told: SenderWish = {
        url: database.appUrl,
        worker: '',
        over: wish.over,
        ...(provider === undefined ? {} : { provider: provider.url }),
        ...(wish.fileBytes === undefined ? {} : { file: await storedFile(database, wish.fileBytes) }),
      }
      const senders = Array.from({ length: wish.processes }, (_, n) =>
        startProgram<SenderSays>('sender', { ...told, worker: `bench-${n}` }, lean),
      )
      await Promise.all(senders.map((sender) => sender.hear('ready')))
      const began = nanoseconds()
      const last = settledAll(senders, referee.wanted, stop)
      for (const sender of senders) sender.tell('go')
      const ended = await last
      const stopped = senders.map((sender) => sender.hear('stopped'))
      for (const sender of senders) sender.tell('stop')
      const said = await Promise.all(stopped)
      const inside = said.flatMap(({ taken }) => taken)
      const taken = (await provider?.record())?.taken ?? inside
      tellReferee(referee, taken)
      const peakRssMb = Math.max(...said.map((one) => one.peakRssMb))
      return { seconds: (ended - began) / 1e9, claims: [], peakRssMb }
    },
  }
}

async function storedFile({ appUrl }: BenchDatabase, size: number): Promise<OutgoingFile> {
  await using database = benchDatabase(appUrl)
  const bytes = randomBytes(size)
  const { sha256 } = await database.inWorkspace(workspace, (tx) => blobs.put(tx, workspace, bytes))
  return { filename: 'Plan.pdf', contentType: 'application/pdf', size, sha256 }
}

/** When the last of so many mails was settled, or the time was over. */
async function settledAll(
  senders: readonly ReturnType<typeof startProgram<SenderSays>>[],
  wanted: number,
  stop: AbortSignal,
): Promise<number> {
  const mails = senders.map(() => 0)
  let last = 0
  return await new Promise((resolve) => {
    stop.addEventListener('abort', () => resolve(nanoseconds()), { once: true })
    for (const [n, sender] of senders.entries()) {
      sender.onWord((said) => {
        if (said.says !== 'settled') return
        mails[n] = said.mails
        last = Math.max(last, said.at)
        if (mails.reduce((sum, one) => sum + one, 0) >= wanted) resolve(last)
      })
    }
  })
}

/** Tells the referee what a provider took, in the order of the clock that all processes share. */
export function tellReferee(referee: Referee, taken: readonly (readonly [number, string])[]): void {
  for (const [, subject] of taken.toSorted(([a], [b]) => a - b)) {
    const [mailbox = 0, n = 0] = subject.split(' ').map(Number)
    referee.send({ mailbox, rank: (n % 4) + 1, n })
  }
}
