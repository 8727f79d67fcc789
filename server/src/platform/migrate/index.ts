/**
 * Owns the way from an empty database to the current schema: plain SQL files, forward only, each in one transaction
 * as kontor_owner, recorded with its checksum in the table `migration`.
 *
 * 1. Roles (roles.ts). 2. An advisory lock of the database, so that of N migrators one works and the others wait and
 * find nothing to do. 3. Files in the order of their names; one that changed after it was applied is refused.
 * 4. The job tables of graphile-worker, made as kontor_app, whose schema they must belong to.
 */
import { createHash, randomBytes } from 'node:crypto'
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { ensureRoles, readRights } from './roles.ts'

export { setupSql } from './roles.ts'

export type Migrated = { readonly applied: readonly string[]; readonly appUrl: string }
export type MigrateOptions = {
  /** The database to migrate, as a role that may create roles, or one prepared with {@link setupSql}. */
  readonly adminUrl: string
  /** Folder of `*.sql` files. */
  readonly folder: string
  /** Sign-in password given to kontor_app. */
  readonly appPassword: string
  /** Whether the product's clock may be stepped here; left as it is when undefined. */
  readonly steppableClock?: boolean
}

export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

type MigrationFile = { readonly name: string; readonly text: string; readonly sha256: string }

/** `kontor` in ASCII: the lock that migrators of one database share. */
const lockKey = 0x6b6f6e746f72n

/** Brings a database to the current schema. Safe when several run at once. */
export async function migrate(options: MigrateOptions): Promise<Migrated> {
  const files = await readMigrations(options.folder)
  const client = new pg.Client({ connectionString: options.adminUrl, application_name: 'kontor migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await ensureRoles(client, options.appPassword)
    await prepareSchema(client)
    const applied: string[] = []
    const known = await readApplied(client)
    for (const file of files) {
      const checksum = known.get(file.name)
      if (checksum === undefined) {
        await apply(client, file)
        applied.push(file.name)
      } else if (checksum !== file.sha256) {
        throw new MigrationError(
          `${file.name} changed after it was applied here. Migrations are forward only: write a new file.`,
        )
      }
    }
    if (options.steppableClock !== undefined) {
      await asOwner(
        client,
        `update clock_offset set steppable = ${options.steppableClock} where steppable <> ${options.steppableClock}`,
      )
    }
    const appUrl = urlFor(options.adminUrl, { user: 'kontor_app', password: options.appPassword })
    await migrateJobs(client, appUrl)
    return { applied, appUrl }
  } finally {
    await client.end()
  }
}

/**
 * The embedded case: makes the database and the roles' password on first use, migrates, and gives the URL to serve
 * with. The password is kept in `passwordFile` (mode 0600).
 */
export async function prepareDatabase(options: {
  readonly superuserUrl: string
  readonly name: string
  readonly migrations: string
  readonly passwordFile: string
  readonly steppableClock?: boolean
}): Promise<{ readonly appUrl: string; readonly adminUrl: string }> {
  const client = new pg.Client({ connectionString: options.superuserUrl })
  await client.connect()
  try {
    await createDatabase(client, options.name)
  } finally {
    await client.end()
  }
  const adminUrl = urlFor(options.superuserUrl, { database: options.name })
  const { appUrl } = await migrate({
    adminUrl,
    folder: options.migrations,
    appPassword: await keptPassword(options.passwordFile),
    ...(options.steppableClock === undefined ? {} : { steppableClock: options.steppableClock }),
  })
  return { appUrl, adminUrl }
}

/** What is still missing in a database; for processes that serve but do not migrate. */
export async function pendingMigrations(url: string, folder: string): Promise<readonly string[]> {
  const files = await readMigrations(folder)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const known = await readApplied(client)
    return files.filter((file) => !known.has(file.name)).map((file) => file.name)
  } finally {
    await client.end()
  }
}

/** A connection URL with another user, password or database. */
export function urlFor(
  url: string,
  change: { readonly user?: string; readonly password?: string; readonly database?: string },
): string {
  const changed = new URL(url)
  if (change.user !== undefined) changed.username = encodeURIComponent(change.user)
  if (change.password !== undefined) changed.password = encodeURIComponent(change.password)
  if (change.database !== undefined) changed.pathname = `/${encodeURIComponent(change.database)}`
  return changed.href
}

async function readMigrations(folder: string): Promise<readonly MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

async function createDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
  if (rowCount !== 0) return
  try {
    await client.query(`create database ${client.escapeIdentifier(name)} template template0`)
  } catch (error) {
    const state = error instanceof pg.DatabaseError ? error.code : undefined
    if (state !== '42P04' && state !== '23505') throw error
  }
}

/** Made whole beside its place and linked into it, so that of two first starts both read the same password. */
async function keptPassword(path: string): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const known = await readFile(path, 'utf8').catch(() => undefined)
  if (known !== undefined) return known.trim()
  await writeFile(draft, randomBytes(24).toString('base64url'), { mode: 0o600 })
  try {
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft)
  }
  return (await readFile(path, 'utf8')).trim()
}

async function prepareSchema(client: pg.Client): Promise<void> {
  const { superuser } = await readRights(client)
  if (superuser) {
    await client.query(`
      alter schema public owner to kontor_owner;
      grant create, usage on schema public to kontor_definer;
      grant usage on schema public to kontor_app;`)
  }
  await asOwner(
    client,
    `create table if not exists migration (
       name text primary key,
       sha256 text not null,
       applied_at timestamptz not null default current_timestamp
     );
     grant select on migration to kontor_app;`,
  )
}

async function readApplied(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const { rows: there } = await client.query<{ there: boolean }>(
    `select to_regclass('public.migration') is not null as there`,
  )
  if (there[0]?.there !== true) return new Map()
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from public.migration',
  )
  return new Map(rows.map((row) => [row.name, row.sha256]))
}

async function apply(client: pg.Client, file: MigrationFile): Promise<void> {
  try {
    await asOwner(client, file.text, [file.name, file.sha256])
  } catch (cause) {
    const where = cause instanceof pg.DatabaseError ? lineOf(file.text, cause.position) : ''
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new MigrationError(`${file.name}${where} failed: ${why}`, { cause })
  }
}

/** One transaction as kontor_owner; with a record, the file is noted as applied in the same transaction. */
async function asOwner(client: pg.Client, text: string, record?: readonly [string, string]): Promise<void> {
  await client.query('begin')
  try {
    await client.query('set local role kontor_owner')
    await client.query('set local search_path = public')
    await client.query(text)
    if (record !== undefined) {
      await client.query('insert into migration (name, sha256) values ($1, $2)', [...record])
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function migrateJobs(client: pg.Client, appUrl: string): Promise<void> {
  const { rows } = await client.query<{ database: string }>('select current_database() as database')
  const database = client.escapeIdentifier(rows[0]?.database ?? '')
  const { superuser } = await readRights(client)
  if (superuser) await client.query(`grant create on database ${database} to kontor_app`)
  try {
    await runMigrations({ connectionString: appUrl })
  } finally {
    if (superuser) await client.query(`revoke create on database ${database} from kontor_app`)
  }
}

function lineOf(text: string, position: string | undefined): string {
  if (position === undefined) return ''
  return `:${text.slice(0, Number(position)).split('\n').length}`
}
