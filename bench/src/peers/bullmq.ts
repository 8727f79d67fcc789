/** BullMQ on its PostgreSQL backend or on Redis: priorities, and moveToDelayed when the count row says that the day is full. */
import { DelayedError, createPostgresBackend, createRedisBackend, withBackend } from 'bullmq'
import type { Mail } from '../load.ts'
import type { PeerIdiom } from './peer.ts'
import { chunked, tomorrow } from './peer.ts'
import { startRedis } from './redis.ts'

const chunk = 2000

export interface BullmqWish {
  readonly concurrency?: number
  readonly over: 'postgres' | 'redis'
  /** Of a server that runs already. */
  readonly socket?: string
}

export function bullmq({ concurrency = 8, over, socket }: BullmqWish): PeerIdiom {
  const ground = over === 'postgres' ? 'PostgreSQL backend' : 'Redis 7, every write synced'
  return {
    idiom: `${ground}, priority = rank, delay, attempts 25 with exponential backoff, concurrency ${concurrency}; groups are not part of the open edition`,
    async open(database) {
      const redis = over === 'redis' && socket === undefined ? await startRedis() : undefined
      const { Queue, Worker } = withBackend<never, unknown>(
        (over === 'postgres' ? createPostgresBackend : createRedisBackend) as never,
      )
      const connection =
        over === 'postgres'
          ? { connectionString: database.adminUrl, migrate: true }
          : { path: socket ?? redis?.socket, maxRetriesPerRequest: null }
      const queue = new Queue<Mail>('send', { connection })
      queue.on('error', () => {})
      await queue.waitUntilReady()
      const retries = { attempts: 25, backoff: { type: 'exponential', delay: 1000 } }
      return {
        async add(all, due) {
          const delay = due === undefined ? {} : { delay: due.getTime() - Date.now() }
          for (const batch of chunked(all, chunk))
            await queue.addBulk(
              batch.map((mail) => ({
                name: 'send',
                data: mail,
                opts: { priority: mail.rank, ...delay, ...retries },
              })),
            )
        },
        async work(handle) {
          const worker = new Worker<Mail>(
            'send',
            async (job, token) => {
              if ((await handle(job.data)) === 'done') return
              await job.moveToDelayed(tomorrow().getTime(), token)
              throw new DelayedError()
            },
            { connection, concurrency },
          )
          worker.on('error', () => {})
          return { [Symbol.asyncDispose]: async () => await worker.close(true) }
        },
        async rollOver(day) {
          const delayed = await queue.getDelayed()
          for (const jobs of chunked(delayed, 200))
            await Promise.all(jobs.map((job) => job.changeDelay(day.getTime() - Date.now())))
          return delayed.length
        },
        async open() {
          const states = ['waiting', 'prioritized', 'delayed', 'active'] as const
          const counts = await queue.getJobCounts(...states, 'failed')
          const waiting = states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)
          return { waiting, givenUp: counts['failed'] ?? 0 }
        },
        async [Symbol.asyncDispose]() {
          await queue.close()
          await redis?.[Symbol.asyncDispose]()
        },
      }
    },
  }
}
