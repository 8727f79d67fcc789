/** graphile-worker: a queue per mailbox keeps its mails in order; a full mailbox moves the mail to tomorrow. */
import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import pg from 'pg'
import type { Mail } from '../load.ts'
import type { PeerIdiom } from './peer.ts'
import { chunked, tomorrow } from './peer.ts'

const quiet = new Logger(() => () => {})
const chunk = 5000

export function graphile({ concurrency = 8 } = {}): PeerIdiom {
  return {
    idiom: `queue_name per mailbox, priority = rank, run_at, concurrency ${concurrency}`,
    async open({ adminUrl }) {
      const utils = await makeWorkerUtils({ connectionString: adminUrl, logger: quiet })
      await utils.migrate()
      const specOf = (mail: Mail) => ({
        identifier: 'send',
        payload: mail,
        queueName: `m${mail.mailbox}`,
        priority: mail.rank,
      })
      return {
        async add(all, due) {
          const runAt = due === undefined ? {} : { runAt: due }
          for (const batch of chunked(all, chunk))
            await utils.addJobs(batch.map((mail) => ({ ...specOf(mail), ...runAt })))
        },
        async work(handle) {
          const pool = new pg.Pool({ connectionString: adminUrl, max: concurrency + 2 })
          pool.on('error', () => {})
          pool.on('connect', (client) => client.on('error', () => {}))
          const runner = await run({
            pgPool: pool,
            concurrency,
            noHandleSignals: true,
            pollInterval: 100,
            logger: quiet,
            taskList: {
              send: async (payload, helpers) => {
                const mail = payload as Mail
                if ((await handle(mail)) === 'tomorrow')
                  await helpers.addJob('send', mail, {
                    queueName: `m${mail.mailbox}`,
                    priority: mail.rank,
                    runAt: tomorrow(),
                  })
              },
            },
          })
          return {
            async [Symbol.asyncDispose]() {
              await runner.stop()
              await pool.end()
            },
          }
        },
        rollOver: (to) =>
          utils.withPgClient(async (client) => {
            const { rows } = await client.query<{ id: string }>('select id from graphile_worker._private_jobs')
            let moved = 0
            for (const ids of chunked(rows, chunk)) {
              const { rowCount } = await client.query(
                'select id from graphile_worker.reschedule_jobs($1::bigint[], run_at := $2)',
                [ids.map(({ id }) => id), to],
              )
              moved += rowCount ?? 0
            }
            return moved
          }),
        // jobs of a dead worker stay locked for four hours unless somebody says that it is dead
        recover: () =>
          utils.withPgClient(async (client) => {
            const { rows } = await client.query<{ worker: string }>(
              'select distinct locked_by as worker from graphile_worker._private_jobs where locked_by is not null',
            )
            await client.query('select graphile_worker.force_unlock_workers($1::text[])', [
              rows.map(({ worker }) => worker),
            ])
          }),
        [Symbol.asyncDispose]: async () => await utils.release(),
      }
    },
  }
}
