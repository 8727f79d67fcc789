/**
 * B10: one person presses the button once for many recipients. Seconds until all of them are durable, what it writes, how
 * soon the first may leave after that, and that pressing again adds none – also while the first is in a worker's hands.
 *
 * The peers write a job each. Kontor is measured twice: the outbox alone, and the whole launch of a campaign, which also
 * judges each person, freezes the text and writes down what becomes of whom.
 */
import type { Bench, Contender, Run } from './bench.ts'
import { freshDatabase, walBytes } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { bullmqEnqueue, graphileEnqueue, pgBossEnqueue } from './engines/enqueue-peers.ts'
import { kontorEnqueue, kontorLaunch } from './engines/kontor-enqueue.ts'

export interface Enqueuer extends AsyncDisposable {
  /** One press; resolves when every recipient is durable. */
  press(): Promise<void>
  /** Resolves when the first mail is in a worker's hands. */
  first(): Promise<void>
  /** How many mails wait or have been taken. */
  count(): Promise<number>
}

const made: Readonly<
  Record<string, readonly [string, (database: BenchDatabase, recipients: number) => Promise<Enqueuer>]>
> = {
  'kontor-outbox': [
    "the product's enqueue of 1,000 at once, each in its transaction, 50 mailboxes",
    kontorEnqueue,
  ],
  'kontor-launch': [
    'the whole launch of a campaign, through its use case and the handler that goes on',
    kontorLaunch,
  ],
  'graphile-worker': ['addJobs of 5,000 at once, a job_key and a queue_name each', graphileEnqueue],
  'pg-boss': ['insert of 5,000 at once, an id and a group each', pgBossEnqueue],
  bullmq: ['PostgreSQL backend, addBulk of 2,000 at once, a jobId each', bullmqEnqueue],
}

export const enqueueBench: Bench = {
  line: 'Bulk enqueue: one press for many personalised recipients, and the same press again',
  numbers: { recipients: 20_000 },
  contenders: ({ recipients = 0 }) =>
    Object.fromEntries(
      Object.entries(made).map(([name, [idiom, make]]): [string, Contender] => [
        name,
        { idiom, run: () => once(make, recipients) },
      ]),
    ),
}

async function once(
  make: (database: BenchDatabase, recipients: number) => Promise<Enqueuer>,
  recipients: number,
): Promise<Run> {
  await using database = await freshDatabase()
  await using engine = await make(database, recipients)
  const before = await walBytes(database.admin)
  const press = await secondsOf(() => engine.press())
  const written = (await walBytes(database.admin)) - before
  const count = await engine.count()
  const again = await secondsOf(() => engine.press())
  const countAgain = await engine.count()
  const first = await secondsOf(() => engine.first())
  const taken = await engine.count()
  await engine.press()
  return {
    figures: {
      recipientsPerSecond: recipients / press,
      seconds: press,
      firstAfterMs: first * 1000,
      walBytesPerRecipient: written / recipients,
      secondsAgain: again,
      addedWhileTaken: Math.max(0, (await engine.count()) - taken),
    },
    broken: { missing: Math.max(0, recipients - count), addedAgain: countAgain - count },
  }
}

async function secondsOf(what: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await what()
  return (performance.now() - began) / 1000
}

/** What every recipient of a press brings along. */
export function recipientOf(n: number): { address: string; name: string; subject: string; text: string } {
  const name = `Person ${n}`
  return {
    address: `p${n}@people.practice.example`,
    name,
    subject: `Bread for spring, ${name}?`,
    text: `Hi ${name},\n\nwe would love to bake with you this spring. Tell us what you think of it.\n\nAnna`,
  }
}
