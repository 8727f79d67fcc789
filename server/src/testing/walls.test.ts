/**
 * The walls between workspaces, for every table there is: whoever adds a table without one is told here, and so is
 * whoever puts a table on the list of exceptions without need.
 */
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from './database.ts'

const { adminUrl, url } = await testDatabase()
const admin = new pg.Client({ connectionString: adminUrl })
const app = new pg.Client({ connectionString: url })
await admin.connect()
await app.connect()
afterAll(async () => {
  await admin.end()
  await app.end()
})

/** Tables that stand outside, each because it is needed before or across workspaces. */
const outside = [
  'account',
  'address_cap',
  'address_charge',
  'clock_offset',
  'migration',
  'person',
  'rate_limit',
  'server_setting',
  'session',
  'verification',
]

type Table = { name: string; walled: boolean; carries: boolean; keyed: boolean; partition: boolean }
const { rows: tables } = await admin.query<Table>(`
  select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as walled,
    exists (select from pg_attribute a
      where a.attrelid = c.oid and a.attname = 'workspace_id' and a.attnotnull) as carries,
    exists (select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where i.indrelid = c.oid and i.indisprimary and a.attname = 'workspace_id') as keyed,
    c.relispartition as partition
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`)

test('every table has forced row-level security, but for a named few', () => {
  const open = tables.filter((table) => !table.walled && !table.partition).map((table) => table.name)
  expect(open).toEqual(outside)
})

test('every walled table carries its workspace, first in its key', () => {
  const loose = tables.filter((table) => table.walled && !(table.carries && table.keyed))
  expect(loose.map((table) => table.name)).toEqual([])
})

test('a partition without a wall of its own cannot be reached past its parent', async () => {
  const { rows } = await admin.query<{ name: string }>(`
    select c.relname as name from pg_class c
    where c.relispartition and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
      and has_table_privilege('kontor_app', c.oid, 'select, insert, update, delete')`)
  expect(rows).toEqual([])
})

test('without a workspace no walled table shows a row', async () => {
  const workspace = '01890000-0000-7000-8000-000000000001'
  await admin.query(`insert into workspace (workspace_id, name, zone) values ($1, 'Nord', 'UTC')`, [
    workspace,
  ])
  await admin.query(
    `insert into audit_entry (workspace_id, id, actor_name, action) values ($1, $1, 'Kontor', 'workspace.created')`,
    [workspace],
  )
  const walled = tables.filter((table) => table.walled && !table.partition)
  const counts: unknown[] = []
  for (const { name } of walled) {
    const { rows } = await app.query<{ count: string }>(`select count(*) from ${app.escapeIdentifier(name)}`)
    counts.push([name, rows[0]?.count])
  }
  expect(counts).toEqual(walled.map(({ name }) => [name, '0']))
  await app.query('begin')
  await app.query(`select set_config('kontor.workspace', $1, true)`, [workspace])
  expect((await app.query('select name from workspace')).rows).toEqual([{ name: 'Nord' }])
  await app.query('rollback')
})

test('every function that looks across workspaces belongs to a role that cannot sign in, and fixes its search path', async () => {
  const { rows } = await admin.query<{ name: string; owner: string; path: boolean; signs_in: boolean }>(`
    select p.proname as name, r.rolname as owner, r.rolcanlogin as signs_in,
      coalesce(p.proconfig::text like '%search_path=public, pg_temp%', false) as path
    from pg_proc p join pg_roles r on r.oid = p.proowner
    where p.pronamespace = 'public'::regnamespace and p.prosecdef`)
  expect(rows.length).toBeGreaterThan(3)
  expect(rows.filter((row) => row.signs_in || !row.path || row.owner !== 'kontor_definer')).toEqual([])
})
