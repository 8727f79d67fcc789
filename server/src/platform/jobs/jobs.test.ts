import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../testing/database.ts'
import { silentLog } from '../log/index.ts'
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
