/**
 * B2: noisy neighbour. Mailboxes that are none of the trouble get fresh mail while others wait in masses. How long until
 * their first mail leaves, and how much slower all of theirs leave than with no noise?
 *
 *   quiet      only the fresh mails
 *   exhausted  nine of ten mailboxes have used up their day and still have mails that wait
 *   backlog    one mailbox has a whole campaign waiting, enqueued before and in one piece
 *
 * Fresh mails have the rank of those that wait, so that no priority helps. Workers run a second before they come.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Bench, Contender, Run } from './bench.ts'
import { analyzeFilled, freshDatabase } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { kontorNeighbour } from './engines/kontor-neighbour.ts'
import type { Mail } from './load.ts'
import { percentile } from './load.ts'
import { bullmq } from './peers/bullmq.ts'
import { graphile } from './peers/graphile.ts'
import type { PeerIdiom } from './peers/peer.ts'
import { workCounted } from './peers/peer.ts'
import { pgBoss } from './peers/pg-boss.ts'
import { prepareQuota } from './peers/quota.ts'
import { redisLacks } from './peers/redis.ts'

const noises = ['quiet', 'exhausted', 'backlog'] as const
type Noise = (typeof noises)[number]

export const rank = 3
export const cap = 2000

/** Mailboxes 0 to `noisy` - 1 make the noise, the others up to `mailboxes` - 1 get fresh mail. */
export interface Scene {
  readonly mailboxes: number
  readonly noisy: number
  /** Whether the noisy ones have used up their day. */
  readonly exhausted: boolean
  readonly waiting: readonly Mail[]
}

export interface Neighbour extends AsyncDisposable {
  prepare(scene: Scene): Promise<void>
  /** Sends until disposed, and says what left. */
  work(left: (mail: Mail) => void): Promise<AsyncDisposable>
  add(fresh: readonly Mail[]): Promise<void>
}

export const neighbourBench: Bench = {
  line: 'Noisy neighbour: fresh mails of some mailboxes while others are exhausted or have a great backlog',
  numbers: { fresh: 500, backlog: 50_000, seconds: 15 },
  contenders({ fresh = 0, backlog = 0, seconds = 0 }) {
    const size = { fresh, backlog, seconds }
    const of = (idiom: string, open: (database: BenchDatabase) => Promise<Neighbour>): Contender => ({
      idiom,
      run: () => once(open, size),
    })
    const beside = (peer: PeerIdiom): Contender => of(peer.idiom, (database) => peerNeighbour(database, peer))
    return {
      kontor: of(
        "the product's lease of 16 as its dispatcher takes them, and a settlement fenced by the lease id, 2 loops",
        kontorNeighbour,
      ),
      'graphile-worker': beside(graphile()),
      'pg-boss': beside(pgBoss()),
      bullmq: beside(bullmq({ over: 'postgres' })),
      'bullmq-redis': { ...beside(bullmq({ over: 'redis' })), lacks: redisLacks },
    }
  },
}

interface Size {
  readonly fresh: number
  readonly backlog: number
  readonly seconds: number
}

async function once(open: (database: BenchDatabase) => Promise<Neighbour>, size: Size): Promise<Run> {
  const figures: Record<string, number> = {}
  for (const noise of noises) {
    const { perSecond, firstMs, p99Ms, left } = await among(open, noise, size)
    Object.assign(figures, {
      [`${noise}PerSecond`]: perSecond,
      [`${noise}FirstMs`]: firstMs,
      [`${noise}P99Ms`]: p99Ms,
      [`${noise}Left`]: left,
    })
  }
  const loss = (noise: Noise): number =>
    100 * (1 - (figures[`${noise}PerSecond`] ?? 0) / (figures['quietPerSecond'] ?? 1))
  return {
    figures: { lossBacklogPercent: loss('backlog'), lossExhaustedPercent: loss('exhausted'), ...figures },
  }
}

async function among(
  open: (database: BenchDatabase) => Promise<Neighbour>,
  noise: Noise,
  { fresh, backlog, seconds }: Size,
): Promise<{ perSecond: number; firstMs: number; p99Ms: number; left: number }> {
  await using database = await freshDatabase()
  await using neighbour = await open(database)
  const scene = sceneOf(noise, backlog)
  await neighbour.prepare(scene)
  const others = scene.mailboxes - scene.noisy
  const mails = Array.from(
    { length: fresh },
    (_, n): Mail => ({ mailbox: scene.noisy + (n % others), rank, n: Math.floor(n / others) }),
  )
  const all = Promise.withResolvers<void>()
  const after: number[] = []
  let began = 0
  await using _ = await neighbour.work(({ mailbox }) => {
    if (mailbox < scene.noisy) return
    after.push(performance.now() - began)
    if (after.length === fresh) all.resolve()
  })
  await pause(1000)
  began = performance.now()
  await neighbour.add(mails)
  await Promise.race([all.promise, pause(seconds * 1000)])
  const lasted = performance.now() - began
  return {
    perSecond: (after.length / lasted) * 1000,
    // whatever has not left has not left by now
    firstMs: after[0] ?? lasted,
    p99Ms: after.length === fresh ? percentile(after, 0.99) : lasted,
    left: after.length,
  }
}

function sceneOf(noise: Noise, backlog: number): Scene {
  const waiting = (mailboxes: number, each: number): Mail[] =>
    Array.from({ length: mailboxes * each }, (_, i) => ({
      mailbox: Math.floor(i / each),
      rank,
      n: i % each,
    }))
  if (noise === 'exhausted') return { mailboxes: 500, noisy: 450, exhausted: true, waiting: waiting(450, 20) }
  return {
    mailboxes: 51,
    noisy: 1,
    exhausted: false,
    waiting: noise === 'backlog' ? waiting(1, backlog) : [],
  }
}

async function peerNeighbour(database: BenchDatabase, { open }: PeerIdiom): Promise<Neighbour> {
  const peer = await open(database)
  return {
    async prepare({ mailboxes, noisy, exhausted, waiting }) {
      await prepareQuota(database.admin, mailboxes, exhausted ? noisy : 0)
      await peer.add(waiting)
      await analyzeFilled(database.admin)
    },
    work: (left) => workCounted(database, peer, cap, left),
    add: (fresh) => peer.add(fresh),
    [Symbol.asyncDispose]: async () => await peer[Symbol.asyncDispose](),
  }
}
