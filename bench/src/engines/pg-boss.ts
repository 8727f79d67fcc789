/** pg-boss: a group per mailbox with one job at a time; a full mailbox sends the mail again for tomorrow. */
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { BenchDatabase } from '../database.ts'
import type { Engine, Mail } from '../load.ts'
import { mails } from '../load.ts'
import { finished } from './graphile.ts'
import { prepareQuota, take } from './quota.ts'

const chunk = 5000

export function pgBoss(database: BenchDatabase, wish: { batch: number; loops: number }): Engine {
  let cap = 0
  const boss = new PgBoss({ connectionString: database.adminUrl, max: 10 })
  boss.on('error', () => {})
  return {
    name: 'pg-boss',
    idiom: `group per mailbox with groupConcurrency 1, priority, count row in the handler, startAfter tomorrow when full, batches of ${wish.batch}, ${wish.loops} loops`,
    async fill(load) {
      cap = load.cap
      await prepareQuota(database.admin, load.mailboxes)
      await boss.start()
      await boss.createQueue('send')
      let batch: Parameters<typeof boss.insert>[1] = []
      for (const mail of mails(load)) {
        batch.push({ data: mail, priority: 10 - mail.rank, group: { id: `m${mail.mailbox}` } })
        if (batch.length === chunk) {
          await boss.insert('send', batch)
          batch = []
        }
      }
      if (batch.length > 0) await boss.insert('send', batch)
      await database.admin.query('vacuum analyze')
    },
    async dispatch(referee, stop) {
      const pool = new pg.Pool({ connectionString: database.adminUrl, max: 10 })
      const began = performance.now()
      for (let i = 0; i < wish.loops; i++) {
        await boss.work<Mail>(
          'send',
          { batchSize: wish.batch, pollingIntervalSeconds: 0.5, groupConcurrency: 1 },
          async (jobs) => {
            for (const { data } of jobs) {
              if (await take(pool, data.mailbox, cap)) referee.send(data)
              else
                await boss.send('send', data, {
                  priority: 10 - data.rank,
                  group: { id: `m${data.mailbox}` },
                  startAfter: 86_400,
                })
            }
          },
        )
      }
      await finished(referee, stop)
      const seconds = (performance.now() - began) / 1000
      await boss.stop({ graceful: false })
      await pool.end()
      return { seconds, claims: [] }
    },
  }
}
