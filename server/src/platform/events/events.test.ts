import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../testing/database.ts'
import type { Tx } from '../db/index.ts'
import { seededIds } from '../ids/index.ts'
import { startJobs } from '../jobs/index.ts'
import { silentLog } from '../log/index.ts'
import { defineEvents, eventChannel, feedHead, readEvents } from './index.ts'
import type { Event, Wiring } from './index.ts'

const { database, setNow } = await testDatabase({ poolSize: 10 })
const ids = seededIds('events')
await setNow('2026-01-05T08:00:00Z')

async function running(wiring: Wiring) {
  const events = defineEvents({ ids })
  events.wire(wiring)
  const jobs = await startJobs({
    pool: database.pool,
    tasks: events.tasks(database),
    concurrency: 2,
    log: silentLog,
    pollMs: 100,
  })
  onTestFinished(() => jobs[Symbol.asyncDispose]())
  return events
}

test('each handler of an event runs once, in its own transaction, inside the workspace', async () => {
  const workspace = ids.uuid()
  const subject = ids.uuid()
  const seen: { handler: string; event: Event; workspace: unknown }[] = []
  const all = Promise.withResolvers<void>()
  const handler = (name: string) => async (tx: Tx, event: Event) => {
    const { rows } = await sql<{ w: string }>`select kontor_workspace() as w`.execute(tx)
    seen.push({ handler: name, event, workspace: rows[0]?.w })
    if (seen.length === 2) all.resolve()
  }
  const events = await running({
    'reply.captured': { inbox: handler('inbox'), campaigns: handler('campaigns') },
  })
  await database.inWorkspace(workspace, (tx) =>
    events.emit(tx, { workspaceId: workspace, type: 'reply.captured', subject, payload: { n: 1 } }),
  )
  await all.promise
  const expected = {
    id: expect.any(String) as string,
    workspaceId: workspace,
    type: 'reply.captured',
    subject,
    payload: { n: 1 },
    at: Temporal.Instant.from('2026-01-05T08:00:00Z'),
  }
  expect(seen.toSorted((a, b) => (a.handler < b.handler ? -1 : 1))).toEqual([
    { handler: 'campaigns', event: expected, workspace },
    { handler: 'inbox', event: expected, workspace },
  ])
})

test('events told at once stand in the feed in their order, and each reaches its own handlers', async () => {
  const workspace = ids.uuid()
  const seen = new Set<unknown>()
  const all = Promise.withResolvers<void>()
  const events = await running({
    heard: {
      inbox: async (_tx, event) => {
        seen.add(event.payload['n'])
        if (seen.size === 2) all.resolve()
      },
    },
  })
  await database.inWorkspace(workspace, (tx) =>
    events.emit(
      tx,
      { workspaceId: workspace, type: 'heard', payload: { n: 1 } },
      { workspaceId: workspace, type: 'unheard', payload: { n: 2 } },
      { workspaceId: workspace, type: 'heard', payload: { n: 3 } },
    ),
  )
  await all.promise
  expect(seen).toEqual(new Set([1, 3]))
  const told = async () =>
    await database.inWorkspace(workspace, (tx) => readEvents(tx, { after: { xid: '0', seq: 0 }, limit: 10 }))
  // the feed shows nothing newer than the oldest transaction of the whole server
  await expect.poll(async () => (await told()).map((event) => event.payload['n'])).toEqual([1, 2, 3])
})

test('a delivery made twice has its effect once, and a failed one is made again and keeps no other back', async () => {
  const workspace = ids.uuid()
  let tries = 0
  let others = 0
  const events = defineEvents({ ids })
  events.wire({
    happened: {
      flaky: async () => {
        tries += 1
        if (tries === 1) throw new Error('not yet')
      },
      steady: async () => {
        others += 1
      },
    },
  })
  await database.inWorkspace(workspace, (tx) =>
    events.emit(tx, { workspaceId: workspace, type: 'happened', payload: {} }),
  )
  const [event] = await database.inWorkspace(workspace, (tx) =>
    tx.selectFrom('event').select('id').where('type', '=', 'happened').execute(),
  )
  const { event: task } = events.tasks(database)
  const deliver = () =>
    task?.(
      { workspaceId: workspace, id: event?.id, handlers: ['flaky', 'steady'] },
      { signal: new AbortController().signal, attempt: 1 },
    )
  await expect(deliver()).rejects.toThrow('not yet')
  expect(others).toBe(1)
  await deliver()
  await deliver()
  expect([tries, others]).toEqual([2, 1])
})

test('an event is one job, however many handlers it has, and none without any', async () => {
  const workspace = ids.uuid()
  const events = defineEvents({ ids })
  events.wire({ heard: { one: async () => {}, two: async () => {} } })
  await database.inWorkspace(workspace, async (tx) => {
    await events.emit(tx, { workspaceId: workspace, type: 'heard', payload: {} })
    await events.emit(tx, { workspaceId: workspace, type: 'unheard', payload: {} })
  })
  const { rows } = await database.pool.query(
    `select payload->'handlers' as handlers from graphile_worker._private_jobs where payload->>'workspaceId' = $1`,
    [workspace],
  )
  expect(rows).toEqual([{ handlers: ['one', 'two'] }])
})

test('an event of a transaction that rolls back was never told', async () => {
  const workspace = ids.uuid()
  const events = defineEvents({ ids })
  const failed = database.inWorkspace(workspace, async (tx) => {
    await events.emit(tx, { workspaceId: workspace, type: 'happened', payload: {} })
    throw new Error('after all not')
  })
  await expect(failed).rejects.toThrow('after all not')
  const rows = await database.inWorkspace(workspace, (tx) => tx.selectFrom('event').select('id').execute())
  expect(rows).toEqual([])
})

test('the feed never jumps over the rows of a slow transaction', async () => {
  const workspace = ids.uuid()
  const events = defineEvents({ ids })
  const emit = (tx: Tx, n: number) => events.emit(tx, { workspaceId: workspace, type: 'n', payload: { n } })
  const read = async (after: { xid: string; seq: number }) => {
    const rows = await database.inWorkspace(workspace, (tx) => readEvents(tx, { after, limit: 10 }))
    return rows.map((row) => ({ n: row.payload['n'], position: row.position }))
  }
  const start = await database.inWorkspace(workspace, feedHead)
  // The horizon is the server's: a transaction of another test may hold the feed back for a moment.
  const readUntil = async (count: number, after = start) => {
    let rows = await read(after)
    while (rows.length < count) rows = await read(after)
    return rows
  }
  const slowHasWritten = Promise.withResolvers<void>()
  const letSlowEnd = Promise.withResolvers<void>()
  const slow = database.inWorkspace(workspace, async (tx) => {
    await emit(tx, 1)
    slowHasWritten.resolve()
    await letSlowEnd.promise
  })
  await slowHasWritten.promise
  await database.inWorkspace(workspace, (tx) => emit(tx, 2))
  expect(await read(start)).toEqual([])
  letSlowEnd.resolve()
  await slow
  const all = await readUntil(2)
  expect(all.map(({ n }) => n)).toEqual([1, 2])
  await database.inWorkspace(workspace, (tx) => emit(tx, 3))
  const rest = await readUntil(1, all.at(-1)?.position)
  expect(rest.map(({ n }) => n)).toEqual([3])
})

test('many events of one transaction are one hint', async () => {
  const workspace = ids.uuid()
  const events = defineEvents({ ids })
  const hints: string[] = []
  const done = Promise.withResolvers<void>()
  const listening = database.listen(eventChannel, (hint) => {
    if (hint === workspace) hints.push(hint)
    if (hint === 'end') done.resolve()
  })
  await listening.ready
  await database.inWorkspace(workspace, async (tx) => {
    for (const n of [1, 2, 3]) await events.emit(tx, { workspaceId: workspace, type: 'n', payload: { n } })
  })
  await database.call((db) => sql`select pg_notify(${eventChannel}, 'end')`.execute(db))
  await done.promise
  await listening[Symbol.asyncDispose]()
  expect(hints).toEqual([workspace])
})
