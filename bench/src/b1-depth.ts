/**
 * B1 in depth: whether a lease costs the same when more mails wait. One filled outbox per depth; single leases and then
 * leases of a hundred, each for a few seconds several times over. The figures are medians of those.
 */
import type { Bench, Contender, Run } from './bench.ts'
import { freshDatabase } from './database.ts'
import { kontor } from './engines/kontor.ts'
import { Referee, median, percentile } from './load.ts'

const times = 5
const mailboxes = 1000

export const depthBench: Bench = {
  line: 'B1 in depth: lease and settlement alone while more and more mails wait',
  numbers: { rows: 3_000_000, seconds: 3 },
  contenders: ({ rows = 0, seconds = 0 }) =>
    Object.fromEntries(
      [rows / 10, rows].map((depth): [string, Contender] => [
        `kontor-${depth}`,
        {
          idiom: `${mailboxes} mailboxes; leases of 1 in 4 loops, then of 100 in 2, ${times} times ${seconds} s each`,
          mostRuns: 1,
          run: () => once(depth, seconds),
        },
      ]),
    ),
}

async function once(rows: number, seconds: number): Promise<Run> {
  await using database = await freshDatabase()
  const load = { mailboxes, mailsPerMailbox: Math.ceil(rows / mailboxes), cap: 2000 }
  const single = kontor(database, { loops: 4, batch: 1 })
  const batched = kontor(database, { loops: 2, batch: 100 })
  await single.fill(load)
  const referee = new Referee(load)
  const measured = async (engine: typeof single) => {
    const rates: number[] = []
    const claims: number[] = []
    for (let n = 0; n < times; n++) {
      const before = referee.sent
      const timing = await engine.dispatch(referee, AbortSignal.timeout(seconds * 1000))
      rates.push((referee.sent - before) / timing.seconds)
      claims.push(...timing.claims)
    }
    const ascending = claims.toSorted((a, b) => a - b)
    return { perSecond: median(rates), p50: percentile(ascending, 0.5), p99: percentile(ascending, 0.99) }
  }
  const [one, many] = [await measured(single), await measured(batched)]
  const { sent, ...broken } = referee.judge()
  return {
    figures: {
      perSecond: one.perSecond,
      claimP50Ms: one.p50,
      claimP99Ms: one.p99,
      batchedPerSecond: many.perSecond,
      batchedClaimP50Ms: many.p50,
      batchedClaimP99Ms: many.p99,
      rows: load.mailboxes * load.mailsPerMailbox,
      sent,
    },
    broken,
  }
}
