/**
 * Owns the databases of tests: each file gets a fresh one, cloned from a template that has been migrated once, on a
 * PostgreSQL that all runs of this person share and that is gone with the last of them (or on DATABASE_URL).
 *
 * The product's clock stands still at `testStart` until a test moves it. A test connects as kontor_app, bound by
 * row-level security like the product. The database of a file that failed is kept for three hours.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach } from 'vitest'
import { wallClock } from '../platform/clock/index.ts'
import { openDatabase } from '../platform/db/index.ts'
import type { Database } from '../platform/db/index.ts'
import { systemIds } from '../platform/ids/index.ts'
import { migrate, urlFor } from '../platform/migrate/index.ts'
import { testServer } from './server.ts'

export type TestDatabase = {
  readonly database: Database
  /** Connects as kontor_app. */
  readonly url: string
  /** Connects as the superuser, for what a test must arrange or see behind the walls. */
  readonly adminUrl: string
  /** Moves the product's clock; a day is 24 hours. */
  step(duration: Temporal.DurationLike | string): Promise<void>
  /** Stops the product's clock at an instant. */
  setNow(instant: Temporal.Instant | string): Promise<void>
  /** The product's time. */
  now(): Promise<Temporal.Instant>
  /** Closes the connections and drops the database. Called by itself after the file. */
  close(): Promise<void>
}

/** A Monday morning; the instant at which every test database begins. */
export const testStart = '2026-01-05T08:00:00Z'

const migrations = fileURLToPath(new URL('../../migrations/', import.meta.url))
const appPassword = 'kontor-test'
const templateLock = 7_202_600
const templatesKept = 6

/** A fresh database for the calling test file. Call it at the top of the file, not in a hook. */
export async function testDatabase(options: { readonly poolSize?: number } = {}): Promise<TestDatabase> {
  const server = await testServer()
  const hours = Math.floor(wallClock.now().epochMilliseconds / 3_600_000)
  const name = `kontor_test_${hours}_${systemIds.uuid().slice(-12)}`
  await ensureTemplate(server.superuserUrl, async (maintenance, template) => {
    await maintenance.query(`create database ${name} template ${template}`)
  })
  const adminUrl = urlFor(server.superuserUrl, { database: name })
  const url = urlFor(adminUrl, { user: 'kontor_app', password: appPassword })
  const database = openDatabase({ url, applicationName: 'kontor test', poolSize: options.poolSize ?? 5 })
  let open = true
  let fate: 'drop' | 'keep' = 'drop'

  async function release(end: 'drop' | 'keep'): Promise<void> {
    if (!open) return
    open = false
    await database[Symbol.asyncDispose]()
    if (end === 'drop') {
      await once(server.superuserUrl, (client) => client.query(`drop database ${name} with (force)`))
    }
    await server[Symbol.asyncDispose]()
  }

  async function now(): Promise<Temporal.Instant> {
    const rows = await once(adminUrl, async (client) => {
      const result = await client.query<{ now: string }>(`select to_json(kontor_now())#>>'{}' as now`)
      return result.rows
    })
    return Temporal.Instant.from(rows[0]?.now ?? '')
  }

  async function setNow(instant: Temporal.Instant | string): Promise<void> {
    await once(adminUrl, (client) =>
      client.query(`update clock_offset set steppable = true, stopped_at = $1, value = '0'`, [
        String(instant),
      ]),
    )
  }

  afterEach(({ task }) => {
    if (task.result?.state === 'fail') fate = 'keep'
  })
  afterAll(() => release(fate))
  return {
    database,
    url,
    adminUrl,
    now,
    setNow,
    async step(duration) {
      const from = (await now()).toZonedDateTimeISO('UTC')
      await setNow(from.add(duration).toInstant())
    },
    close: () => release('drop'),
  }
}

/** Runs `use` while the template exists and nobody rebuilds it. */
async function ensureTemplate(
  superuserUrl: string,
  use: (maintenance: pg.Client, template: string) => Promise<void>,
): Promise<void> {
  const template = `kontor_template_${await migrationsHash()}`
  await once(superuserUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template])
    if (rowCount === 0) await buildTemplate(client, superuserUrl, template)
    await client.query('select pg_advisory_unlock($1)', [templateLock])
    await use(client, template)
  })
}

async function buildTemplate(client: pg.Client, superuserUrl: string, template: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_database where datname like 'kontor_template_%' order by oid desc offset $1`,
    [templatesKept - 1],
  )
  for (const { datname } of rows) await client.query(`drop database ${datname} with (force)`)
  await client.query('drop database if exists kontor_unfinished with (force)')
  await client.query('create database kontor_unfinished template template0')
  const adminUrl = urlFor(superuserUrl, { database: 'kontor_unfinished' })
  await migrate({ adminUrl, folder: migrations, appPassword })
  await once(adminUrl, (admin) =>
    admin.query(`update clock_offset set steppable = true, stopped_at = $1`, [testStart]),
  )
  await client.query(`alter database kontor_unfinished rename to ${template}`)
}

async function migrationsHash(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of (await readdir(migrations)).filter((each) => each.endsWith('.sql')).toSorted()) {
    hash.update(name).update(await readFile(join(migrations, name)))
  }
  return hash.digest('hex').slice(0, 12)
}

async function once<T>(url: string, fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'kontor test harness' })
  await client.connect()
  try {
    return await fn(client)
  } finally {
    await client.end()
  }
}

/** Resolves once a statement in a test database waits for a row that another transaction holds. */
export async function somebodyWaits(adminUrl: string): Promise<void> {
  await once(adminUrl, async (admin) => {
    for (;;) {
      const { rows } = await admin.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      if (rows.length > 0) return
    }
  })
}
