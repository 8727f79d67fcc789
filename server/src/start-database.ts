/**
 * Owns the choice of the database: the embedded PostgreSQL of the data folder, or the one DATABASE_URL names. Gives
 * the address to serve with – always a role that row-level security binds – after bringing the schema up to date.
 *
 * A DATABASE_URL whose role may make roles is an administrator's: it migrates (any number of processes may try at
 * once) and everybody serves as kontor_app with a password derived from it, so that all processes know it. A
 * DATABASE_URL of kontor_app only serves, and waits for nobody: what is missing is said in a sentence.
 */
import { createHmac } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Config } from './config.ts'
import { openDatabase } from './platform/db/index.ts'
import { startEmbedded } from './platform/embedded-postgres/index.ts'
import { migrate, pendingMigrations, prepareDatabase, urlFor } from './platform/migrate/index.ts'

export type ReadyDatabase = AsyncDisposable & {
  readonly url: string
  readonly directUrl: string | undefined
  readonly kind: 'embedded' | 'given'
}

/** Something a person at the terminal can mend. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

const forPeople = new Set([
  'StartError',
  'PortInUseError',
  'EmbeddedPostgresError',
  'MigrationError',
  'MissingRightsError',
  'EscapingRoleError',
])

/** What to tell the person at the terminal; undefined for an error that is ours. */
export function sentenceFor(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (forPeople.has(error.name)) return error.message
  if ('syscall' in error && error.syscall === 'connect') {
    return `The database cannot be reached: ${error.message}. Check DATABASE_URL and that the server runs.`
  }
  return undefined
}

const migrations = fileURLToPath(new URL('../migrations/', import.meta.url))

type Wish = Pick<Config, 'databaseUrl' | 'databaseUrlDirect' | 'dataFolder'> & {
  /** Undefined: the clock stays as steppable as it is. */
  readonly steppableClock: boolean | undefined
}

/** @throws errors with a sentence for a person, see {@link sentenceFor}. */
export async function startDatabase(config: Wish): Promise<ReadyDatabase> {
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
  if (config.databaseUrl !== undefined) return given(config, config.databaseUrl)
  const embedded = await startEmbedded({ folder: join(config.dataFolder, 'postgres') })
  try {
    const { appUrl } = await prepareDatabase({
      superuserUrl: embedded.superuserUrl,
      name: 'kontor',
      migrations,
      passwordFile: join(config.dataFolder, 'database-password'),
      ...clockWish(config),
    })
    return {
      url: appUrl,
      directUrl: undefined,
      kind: 'embedded',
      [Symbol.asyncDispose]: () => embedded[Symbol.asyncDispose](),
    }
  } catch (error) {
    await embedded[Symbol.asyncDispose]()
    throw error
  }
}

async function given(config: Wish, databaseUrl: string): Promise<ReadyDatabase> {
  const ready = (url: string): ReadyDatabase => ({
    url,
    directUrl:
      config.databaseUrlDirect === undefined
        ? undefined
        : urlFor(config.databaseUrlDirect, credentialsOf(url)),
    kind: 'given',
    async [Symbol.asyncDispose]() {},
  })
  if (await mayMakeRoles(databaseUrl)) {
    const { appUrl } = await migrate({
      adminUrl: databaseUrl,
      folder: migrations,
      appPassword: derivedPassword(databaseUrl),
      ...clockWish(config),
    })
    return ready(appUrl)
  }
  const missing = await pendingMigrations(databaseUrl, migrations)
  if (missing.length > 0) {
    throw new StartError(
      `The database lacks ${missing.join(', ')}. Run --role=migrate once, with a DATABASE_URL whose role may create roles.`,
    )
  }
  return ready(databaseUrl)
}

function clockWish({ steppableClock }: Wish): { steppableClock?: boolean } {
  return steppableClock === undefined ? {} : { steppableClock }
}

async function mayMakeRoles(url: string): Promise<boolean> {
  await using database = openDatabase({ url, applicationName: 'kontor start', poolSize: 1 })
  const { rows } = await database.call((db) =>
    sql<{ may: boolean }>`
      select rolsuper or rolcreaterole as may from pg_roles where rolname = current_user`.execute(db),
  )
  return rows[0]?.may ?? false
}

function derivedPassword(adminUrl: string): string {
  const { password } = new URL(adminUrl)
  return createHmac('sha256', password).update('kontor_app').digest('base64url')
}

function credentialsOf(url: string): { user: string; password: string } {
  const { username, password } = new URL(url)
  return { user: decodeURIComponent(username), password: decodeURIComponent(password) }
}
