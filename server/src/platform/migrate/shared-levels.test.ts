/** Databases with mailboxes that are shared with an account, from before they had a level of their own (0058), and what 0080 makes of them. */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { testServer } from '../../testing/server.ts'
import { systemIds } from '../ids/index.ts'
import { migrate, urlFor } from './index.ts'

const migrations = fileURLToPath(new URL('../../../migrations/', import.meta.url))
const server = await testServer()
const name = `kontor_migrate_${systemIds.uuid().slice(-12)}`
const adminUrl = urlFor(server.superuserUrl, { database: name })
afterAll(async () => {
  await run(server.superuserUrl, (client) => client.query(`drop database if exists ${name} with (force)`))
  await server[Symbol.asyncDispose]()
})

async function run<T>(url: string, what: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await what(client)
  } finally {
    await client.end()
  }
}

/** All migrations before this one. */
async function migrateUpTo(end: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-migrations-'))
  for (const file of await readdir(migrations))
    if (file < end) await cp(join(migrations, file), join(folder, file))
  await migrate({ adminUrl, folder, appPassword: 'kontor-test' })
  await rm(folder, { recursive: true })
}

const workspaceId = '00000000-0000-4000-8000-000000000001'
const personId = '00000000-0000-4000-8000-000000000002'

/** An account whose shared mailboxes may be used, as it stood before 0058, with those that are connected. */
interface Account {
  readonly level: 'full' | 'send_only'
  readonly shared: boolean
  readonly mailboxes: readonly ('full' | 'send_only' | 'disconnected')[]
}

const accounts: Readonly<Record<string, Account>> = {
  read: { level: 'full', shared: true, mailboxes: ['full', 'full'] },
  sent: { level: 'send_only', shared: true, mailboxes: ['send_only'] },
  'asked in vain': { level: 'full', shared: true, mailboxes: [] },
  gone: { level: 'full', shared: true, mailboxes: ['disconnected'] },
  'never asked': { level: 'full', shared: false, mailboxes: [] },
  'one narrowed': { level: 'full', shared: true, mailboxes: ['send_only', 'full'] },
  'asked since': { level: 'full', shared: true, mailboxes: ['full'] },
}

async function fill(client: pg.Client): Promise<void> {
  await client.query('insert into workspace (workspace_id, name, zone) values ($1, $2, $3)', [
    workspaceId,
    'Nordlicht',
    'UTC',
  ])
  await client.query('insert into person (id, name, address, address_key) values ($1, $2, $3, $3)', [
    personId,
    'Anna',
    'anna@brand.example',
  ])
  for (const [account, { level, shared, mailboxes }] of Object.entries(accounts)) {
    const { rows } = await client.query<{ id: string }>(
      `insert into oauth_grant (workspace_id, id, endpoint, provider, account_id, address, owner_id, level, may_send, may_read, shared)
        values ($1, gen_random_uuid(), 'microsoft', 'microsoft', $2, $2, $3, $4, true, $4 = 'full', $5) returning id`,
      [workspaceId, account, personId, level, shared],
    )
    for (const [n, one] of ['own', ...mailboxes].entries())
      await client.query(
        `insert into mailbox (workspace_id, id, grant_id, endpoint, provider, practice, level, address, address_key, owner_id, zone,
            place, health, disconnected_at)
          values ($1, gen_random_uuid(), $2, 'microsoft', 'microsoft', false, $3, $4, $4, $5, 'UTC',
            case when $6 = 'own' then 'own' else 'shared' end, case when $6 = 'disconnected' then $6 else 'active' end,
            case when $6 = 'disconnected' then now() end)`,
        [
          workspaceId,
          rows[0]?.id,
          one === 'full' || one === 'send_only' ? one : level,
          `${n}.${account.replaceAll(' ', '.')}@brand.example`,
          personId,
          one,
        ],
      )
  }
}

async function beginSignIn(client: pg.Client, address: string | null): Promise<void> {
  await client.query(
    `insert into consent_request (workspace_id, id, state_hash, person_id, endpoint, level, sharing, code_verifier, nonce, expires_at,
        shared, shared_address)
      values ($1, gen_random_uuid(), sha256($2::text::bytea), $3, 'microsoft', 'full', 'team', '', '', now() + interval '1 hour', true, $4)`,
    [workspaceId, address ?? 'none', personId, address],
  )
}

async function found(): Promise<unknown> {
  return await run(adminUrl, async (client) => {
    const grants = await client.query<{ account_id: string; shared_level: string | null }>(
      'select account_id, shared_level from oauth_grant order by created_at, account_id',
    )
    const { rows: signIns } = await client.query(
      'select shared_address, shared_level from consent_request order by 1',
    )
    return {
      levels: Object.fromEntries(grants.rows.map((one) => [one.account_id, one.shared_level])),
      signIns,
    }
  })
}

const unknown = Object.fromEntries(Object.keys(accounts).map((account) => [account, null]))

test('what was allowed for shared mailboxes is known again by those that are connected; where none is, it is asked for', async () => {
  await run(server.superuserUrl, (client) => client.query(`create database ${name} template template0`))
  await migrateUpTo('0058')
  await run(adminUrl, async (client) => {
    await fill(client)
    await beginSignIn(client, 'hello@brand.example')
    await beginSignIn(client, null)
  })
  await migrateUpTo('0080')
  await run(adminUrl, (client) =>
    client.query(`update oauth_grant set shared_level = 'send_only' where account_id = 'asked since'`),
  )
  expect(await found()).toEqual({
    levels: { ...unknown, 'asked since': 'send_only' },
    signIns: [
      { shared_address: 'hello@brand.example', shared_level: null },
      { shared_address: null, shared_level: null },
    ],
  })
  await migrateUpTo('0081')
  expect(await found()).toEqual({
    levels: {
      ...unknown,
      read: 'full',
      sent: 'send_only',
      'one narrowed': 'full',
      'asked since': 'send_only',
    },
    signIns: [
      { shared_address: 'hello@brand.example', shared_level: 'full' },
      { shared_address: null, shared_level: null },
    ],
  })
})
