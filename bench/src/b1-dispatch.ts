/** B1: caps and ranks. How many mails leave per second when every mailbox has a daily cap and four strict ranks. */
import { freshDatabase, walBytes } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { bullmq } from './engines/bullmq.ts'
import { graphile } from './engines/graphile.ts'
import { kontor } from './engines/kontor.ts'
import { pgBoss } from './engines/pg-boss.ts'
import type { Engine, Load } from './load.ts'
import { Referee, median, percentile } from './load.ts'

export interface Wish {
  readonly runs: number
  readonly load: Load
  readonly seconds: number
  readonly engine: string | undefined
}

const engines: Readonly<Record<string, (database: BenchDatabase) => Engine>> = {
  kontor: (database) => kontor(database, { loops: 4, batch: 1 }),
  'kontor-batched': (database) => kontor(database, { loops: 2, batch: 100 }),
  'graphile-worker': (database) => graphile(database, { concurrency: 8 }),
  'pg-boss-batched': (database) => pgBoss(database, { batch: 100, loops: 4 }),
  'pg-boss': (database) => pgBoss(database, { batch: 1, loops: 8 }),
  bullmq: (database) => bullmq(database, { concurrency: 8 }),
  'bullmq-serial': (database) => bullmq(database, { concurrency: 1 }),
}

export async function* dispatchBench(
  wish: Wish,
  raw: (line: object) => Promise<void>,
): AsyncGenerator<object> {
  for (const [key, make] of Object.entries(engines)) {
    if (wish.engine !== undefined && wish.engine !== key) continue
    const runs = []
    for (let n = 0; n < wish.runs; n++) {
      const run = await once(make, wish)
      await raw({ bench: 'b1', engine: key, load: wish.load, run: n, ...run })
      runs.push(run)
    }
    const idiom = runs[0]?.idiom
    const broken = runs.find((run) => run.overCap + run.inversions + run.duplicates > 0)
    const rates = runs.map((run) => run.perSecond)
    yield broken === undefined
      ? {
          engine: key,
          perSecond: median(rates),
          lowest: Math.min(...rates),
          highest: Math.max(...rates),
          claimP99Ms: median(runs.map((run) => run.claimP99Ms)),
          finished: runs.every((run) => run.finished),
          walBytesPerMail: median(runs.map((run) => run.walBytesPerMail)),
          runs: runs.length,
          idiom,
        }
      : {
          engine: key,
          cannotExpressIt: {
            overCap: broken.overCap,
            inversions: broken.inversions,
            duplicates: broken.duplicates,
          },
          perSecondAllTheSame: median(rates),
          idiom,
        }
  }
}

async function once(make: (database: BenchDatabase) => Engine, { load, seconds }: Wish) {
  await using database = await freshDatabase()
  const engine = make(database)
  await engine.fill(load)
  const referee = new Referee(load)
  const wal = await walBytes(database.admin)
  const timing = await engine.dispatch(referee, AbortSignal.timeout(seconds * 1000))
  const written = (await walBytes(database.admin)) - wal
  const finished = referee.done
  const judgement = referee.judge()
  return {
    ...judgement,
    idiom: engine.idiom,
    seconds: timing.seconds,
    finished,
    perSecond: judgement.sent / timing.seconds,
    claimP50Ms: percentile(timing.claims, 0.5),
    claimP99Ms: percentile(timing.claims, 0.99),
    walBytesPerMail: written / Math.max(1, judgement.sent),
  }
}
