/** BullMQ on its PostgreSQL backend: priorities, and moveToDelayed when the count row says that the day is full. */
import { DelayedError, Queue, Worker, createPostgresBackend, setDefaultBackendFactory } from 'bullmq'
import pg from 'pg'
import type { BenchDatabase } from '../database.ts'
import type { Engine, Mail } from '../load.ts'
import { mails } from '../load.ts'
import { finished } from './graphile.ts'
import { prepareQuota, take } from './quota.ts'

const chunk = 2000

export function bullmq(database: BenchDatabase, wish: { concurrency: number }): Engine {
  let cap = 0
  return {
    name: `bullmq, concurrency ${wish.concurrency}`,
    idiom: `PostgreSQL backend, priority = rank, count row in the processor, moveToDelayed when full, concurrency ${wish.concurrency}; groups are not part of the open edition`,
    async fill(load) {
      cap = load.cap
      setDefaultBackendFactory(createPostgresBackend as never)
      await prepareQuota(database.admin, load.mailboxes)
      const queue = new Queue('send', {
        connection: { connectionString: database.adminUrl, migrate: true } as never,
      })
      let batch: { name: string; data: Mail; opts: { priority: number } }[] = []
      for (const mail of mails(load)) {
        batch.push({ name: 'send', data: mail, opts: { priority: mail.rank } })
        if (batch.length === chunk) {
          await queue.addBulk(batch)
          batch = []
        }
      }
      if (batch.length > 0) await queue.addBulk(batch)
      await queue.close()
      await database.admin.query('vacuum analyze')
    },
    async dispatch(referee, stop) {
      const pool = new pg.Pool({ connectionString: database.adminUrl, max: wish.concurrency + 1 })
      const began = performance.now()
      const worker = new Worker<Mail>(
        'send',
        async (job, token) => {
          if (await take(pool, job.data.mailbox, cap)) {
            referee.send(job.data)
            return
          }
          await job.moveToDelayed(Date.now() + 86_400_000, token)
          throw new DelayedError()
        },
        { connection: { connectionString: database.adminUrl } as never, concurrency: wish.concurrency },
      )
      worker.on('error', () => {})
      pool.on('error', () => {})
      await finished(referee, stop)
      const seconds = (performance.now() - began) / 1000
      await worker.close(true)
      await pool.end()
      return { seconds, claims: [] }
    },
  }
}
