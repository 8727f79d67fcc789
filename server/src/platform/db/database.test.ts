import { sql } from 'kysely'
import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase, testStart } from '../../testing/database.ts'
import { databaseNow } from '../clock/index.ts'
import { json, lastly, openDatabase, refuseEscapingRole, sqlState } from './index.ts'

const { database, adminUrl, step, setNow, now } = await testDatabase()
const workspace = '01890000-0000-7000-8000-000000000001'
const stranger = '01890000-0000-7000-8000-000000000002'

test('a transaction sees the rows of its workspace and no others', async () => {
  await database.inWorkspace(workspace, (tx) =>
    tx
      .insertInto('event_delivery')
      .values({ workspace_id: workspace, event_id: workspace, handler: 'walls' })
      .execute(),
  )
  const read = (id: string) =>
    database.inWorkspace(id, (tx) =>
      tx.selectFrom('event_delivery').select('handler').where('handler', '=', 'walls').execute(),
    )
  expect(await read(workspace)).toEqual([{ handler: 'walls' }])
  expect(await read(stranger)).toEqual([])
  expect(
    await database.inSystem((tx) => tx.selectFrom('event_delivery').select('handler').execute()),
  ).toEqual([])
})

test('a row of another workspace is refused', async () => {
  const intrusion = database.inWorkspace(workspace, (tx) =>
    tx
      .insertInto('event_delivery')
      .values({ workspace_id: stranger, event_id: stranger, handler: 'x' })
      .execute(),
  )
  expect(sqlState(await intrusion.catch((error: unknown) => error))).toBe('42501')
})

test('the workspace does not outlive its transaction on the pooled connection', async () => {
  const one = openDatabase({ url: database.url, applicationName: 'test', poolSize: 1 })
  await one.inWorkspace(workspace, async () => {})
  const after = await one.inSystem((tx) =>
    sql<{ w: string | null }>`select kontor_workspace() as w`.execute(tx),
  )
  expect(after.rows).toEqual([{ w: null }])
  await one[Symbol.asyncDispose]()
})

test('a statement that is used often is planned once, and anew when its table has changed beside the running process', async () => {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(
    'create table drawer (n int); grant select on drawer to kontor_app; insert into drawer values (7)',
  )
  await using one = openDatabase({ url: database.url, applicationName: 'test', poolSize: 1 })
  const look = (): Promise<unknown[]> =>
    one.inSystem(async (tx) => (await sql`select * from drawer where n = ${7}`.execute(tx)).rows)
  const planned = (): Promise<number | undefined> =>
    one.inSystem(async (tx) => {
      const { rows } = await sql<{ n: number }>`select count(*) as n from pg_prepared_statements
        where statement like '%from drawer%'`.execute(tx)
      return rows[0]?.n
    })
  await look()
  expect(await planned()).toBe(0)
  for (let n = 0; n < 30; n++) await look()
  expect(await planned()).toBe(1)
  await admin.query(`alter table drawer add column label text default 'x'`)
  expect(await look()).toEqual([{ n: 7, label: 'x' }])
  await admin.query('drop table drawer')
  await admin.end()
})

test('beside a pooler nothing is planned ahead', async () => {
  const { url } = database
  await using pooled = openDatabase({ url, directUrl: url, applicationName: 'test', poolSize: 1 })
  for (let n = 0; n < 30; n++) await pooled.inSystem((tx) => sql`select ${n}::int`.execute(tx))
  const { rows } = await pooled.inSystem((tx) => sql`select from pg_prepared_statements`.execute(tx))
  expect(rows).toEqual([])
})

test('what is no workspace id opens no transaction', async () => {
  await expect(database.inWorkspace(`x'; drop table person; --`, async () => {})).rejects.toThrow(RangeError)
})

const delivered = (id: string) =>
  database.inWorkspace(workspace, (tx) =>
    tx.selectFrom('event_delivery').select('handler').where('event_id', '=', id).execute(),
  )
const delivering = (id: string, handler: string) => sql`
  insert into event_delivery (workspace_id, event_id, handler) values (${workspace}, ${id}, ${handler}) returning handler`

test('the last statement of a transaction brings its end: it stands although what follows fails, and nothing may follow', async () => {
  const id = '01890000-0000-7000-8000-00000000000a'
  let answer: unknown
  const broken = database.inWorkspace(workspace, async (tx) => {
    await delivering(id, 'first').execute(tx)
    answer = (await lastly(tx, delivering(id, 'last'))).rows
    await sql`select 1`.execute(tx)
  })
  await expect(broken).rejects.toThrow('has ended')
  expect(answer).toEqual([{ handler: 'last' }])
  expect((await delivered(id)).map(({ handler }) => handler).toSorted()).toEqual(['first', 'last'])
})

test('where the last statement fails nothing of its transaction stands, and its connection serves on', async () => {
  const id = '01890000-0000-7000-8000-00000000000b'
  await using one = openDatabase({ url: database.url, applicationName: 'test', poolSize: 1 })
  for (let n = 0; n < 30; n++) {
    const failed = one.inWorkspace(workspace, async (tx) => {
      await delivering(id, 'first').execute(tx)
      await lastly(tx, delivering(id, 'first'))
    })
    expect(sqlState(await failed.catch((error: unknown) => error))).toBe('23505')
  }
  expect(await delivered(id)).toEqual([])
  await one.inWorkspace(workspace, (tx) => delivering(id, 'again').execute(tx))
  expect(await delivered(id)).toEqual([{ handler: 'again' }])
})

test('a last statement that lost a race is run again with all that came before it', async () => {
  const id = '01890000-0000-7000-8000-00000000000c'
  let tries = 0
  await database.inWorkspace(workspace, async (tx) => {
    tries += 1
    await delivering(id, `try ${tries}`).execute(tx)
    const lost = sql`do $$ begin raise exception 'race' using errcode = 'serialization_failure'; end $$`
    await lastly(tx, tries < 3 ? lost : sql`select 1`)
  })
  expect(await delivered(id)).toEqual([{ handler: 'try 3' }])
})

test('a transaction without a statement says nothing to the database, and one that was refused leaves none open', async () => {
  await using one = openDatabase({ url: database.url, applicationName: 'says nothing', poolSize: 1 })
  await one.inWorkspace(workspace, async () => {})
  const { rows: said } = await database.call((db) =>
    sql`select query from pg_stat_activity where application_name = 'says nothing'`.execute(db),
  )
  expect(said).toEqual([{ query: '' }])
  await expect(one.inWorkspace(workspace, () => Promise.reject(new Error('not now')))).rejects.toThrow(
    'not now',
  )
  const { rows } = await one.call((db) =>
    sql<{ w: string | null }>`select kontor_workspace() as w`.execute(db),
  )
  expect(rows).toEqual([{ w: null }])
})

test('a transaction that ends with the abort of another one is over, and its connection serves nobody any more', async () => {
  const id = '01890000-0000-7000-8000-00000000000d'
  await using one = openDatabase({ url: database.url, applicationName: 'test', poolSize: 2 })
  const failed = one.inWorkspace(workspace, async (tx) => {
    await delivering(id, 'outer').execute(tx)
    await one.inWorkspace(workspace, async (inner) => {
      await expect(sql`select 1 / 0`.execute(inner)).rejects.toThrow('zero')
    })
  })
  await expect(failed).rejects.toThrow('rolled back')
  const seen = () => one.call((db) => sql<{ w: string | null }>`select kontor_workspace() as w`.execute(db))
  expect((await Promise.all([seen(), seen()])).map(({ rows }) => rows)).toEqual([
    [{ w: null }],
    [{ w: null }],
  ])
  await Promise.all([1, 2].map(() => one.inSystem((tx) => sql`select pg_sleep(0)`.execute(tx))))
  expect(await delivered(id)).toEqual([])
})

test('a statement that comes while its transaction is rolled back is refused, and not run outside of it', async () => {
  let late: Promise<unknown> = Promise.resolve()
  const failed = database.inWorkspace(workspace, async (tx) => {
    const fails = sql`select 1 / 0`.execute(tx)
    late = fails
      .catch(() => new Promise((resolve) => setImmediate(resolve)))
      .then(() => sql`select 1`.execute(tx))
    late.catch(() => {})
    await fails
  })
  await expect(failed).rejects.toThrow('zero')
  await expect(late).rejects.toThrow('has ended')
})

test('a statement whose values cannot be written begins nothing: the next one is inside the workspace', async () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  const seen = await database.inWorkspace(workspace, async (tx) => {
    await expect(sql`select ${circle}::jsonb`.execute(tx)).rejects.toThrow('circular')
    return (await sql<{ w: string }>`select kontor_workspace() as w`.execute(tx)).rows
  })
  expect(seen).toEqual([{ w: workspace }])
})

test('arrays go in as they are, whatever stands in them', async () => {
  const texts = ['plain', '"quoted"', 'back\\slash', '{braces}', 'a,b', '', 'NULL', null]
  const bytes = [Buffer.from([0, 255]), Buffer.from('x')]
  const { rows } = await database.call((db) =>
    sql`select ${texts}::text[] as texts, ${bytes}::bytea[] as bytes, ${[[1, 2], [3, 4]]}::int[] as nested,
      ${[true, false]}::boolean[] as flags, ${[]}::uuid[] as none`.execute(db),
  )
  expect(rows).toEqual([
    {
      texts,
      bytes,
      nested: [
        [1, 2],
        [3, 4],
      ],
      flags: [true, false],
      none: [],
    },
  ])
})

test('values come back as Temporal, number and bytes, and go in the same way', async () => {
  const at = Temporal.Instant.from('2026-02-03T04:05:06.123456Z')
  const values = {
    at,
    day: Temporal.PlainDate.from('2026-02-03'),
    time: Temporal.PlainTime.from('04:05:06'),
    long: Temporal.Duration.from('PT36H'),
    count: 9_007_199_254_740_991,
    bytes: Buffer.from([0, 255]),
    instants: [at],
    list: [1, 'two', { three: at.toString() }],
  }
  const { rows } = await database.call((db) =>
    sql`select ${values.at}::timestamptz as at, ${values.day}::date as day, ${values.time}::time as time,
      ${values.long}::interval as long, ${values.count}::bigint as count, ${values.bytes}::bytea as bytes,
      ${values.instants}::timestamptz[] as instants, ${json(values.list)} as list`.execute(db),
  )
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown
  expect(plain(rows)).toEqual(plain([values]))
  expect((rows[0] as typeof values).at).toBeInstanceOf(Temporal.Instant)
  expect((rows[0] as typeof values).instants[0]).toBeInstanceOf(Temporal.Instant)
})

test('a bigint that does not fit a number is refused rather than rounded', async () => {
  const query = database.call((db) => sql`select 9007199254740993::bigint as n`.execute(db))
  await expect(query).rejects.toThrow('does not fit a number')
})

test('the libraries keep the types of the driver', async () => {
  const { rows } = await database.pool.query('select 1::bigint as n')
  expect(rows).toEqual([{ n: '1' }])
})

test('a transaction that lost a race is run again, three times at most', async () => {
  let tries = 0
  const fail = sql`do $$ begin raise exception 'race' using errcode = 'serialization_failure'; end $$`
  const won = await database.inSystem(async (tx) => {
    tries += 1
    if (tries < 3) await fail.execute(tx)
    return tries
  })
  expect(won).toBe(3)
  tries = 0
  const lost = database.inSystem(async (tx) => {
    tries += 1
    await fail.execute(tx)
  })
  expect(sqlState(await lost.catch((error: unknown) => error))).toBe('40001')
  expect(tries).toBe(3)
})

test('a role that escapes row-level security may not serve', async () => {
  await expect(refuseEscapingRole(database)).resolves.toBeUndefined()
  const admin = openDatabase({ url: adminUrl, applicationName: 'test' })
  await expect(refuseEscapingRole(admin)).rejects.toThrow(
    'The database role postgres is not bound by row-level security',
  )
  await admin[Symbol.asyncDispose]()
})

test('the product clock stands still until it is moved', async () => {
  await setNow(testStart)
  expect(String(await database.inSystem(databaseNow))).toBe('2026-01-05T08:00:00Z')
  await step({ days: 1, minutes: 5 })
  expect(String(await now())).toBe('2026-01-06T08:05:00Z')
  await setNow(testStart)
})

test('a hint is heard, and an empty one after the connection was lost', async () => {
  const heard: string[] = []
  let next = Promise.withResolvers<void>()
  const listening = database.listen('test_channel', (payload) => {
    heard.push(payload)
    next.resolve()
  })
  await listening.ready
  next = Promise.withResolvers()
  await database.call((db) => sql`select pg_notify('test_channel', 'one')`.execute(db))
  await next.promise
  next = Promise.withResolvers()
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'kontor test listen' and datname = current_database()`)
  await admin.end()
  await next.promise
  expect(heard).toEqual(['', 'one', ''])
  await listening[Symbol.asyncDispose]()
})
