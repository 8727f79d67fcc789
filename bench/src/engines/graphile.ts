/** graphile-worker: a queue per mailbox keeps its mails in order; a full mailbox moves the mail to tomorrow. */
import { makeWorkerUtils, run } from 'graphile-worker'
import pg from 'pg'
import type { BenchDatabase } from '../database.ts'
import type { Engine, Load, Mail } from '../load.ts'
import { mails } from '../load.ts'
import { prepareQuota, take } from './quota.ts'

const chunk = 5000

export function graphile(database: BenchDatabase, wish: { concurrency: number }): Engine {
  let cap = 0
  return {
    name: 'graphile-worker',
    idiom: `queue_name per mailbox, priority = rank, count row in the task, run_at tomorrow when full, concurrency ${wish.concurrency}`,
    async fill(load: Load) {
      cap = load.cap
      await prepareQuota(database.admin, load.mailboxes)
      const utils = await makeWorkerUtils({ connectionString: database.adminUrl })
      await utils.migrate()
      let batch: Parameters<typeof utils.addJobs>[0][number][] = []
      for (const mail of mails(load)) {
        batch.push({ identifier: 'send', payload: mail, queueName: `m${mail.mailbox}`, priority: mail.rank })
        if (batch.length === chunk) {
          await utils.addJobs(batch)
          batch = []
        }
      }
      if (batch.length > 0) await utils.addJobs(batch)
      await utils.release()
      await database.admin.query('vacuum analyze')
    },
    async dispatch(referee, stop) {
      const pool = new pg.Pool({ connectionString: database.adminUrl, max: wish.concurrency + 2 })
      pool.on('error', () => {})
      pool.on('connect', (client) => client.on('error', () => {}))
      const began = performance.now()
      const runner = await run({
        pgPool: pool,
        concurrency: wish.concurrency,
        noHandleSignals: true,
        pollInterval: 100,
        logger: quiet,
        taskList: {
          send: async (payload, helpers) => {
            const mail = payload as Mail
            if (await take(pool, mail.mailbox, cap)) referee.send(mail)
            else
              await helpers.addJob('send', mail, {
                queueName: `m${mail.mailbox}`,
                priority: mail.rank,
                runAt: new Date(Date.now() + 86_400_000),
              })
          },
        },
      })
      await finished(referee, stop)
      const seconds = (performance.now() - began) / 1000
      await runner.stop()
      await pool.end()
      return { seconds, claims: [] }
    },
  }
}

const quiet = new (await import('graphile-worker')).Logger(() => () => {})

export async function finished(referee: { readonly done: boolean }, stop: AbortSignal): Promise<void> {
  while (!referee.done && !stop.aborted) await new Promise((resolve) => setTimeout(resolve, 5))
}
