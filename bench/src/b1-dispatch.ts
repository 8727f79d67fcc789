/**
 * B1: caps and ranks. How many mails leave per second when every mailbox has a daily cap and four strict ranks.
 *
 * The peers send nothing at all; Kontor is measured four times: leases and settlements alone, which is what a queue
 * does; with intent, attempt, access log and event; the product's whole path with words, MIME, thread and message around a
 * provider inside the process; and the same over HTTP to another process.
 */
import type { Bench, Contender, Run } from './bench.ts'
import { freshDatabase, walBytes } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { kontor } from './engines/kontor.ts'
import { kontorRecords } from './engines/kontor-records.ts'
import { kontorWhole } from './engines/kontor-whole.ts'
import { narrow } from './engines/narrow.ts'
import type { Engine, Load } from './load.ts'
import { Referee, percentile } from './load.ts'
import { bullmq } from './peers/bullmq.ts'
import { graphile } from './peers/graphile.ts'
import type { PeerIdiom } from './peers/peer.ts'
import { peerEngine } from './peers/peer.ts'
import { pgBoss } from './peers/pg-boss.ts'
import { redisLacks } from './peers/redis.ts'

export const dispatchBench: Bench = {
  line: 'Caps and ranks: mails a second, with a cap a day and four ranks in each mailbox',
  numbers: { mailboxes: 1000, mails: 12, cap: 10, seconds: 20 },
  contenders({ mailboxes = 0, mails = 0, cap = 0, seconds = 0 }) {
    const load = { mailboxes, mailsPerMailbox: mails, cap }
    const on = (make: (database: BenchDatabase) => Engine): Contender => ({
      idiom: make(nowhere).idiom,
      run: () => once(make, load, seconds),
    })
    const beside = (idiom: PeerIdiom): Contender => on((database) => peerEngine(database, idiom))
    return {
      kontor: on((database) => kontor(database, { loops: 4, batch: 1 })),
      'kontor-batched': on((database) => kontor(database, { loops: 2, batch: 100 })),
      'kontor-records': on((database) => kontorRecords(database, { loops: 2, batch: 64 })),
      'kontor-path': on((database) => kontorWhole(database, { processes: 1, over: 'process' })),
      'kontor-path-2': on((database) => kontorWhole(database, { processes: 2, over: 'process' })),
      'kontor-send': on((database) => kontorWhole(database, { processes: 1, over: 'gmail' })),
      narrow: on((database) => narrow(database, { loops: 4, batch: 1 })),
      'narrow-batched': on((database) => narrow(database, { loops: 2, batch: 100 })),
      'graphile-worker': beside(graphile({ concurrency: 8 })),
      'pg-boss': beside(pgBoss({ batch: 1, loops: 8 })),
      'pg-boss-batched': beside(pgBoss({ batch: 100, loops: 1 })),
      bullmq: beside(bullmq({ concurrency: 8, over: 'postgres' })),
      'bullmq-serial': beside(bullmq({ concurrency: 1, over: 'postgres' })),
      'bullmq-redis': { ...beside(bullmq({ concurrency: 8, over: 'redis' })), lacks: redisLacks },
      'bullmq-redis-serial': { ...beside(bullmq({ concurrency: 1, over: 'redis' })), lacks: redisLacks },
    }
  },
}

// of an engine that is only asked how it is used
const nowhere = { adminUrl: 'postgres://nowhere', appUrl: 'postgres://nowhere' } as BenchDatabase

async function once(make: (database: BenchDatabase) => Engine, load: Load, seconds: number): Promise<Run> {
  await using database = await freshDatabase()
  const engine = make(database)
  await engine.fill(load)
  const referee = new Referee(load)
  const wal = await walBytes(database.admin)
  const timing = await engine.dispatch(referee, AbortSignal.timeout(seconds * 1000))
  const written = (await walBytes(database.admin)) - wal
  await engine.close?.()
  const { sent, ...broken } = referee.judge()
  return {
    figures: {
      perSecond: sent / timing.seconds,
      sent,
      finished: referee.done ? 1 : 0,
      seconds: timing.seconds,
      ...(timing.claims.length === 0
        ? {}
        : { claimP50Ms: percentile(timing.claims, 0.5), claimP99Ms: percentile(timing.claims, 0.99) }),
      walBytesPerMail: written / Math.max(1, sent),
    },
    broken,
  }
}
