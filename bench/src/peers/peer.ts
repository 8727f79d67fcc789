/**
 * A queue engine of others in its best documented idiom, behind one small face: mails in, a handler that sends them, the
 * day that rolls over. What such an engine does not have (a cap a day) the handler adds as its documentation suggests.
 */
import pg from 'pg'
import type { BenchDatabase } from '../database.ts'
import { analyzeFilled } from '../database.ts'
import type { Engine, Mail, Referee } from '../load.ts'
import { mails } from '../load.ts'
import { prepareQuota, take } from './quota.ts'

/** `done`: it left. `tomorrow`: the day is full. A throw is a failure, which the engine tries again in its own way. */
export type Handle = (mail: Mail) => Promise<'done' | 'tomorrow'>

export interface Peer extends AsyncDisposable {
  /** Bulk, in its own chunks; resolves when all are durable. */
  add(mails: Iterable<Mail>, due?: Date): Promise<void>
  /** Works until disposed. */
  work(handle: Handle): Promise<AsyncDisposable>
  /** Moves everything that waits to this moment; resolves with how many were moved. */
  rollOver(to: Date): Promise<number>
  /** Jobs that it has not ended yet, and those that it gave up. */
  open(): Promise<{ readonly waiting: number; readonly givenUp: number }>
  /** After a worker was killed: what its documentation tells to do so that its jobs run again. */
  recover?(pid: number): Promise<void>
}

export interface PeerIdiom {
  readonly idiom: string
  open(database: Pick<BenchDatabase, 'adminUrl' | 'admin'>): Promise<Peer>
}

export const tomorrow = (): Date => new Date(Date.now() + 86_400_000)

/** A peer with the count row as one of B1's engines. */
export function peerEngine(database: BenchDatabase, { idiom, open }: PeerIdiom): Engine {
  let cap = 0
  let peer: Peer | undefined
  return {
    idiom: `${idiom}; count row in the handler, moved to tomorrow when full`,
    async fill(load) {
      cap = load.cap
      await prepareQuota(database.admin, load.mailboxes)
      peer = await open(database)
      await peer.add(mails(load))
      await analyzeFilled(database.admin)
    },
    async dispatch(referee, stop) {
      if (peer === undefined) throw new Error('filled first')
      const began = performance.now()
      await using counted = await workCounted(database, peer, cap, (mail) => referee.send(mail))
      await finished(referee, stop)
      const seconds = (performance.now() - began) / 1000
      counted.stop()
      return { seconds, claims: [] }
    },
    close: async () => await peer?.[Symbol.asyncDispose](),
  }
}

/** Lets a peer work with the count row: takes one of the day, sends, or moves the mail to tomorrow. */
export async function workCounted(
  { adminUrl }: BenchDatabase,
  peer: Peer,
  cap: number,
  send: (mail: Mail) => void,
): Promise<AsyncDisposable & { stop(): void }> {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 10 })
  pool.on('error', () => {})
  let over = false
  const working = await peer.work(async (mail) => {
    if (!(await take(pool, mail.mailbox, cap))) return 'tomorrow'
    if (!over) send(mail)
    return 'done'
  })
  return {
    stop: () => void (over = true),
    async [Symbol.asyncDispose]() {
      await working[Symbol.asyncDispose]()
      await pool.end()
    },
  }
}

export async function finished(referee: Pick<Referee, 'done'>, stop: AbortSignal): Promise<void> {
  while (!referee.done && !stop.aborted) await new Promise((resolve) => setTimeout(resolve, 2))
}

export function* chunked<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let chunk: T[] = []
  for (const one of all) {
    chunk.push(one)
    if (chunk.length < size) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
