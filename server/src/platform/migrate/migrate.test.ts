import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testServer } from '../../testing/server.ts'
import type { TestServer } from '../../testing/server.ts'
import { systemIds } from '../ids/index.ts'
import { migrate, pendingMigrations, prepareDatabase, setupSql, urlFor } from './index.ts'

let server: TestServer
const made: string[] = []
beforeAll(async () => {
  server = await testServer()
})
afterAll(async () => {
  for (const name of made) await query(server.superuserUrl, `drop database if exists ${name} with (force)`)
  await server[Symbol.asyncDispose]()
})

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

async function emptyDatabase(): Promise<string> {
  const name = `kontor_migrate_${systemIds.uuid().slice(-12)}`
  made.push(name)
  await query(server.superuserUrl, `create database ${name} template template0`)
  return urlFor(server.superuserUrl, { database: name })
}

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-migrations-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return folder
}

const appPassword = 'kontor-test'
const one = {
  '0001-one.sql':
    '-- why\ncreate table one (n int); insert into one values (1); grant select on one to kontor_app;',
}

test('five migrators at once do the work once', async () => {
  const adminUrl = await emptyDatabase()
  const folder = await folderWith({ ...one, '0002-two.sql': 'insert into one values (2);' })
  const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => migrate({ adminUrl, folder, appPassword })))
  expect(outcomes.flatMap(({ applied }) => applied)).toEqual(['0001-one.sql', '0002-two.sql'])
  const appUrl = outcomes[0]?.appUrl ?? ''
  expect(await query(appUrl, 'select n from one order by n')).toEqual([{ n: 1 }, { n: 2 }])
  expect(
    await query(
      appUrl,
      `select pg_get_userbyid(nspowner) as owner from pg_namespace where nspname = 'graphile_worker'`,
    ),
  ).toEqual([{ owner: 'kontor_app' }])
  expect(await query(appUrl, `select has_database_privilege(current_database(), 'create') as may`)).toEqual([
    { may: false },
  ])
  await rm(folder, { recursive: true })
})

test('a file that fails leaves nothing of itself, says where, and the ones before it stand', async () => {
  const adminUrl = await emptyDatabase()
  const folder = await folderWith({
    ...one,
    '0002-two.sql': 'insert into one values (2);\n\nselect nonsense;',
  })
  await expect(migrate({ adminUrl, folder, appPassword })).rejects.toThrow(
    '0002-two.sql:3 failed: column "nonsense" does not exist',
  )
  expect(await query(adminUrl, 'select n from one')).toEqual([{ n: 1 }])
  expect(await pendingMigrations(adminUrl, folder)).toEqual(['0002-two.sql'])
  await rm(folder, { recursive: true })
})

test('a file changed after it was applied is refused', async () => {
  const adminUrl = await emptyDatabase()
  const folder = await folderWith(one)
  await migrate({ adminUrl, folder, appPassword })
  await writeFile(join(folder, '0001-one.sql'), 'create table other ();')
  await expect(migrate({ adminUrl, folder, appPassword })).rejects.toThrow('Migrations are forward only')
  await rm(folder, { recursive: true })
})

test('two first starts agree on the database and its password', async () => {
  const folder = await folderWith(one)
  const name = `kontor_migrate_${systemIds.uuid().slice(-12)}`
  made.push(name)
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, appPassword)
  const prepare = () =>
    prepareDatabase({ superuserUrl: server.superuserUrl, name, migrations: folder, passwordFile })
  const [first, second] = await Promise.all([prepare(), prepare()])
  expect(second).toEqual(first)
  expect(await query(first.appUrl, 'select current_user as name')).toEqual([{ name: 'kontor_app' }])
  await rm(folder, { recursive: true })
})

test('a role without rights is told which statements an administrator must run', async () => {
  const adminUrl = await emptyDatabase()
  const folder = await folderWith(one)
  const role = `poor_${systemIds.uuid().slice(-12)}`
  await query(server.superuserUrl, `create role ${role} login password 'poor'`)
  const poorUrl = urlFor(adminUrl, { user: role, password: 'poor' })
  const outcome = migrate({ adminUrl: poorUrl, folder, appPassword })
  await expect(outcome).rejects.toThrow('Let an administrator run these statements')
  await query(adminUrl, prepared(setupSql(role, new URL(adminUrl).pathname.slice(1))))
  expect((await migrate({ adminUrl: poorUrl, folder, appPassword })).applied).toEqual(['0001-one.sql'])
  await query(adminUrl, `drop owned by ${role} cascade; drop role ${role}`)
  await rm(folder, { recursive: true })
})

/** The roles exist on this server already, so only what is particular to the database is left to run. */
function prepared(statements: string): string {
  return statements
    .split('\n')
    .filter((line) => !line.startsWith('create role'))
    .join('\n')
}
