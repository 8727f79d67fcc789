/**
 * Owns the way to PostgreSQL: pools, transactions and the walls between workspaces.
 *
 * Every read and write of the product is a transaction that names its workspace locally (`kontor.workspace`), which
 * the row-level security policies compare with. A transaction that lost a serialization race or a deadlock is run
 * again, so its function must have no effect outside the database.
 *
 * Refuses: network calls inside a transaction (nothing here can check it) and knowing any table.
 */
import { Kysely, sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import pg from 'pg'
import type { Log } from '../log/index.ts'
import { silentLog } from '../log/index.ts'
import type { Listening } from './listen.ts'
import { createListener } from './listen.ts'
import type { Tables } from './tables.ts'
import { createOften } from './often.ts'
import { beginsIn, ourDialect } from './connection.ts'

export type { Listening } from './listen.ts'
export type { Tables } from './tables.ts'
export { lastly } from './connection.ts'
export { refuseEscapingRole } from './role.ts'
export { noteGrowth } from './statistics.ts'

export type Tx = Transaction<Tables>

export type Database = AsyncDisposable & {
  /** One transaction inside a workspace. Run again on a serialization failure or deadlock, three times at most. @throws RangeError for what is no workspace id */
  inWorkspace<T>(workspaceId: string, fn: (tx: Tx) => Promise<T>): Promise<T>
  /** Reads inside a workspace, everything as it was at one moment. */
  atOneMoment<T>(workspaceId: string, fn: (tx: Tx) => Promise<T>): Promise<T>
  /** One transaction without a workspace: the few global tables and the definer functions. */
  inSystem<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
  /** Single statements, each its own transaction. For the lease function, which needs a fresh snapshot inside. */
  call<T>(fn: (db: Kysely<Tables>) => Promise<T>): Promise<T>
  /** Hears NOTIFY on a channel over one connection per process; after a reconnect every hint is given once. */
  listen(channel: string, onHint: (payload: string) => void): Listening
  /** What others know this process by while it lives (`is_present`); undefined until it listens. */
  readonly presence: number | undefined
  /** For libraries (sign-in, jobs): the driver's own value types, no workspace. Opened on first use. */
  readonly pool: pg.Pool
  readonly url: string
}

export type DatabaseOptions = {
  readonly url: string
  readonly applicationName: string
  /** Connections for our own statements; the libraries' pool has the same limit. */
  readonly poolSize?: number
  /** For LISTEN beside a transaction pooler; otherwise `url`. */
  readonly directUrl?: string
  readonly log?: Log
}

const serializationFailure = '40001'
const deadlockDetected = '40P01'
const featureNotSupported = '0A000'
const mostTries = 3

/** Opens the pools; connects on first use. Disposing waits for the transactions in progress. */
export function openDatabase(options: DatabaseOptions): Database {
  const log = options.log ?? silentLog
  const settings = {
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  }
  const often = options.directUrl === undefined ? createOften() : undefined
  const ourPool = new pg.Pool(settings)
  const pool = new pg.Pool(settings)
  for (const one of [ourPool, pool]) {
    const lost = (error: Error) => log.warn({ error }, 'a database connection was lost')
    one.on('error', lost)
    one.on('connect', (client) => client.on('error', lost))
  }
  const db = new Kysely<Tables>({ dialect: ourDialect(ourPool, often) })
  const listener = createListener({
    url: options.directUrl ?? options.url,
    applicationName: options.applicationName,
    log,
  })

  async function transact<T>(workspaceId: string | undefined, fn: (tx: Tx) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await beginsIn(workspaceId, () => db.transaction().execute(fn))
      } catch (error) {
        const unfit = isUnfitPlan(error)
        if (unfit) often?.forget()
        if (tries === mostTries || !(unfit || lostRace(error))) throw error
      }
    }
  }

  return {
    url: options.url,
    pool,
    get presence() {
      return listener.presence
    },
    inSystem: (fn) => transact(undefined, fn),
    inWorkspace: transact,
    atOneMoment: (workspaceId, fn) =>
      beginsIn(workspaceId, () =>
        db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(fn),
      ),
    call: (fn) => fn(db),
    listen: (channel, onHint) => listener.listen(channel, onHint),
    async [Symbol.asyncDispose]() {
      await listener[Symbol.asyncDispose]()
      await db.destroy()
      await pool.end()
    },
  }
}

/** A jsonb parameter. Needed for arrays, which the driver would send as a PostgreSQL array. */
export function json<T>(value: T): RawBuilder<T> {
  return sql`${JSON.stringify(value)}::jsonb`
}

/**
 * Rows as one parameter, for `json_to_recordset`. Half a character (a surrogate alone) is replaced, as the driver does in
 * a text parameter.
 */
export function records(rows: readonly unknown[]): RawBuilder<unknown> {
  const text = JSON.stringify(rows)
  return sql`${halves.test(text) ? JSON.stringify(rows, wellFormed) : text}::json`
}

// only half a character is written so
const halves = /\\ud[89a-f]/
const wellFormed = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed() : value

/** The SQLSTATE of a database error, or undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

function lostRace(error: unknown): boolean {
  const state = sqlState(error)
  return state === serializationFailure || state === deadlockDetected
}

// what PostgreSQL says when a prepared statement would answer with other columns than before
function isUnfitPlan(error: unknown): boolean {
  return sqlState(error) === featureNotSupported && String(error).includes('cached plan')
}
