/** The peers' bulk doors, each with the key by which its documentation makes an enqueue idempotent. */
import { Queue, Worker, createPostgresBackend, setDefaultBackendFactory } from 'bullmq'
import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import type { Runner } from 'graphile-worker'
import { PgBoss } from 'pg-boss'
import type { Enqueuer } from '../b10-enqueue.ts'
import { recipientOf } from '../b10-enqueue.ts'
import type { BenchDatabase } from '../database.ts'

const mailboxes = 50

function* chunks(recipients: number, size: number): Generator<readonly number[]> {
  for (let from = 0; from < recipients; from += size)
    yield Array.from({ length: Math.min(size, recipients - from) }, (_, i) => from + i)
}

async function countOf({ admin }: BenchDatabase, text: string): Promise<number> {
  return (await admin.query<{ n: number }>(text)).rows[0]?.n ?? 0
}

export async function graphileEnqueue(database: BenchDatabase, recipients: number): Promise<Enqueuer> {
  const utils = await makeWorkerUtils({ connectionString: database.adminUrl })
  await utils.migrate()
  const over = Promise.withResolvers<void>()
  let runner: Runner | undefined
  return {
    async press() {
      for (const chunk of chunks(recipients, 5000)) {
        await utils.addJobs(
          chunk.map((n) => ({
            identifier: 'send',
            payload: recipientOf(n),
            queueName: `m${n % mailboxes}`,
            jobKey: `press ${n}`,
          })),
          true,
        )
      }
    },
    async first() {
      const taken = Promise.withResolvers<void>()
      runner = await run({
        connectionString: database.adminUrl,
        concurrency: 1,
        noHandleSignals: true,
        logger: new Logger(() => () => {}),
        taskList: {
          send: async () => {
            taken.resolve()
            await over.promise
          },
        },
      })
      await taken.promise
    },
    count: () => countOf(database, 'select count(*)::int as n from graphile_worker._private_jobs'),
    async [Symbol.asyncDispose]() {
      over.resolve()
      await runner?.stop()
      await utils.release()
    },
  }
}

export async function pgBossEnqueue(database: BenchDatabase, recipients: number): Promise<Enqueuer> {
  const boss = new PgBoss({ connectionString: database.adminUrl, max: 10 })
  boss.on('error', () => {})
  await boss.start()
  await boss.createQueue('send')
  return {
    async press() {
      for (const chunk of chunks(recipients, 5000)) {
        await boss.insert(
          'send',
          chunk.map((n) => ({
            id: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
            data: recipientOf(n),
            group: { id: `m${n % mailboxes}` },
          })),
        )
      }
    },
    async first() {
      const jobs = await boss.fetch('send')
      if (jobs.length !== 1) throw new Error('nothing to fetch')
    },
    count: () => countOf(database, `select count(*)::int as n from pgboss.job where name = 'send'`),
    [Symbol.asyncDispose]: async () => await boss.stop({ graceful: false }),
  }
}

export async function bullmqEnqueue(database: BenchDatabase, recipients: number): Promise<Enqueuer> {
  setDefaultBackendFactory(createPostgresBackend as never)
  const connection = { connectionString: database.adminUrl, migrate: true } as never
  const queue = new Queue('send', { connection })
  await queue.waitUntilReady()
  return {
    async press() {
      for (const chunk of chunks(recipients, 2000))
        await queue.addBulk(
          chunk.map((n) => ({ name: 'send', data: recipientOf(n), opts: { jobId: `press-${n}` } })),
        )
    },
    async first() {
      const taken = Promise.withResolvers<void>()
      const worker = new Worker('send', async () => taken.resolve(), { connection, concurrency: 1 })
      worker.on('error', () => {})
      await taken.promise
      await worker.close(true)
    },
    async count() {
      const counts = await queue.getJobCounts()
      return Object.values(counts).reduce((sum, n) => sum + n, 0)
    },
    [Symbol.asyncDispose]: async () => await queue.close(),
  }
}
