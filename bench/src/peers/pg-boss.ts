/** pg-boss: a group per mailbox with one job at a time; a full mailbox sends the mail again for tomorrow. */
import { PgBoss } from 'pg-boss'
import type { Mail } from '../load.ts'
import type { PeerIdiom } from './peer.ts'
import { chunked, tomorrow } from './peer.ts'

const chunk = 5000
/** So long may a job take; after that its worker counts as dead. */
const expireInSeconds = 15

export function pgBoss({ batch = 1, loops = 8 } = {}): PeerIdiom {
  return {
    idiom: `group per mailbox with groupConcurrency 1, priority, startAfter, LISTEN/NOTIFY, fetching without a pause while jobs are ready, batches of ${batch}, ${loops} workers`,
    async open({ adminUrl, admin }) {
      const boss = new PgBoss({
        connectionString: adminUrl,
        max: 10,
        useListenNotify: true,
        monitorIntervalSeconds: 1,
        superviseIntervalSeconds: 1,
        queueCacheIntervalSeconds: 1,
      })
      boss.on('error', () => {})
      await boss.start()
      await boss.createQueue('send', { notify: true, retryLimit: 25, retryBackoff: true, expireInSeconds })
      const specOf = (mail: Mail) => ({
        data: mail,
        priority: 10 - mail.rank,
        group: { id: `m${mail.mailbox}` },
      })
      return {
        async add(all, due) {
          const startAfter = due === undefined ? {} : { startAfter: due }
          for (const jobs of chunked(all, chunk))
            await boss.insert(
              'send',
              jobs.map((mail) => ({ ...specOf(mail), ...startAfter })),
            )
        },
        async work(handle) {
          await boss.work<Mail>(
            'send',
            {
              batchSize: batch,
              localConcurrency: loops,
              groupConcurrency: 1,
              pollingIntervalSeconds: 0.5,
              notifyPollingIntervalSeconds: 0.5,
              burstWhenReadyExceeds: 1,
              burstWhenBatchFull: batch > 1,
            },
            async (jobs) => {
              for (const { data } of jobs) {
                if ((await handle(data)) === 'done') continue
                const { priority, group } = specOf(data)
                await boss.send('send', data, { priority, group, startAfter: tomorrow() })
              }
            },
          )
          return { [Symbol.asyncDispose]: async () => await boss.offWork('send', { wait: false }) }
        },
        async rollOver(to) {
          const { rowCount } = await admin.query(
            `update pgboss.job set start_after = $1 where name = 'send' and state = 'created'`,
            [to],
          )
          return rowCount ?? 0
        },
        async open() {
          const { rows } = await admin.query<{ waiting: number; givenUp: number }>(
            `select count(*) filter (where state < 'completed')::int as waiting,
               count(*) filter (where state = 'failed')::int as "givenUp" from pgboss.job where name = 'send'`,
          )
          return rows[0] ?? { waiting: 0, givenUp: 0 }
        },
        [Symbol.asyncDispose]: async () => await boss.stop({ graceful: false }),
      }
    },
  }
}
