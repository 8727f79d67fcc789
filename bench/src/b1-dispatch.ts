/**
 * B1: caps and ranks. How many mails leave per second when every mailbox has a daily cap and four strict ranks.
 *
 * The peers send nothing at all; Kontor is measured three times: leases and settlements alone, which is what a queue
 * does; the product's whole path around a provider inside the process; and the same over HTTP to another process.
 */
import type { Bench, Contender, Run } from './bench.ts'
import { freshDatabase, walBytes } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { bullmq } from './engines/bullmq.ts'
import { graphile } from './engines/graphile.ts'
import { kontor } from './engines/kontor.ts'
import { kontorWhole } from './engines/kontor-whole.ts'
import { pgBoss } from './engines/pg-boss.ts'
import type { Engine, Load } from './load.ts'
import { Referee, percentile } from './load.ts'

export const dispatchBench: Bench = {
  line: 'Caps and ranks: mails a second, with a cap a day and four ranks in each mailbox',
  numbers: { mailboxes: 500, mails: 24, cap: 20, seconds: 60, rows: 300_000 },
  contenders({ mailboxes = 0, mails = 0, cap = 0, seconds = 0, rows = 0 }) {
    const load = { mailboxes, mailsPerMailbox: mails, cap }
    const deep = { mailboxes, mailsPerMailbox: Math.ceil(rows / mailboxes), cap }
    const on = (make: (database: BenchDatabase) => Engine, of: Load = load): Contender => ({
      idiom: make(nowhere).idiom,
      run: () => once(make, of, seconds),
    })
    return {
      kontor: on((database) => kontor(database, { loops: 4, batch: 1 })),
      'kontor-batched': on((database) => kontor(database, { loops: 2, batch: 100 })),
      'kontor-deep': on((database) => kontor(database, { loops: 4, batch: 1 }), deep),
      'kontor-deep-batched': on((database) => kontor(database, { loops: 2, batch: 100 }), deep),
      'kontor-path': on((database) => kontorWhole(database, { processes: 1, over: 'process' })),
      'kontor-path-2': on((database) => kontorWhole(database, { processes: 2, over: 'process' })),
      'kontor-send': on((database) => kontorWhole(database, { processes: 1, over: 'gmail' })),
      'kontor-send-2': on((database) => kontorWhole(database, { processes: 2, over: 'gmail' })),
      'graphile-worker': on((database) => graphile(database, { concurrency: 8 })),
      'pg-boss-batched': on((database) => pgBoss(database, { batch: 100, loops: 4 })),
      'pg-boss': on((database) => pgBoss(database, { batch: 1, loops: 8 })),
      bullmq: on((database) => bullmq(database, { concurrency: 8 })),
      'bullmq-serial': on((database) => bullmq(database, { concurrency: 1 })),
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
  const { sent, ...broken } = referee.judge()
  return {
    figures: {
      perSecond: sent / timing.seconds,
      sent,
      finished: referee.done ? 1 : 0,
      seconds: timing.seconds,
      claimP50Ms: percentile(timing.claims, 0.5),
      claimP99Ms: percentile(timing.claims, 0.99),
      walBytesPerMail: written / Math.max(1, sent),
    },
    broken,
  }
}
