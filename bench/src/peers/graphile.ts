/** graphile-worker: a queue per mailbox keeps its mails in order; a full mailbox moves the mail to tomorrow. */
import { EventEmitter } from 'node:events'
import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import type { WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import type { Mail } from '../load.ts'
import type { PeerIdiom } from './peer.ts'
import { chunked, tomorrow } from './peer.ts'

const quiet = new Logger(() => () => {})
const chunk = 5000

export function graphile({ concurrency = 8, attempts = 25 } = {}): PeerIdiom {
  return {
    idiom: `queue_name per mailbox, priority = rank, run_at, max_attempts ${attempts}, concurrency ${concurrency}`,
    async open({ adminUrl }) {
      const utils = await makeWorkerUtils({ connectionString: adminUrl, logger: quiet })
      await utils.migrate()
      await utils.withPgClient((client) =>
        client.query('create table if not exists worker_of (pid int, name text, primary key (pid, name))'),
      )
      const specOf = (mail: Mail) => ({
        identifier: 'send',
        payload: mail,
        queueName: `m${mail.mailbox}`,
        priority: mail.rank,
        maxAttempts: attempts,
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
          const events: WorkerEvents = new EventEmitter()
          const named: string[] = []
          events.on('pool:create', ({ workerPool }) => named.push(workerPool.id))
          events.on('worker:create', ({ worker }) => named.push(worker.workerId))
          const runner = await run({
            pgPool: pool,
            events,
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
          await pool.query(
            'insert into worker_of select $1, n from unnest($2::text[]) as n on conflict do nothing',
            [process.pid, named],
          )
          return {
            async [Symbol.asyncDispose]() {
              await runner.stop()
              await pool.end()
            },
          }
        },
        rollOver: (to) =>
          utils.withPgClient(async (client) => {
            const { rows } = await client.query<{ id: string }>(
              'select id from graphile_worker._private_jobs',
            )
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
        open: () =>
          utils.withPgClient(async (client) => {
            const { rows } = await client.query<{ waiting: number; givenUp: number }>(
              `select count(*) filter (where attempts < max_attempts or locked_at is not null)::int as waiting,
                 count(*) filter (where attempts >= max_attempts and locked_at is null)::int as "givenUp"
               from graphile_worker._private_jobs`,
            )
            return rows[0] ?? { waiting: 0, givenUp: 0 }
          }),
        // jobs of a dead worker stay locked for four hours unless somebody says that it is dead
        recover: (pid) =>
          utils.withPgClient(async (client) => {
            await client.query(
              'select graphile_worker.force_unlock_workers(array(select name from worker_of where pid = $1))',
              [pid],
            )
          }),
        [Symbol.asyncDispose]: async () => await utils.release(),
      }
    },
  }
}
