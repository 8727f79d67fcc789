import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../testing/database.ts'
import { silentLog } from '../log/index.ts'
import { holdJobs } from './hold.ts'
import { addJob, startJobs } from './index.ts'

const { database } = await testDatabase()

test('a job of a committed transaction runs, one that was rolled back does not', async () => {
  const ran: unknown[] = []
  const done = Promise.withResolvers<void>()
  const jobs = await startJobs({
    pool: database.pool,
    concurrency: 1,
    log: silentLog,
    tasks: {
      greet: async (payload) => {
        ran.push(payload)
        if ((payload as { name: string }).name === 'last') done.resolve()
      },
    },
  })
  const undone = database.inSystem(async (tx) => {
    await addJob(tx, 'greet', { name: 'nobody' })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  await database.inSystem((tx) => addJob(tx, 'greet', { name: 'last' }))
  await done.promise
  await jobs[Symbol.asyncDispose]()
  expect(ran).toEqual([{ name: 'last' }])
})

test('a job with the same key replaces the open one', async () => {
  const later = Temporal.Instant.from('2999-01-01T00:00:00Z')
  await database.inSystem(async (tx) => {
    await addJob(tx, 'digest', { n: 1 }, { key: 'digest:anna', runAt: later })
    await addJob(tx, 'digest', { n: 2 }, { key: 'digest:anna', runAt: later })
  })
  const { rows } = await database.call((db) =>
    sql`select payload, run_at from graphile_worker._private_jobs where key = 'digest:anna'`.execute(db),
  )
  expect(rows).toEqual([{ payload: { n: 2 }, run_at: later }])
})

test('the job of a killed worker is free after half a minute, that of a living one stays its own', async () => {
  await database.inSystem(async (tx) => {
    for (const key of ['of the dead', 'of the living', 'just taken']) await addJob(tx, 'held', {}, { key })
  })
  const hold = (key: string, workerId: string, seconds: number) =>
    database.pool.query(
      `update graphile_worker._private_jobs set locked_by = $2, locked_at = now() - make_interval(secs => $3) where key = $1`,
      [key, workerId, seconds],
    )
  await hold('of the dead', 'worker-dead', 30)
  await hold('of the living', 'worker-living', 30)
  await hold('just taken', 'worker-dead', 10)
  await holdJobs(database.pool, ['worker-living'])
  const { rows } = await database.pool.query(
    `select key, locked_by, is_available from graphile_worker._private_jobs where key = any($1) order by key`,
    [['of the dead', 'of the living', 'just taken']],
  )
  expect(rows).toEqual([
    { key: 'just taken', locked_by: 'worker-dead', is_available: false },
    { key: 'of the dead', locked_by: null, is_available: true },
    { key: 'of the living', locked_by: 'worker-living', is_available: false },
  ])
})

test('what a killed worker had begun is done by the next process as soon as it starts', async () => {
  await database.inSystem((tx) => addJob(tx, 'left', { n: 1 }))
  await database.pool.query(
    `update graphile_worker._private_jobs j set locked_by = 'worker-gone', locked_at = now() - interval '30 seconds'
     from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = 'left'`,
  )
  const done = Promise.withResolvers<unknown>()
  const jobs = await startJobs({
    pool: database.pool,
    concurrency: 1,
    log: silentLog,
    pollMs: 50,
    tasks: { left: async (payload) => done.resolve(payload) },
  })
  expect(await done.promise).toEqual({ n: 1 })
  await jobs[Symbol.asyncDispose]()
})
