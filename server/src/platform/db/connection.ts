/**
 * Owns how a transaction begins and ends on its connection. Its begin, and the workspace that it sees, leave together with
 * its first statement; its end leaves with the statement that was called its last. Every round trip is paid for by every
 * transaction of the product, by both sides.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { AbortedTransactionError, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  Kysely,
  QueryResult,
  RawBuilder,
  Transaction,
  TransactionSettings,
} from 'kysely'
import type pg from 'pg'
import { exchange } from './exchange.ts'
import type { Answer, Prepared, Statement } from './exchange.ts'
import type { Often } from './often.ts'
import { wireValue } from './values.ts'

const beginning = new AsyncLocalStorage<string | undefined>()
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/**
 * Whatever transaction `begin` begins sees this workspace, or none.
 * @throws RangeError for what is no workspace id
 */
export function beginsIn<T>(workspaceId: string | undefined, begin: () => T): T {
  if (workspaceId !== undefined && !uuid.test(workspaceId)) throw new RangeError('not a workspace id')
  return beginning.run(workspaceId, begin)
}

const last = Symbol('last')

/**
 * Runs the last statement of a transaction, and its end with it: when this resolves, all of it is committed.
 * @throws Error for every statement after it
 */
export async function lastly<T, Rows>(
  tx: Transaction<T>,
  statement: RawBuilder<Rows>,
): Promise<QueryResult<Rows>> {
  return await tx.executeQuery<Rows>({ ...statement.compile(tx), [last]: true } as CompiledQuery<Rows>)
}

type Phase = 'none' | 'to begin' | 'running' | 'ended'

class OurConnection implements DatabaseConnection {
  readonly client: pg.PoolClient
  readonly #often: Often | undefined
  readonly #prepared: Prepared = new Map()
  #phase: Phase = 'none'
  #opening: readonly Statement[] = []
  #broken = false

  constructor(client: pg.PoolClient, often: Often | undefined) {
    this.client = client
    this.#often = often
  }

  begin({ isolationLevel, accessMode }: TransactionSettings): void {
    const level = isolationLevel === undefined ? '' : ` isolation level ${isolationLevel}`
    const mode = accessMode === undefined ? '' : ` ${accessMode}`
    const workspaceId = beginning.getStore()
    const begin = this.#fixed(`begin${level}${mode}`)
    this.#phase = 'to begin'
    this.#opening =
      workspaceId === undefined
        ? [begin]
        : [begin, this.#fixed(`select set_config('kontor.workspace', $1, true)`, [workspaceId])]
  }

  async commit(): Promise<void> {
    const tag = await this.#end('commit')
    // PostgreSQL ends a transaction of which a statement has failed
    if (tag === 'ROLLBACK') throw new AbortedTransactionError()
  }

  async rollback(): Promise<void> {
    try {
      await this.#end('rollback')
    } catch (error) {
      this.#broken = true
      throw error
    }
  }

  async #end(how: 'commit' | 'rollback'): Promise<string> {
    const phase = this.#phase
    this.#phase = 'ended'
    if (phase !== 'running') return ''
    return (await this.#send([this.#fixed(how)], 0)).tag
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#phase === 'ended') throw new Error('the transaction has ended')
    const { sql: text, parameters } = query
    // one that cannot be written has begun nothing
    const asked = { text, values: parameters.map(wireValue), name: this.#often?.nameOf(text) }
    const opening = this.#phase === 'to begin' ? this.#opening : []
    if (this.#phase === 'to begin') this.#phase = 'running'
    const ends = last in query && this.#phase === 'running'
    const answer = await this.#send(
      [...opening, asked, ...(ends ? [this.#fixed('commit')] : [])],
      opening.length,
    )
    if (ends) this.#phase = 'ended'
    return resultOf(answer)
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('nothing is read in pieces')
  }

  release(): void {
    // where one transaction fails with the abort of another, Kysely takes its own for ended, too
    const open = this.#phase === 'running'
    this.#phase = 'none'
    this.client.release(this.#broken || open)
  }

  async #send(statements: readonly Statement[], asked: number): Promise<Answer> {
    return await exchange(this.client, this.#prepared, { statements, asked })
  }

  #fixed(text: string, values: readonly string[] = []): Statement {
    return { text, values, name: this.#often === undefined ? undefined : text }
  }
}

const changing = /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d+)$/

function resultOf<R>({ rows, tag }: Answer): QueryResult<R> {
  const changed = changing.exec(tag)?.[1]
  return changed === undefined
    ? { rows: rows as R[] }
    : { rows: rows as R[], numAffectedRows: BigInt(changed) }
}

class OurDriver implements Driver {
  readonly #pool: pg.Pool
  readonly #often: Often | undefined
  readonly #connections = new WeakMap<pg.PoolClient, OurConnection>()

  constructor(pool: pg.Pool, often: Often | undefined) {
    this.#pool = pool
    this.#often = often
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<OurConnection> {
    const client = await this.#pool.connect()
    const connection = this.#connections.get(client) ?? new OurConnection(client, this.#often)
    this.#connections.set(client, connection)
    return connection
  }

  async beginTransaction(connection: OurConnection, settings: TransactionSettings): Promise<void> {
    connection.begin(settings)
  }

  async commitTransaction(connection: OurConnection): Promise<void> {
    await connection.commit()
  }

  async rollbackTransaction(connection: OurConnection): Promise<void> {
    await connection.rollback()
  }

  async releaseConnection(connection: OurConnection): Promise<void> {
    connection.release()
  }

  async destroy(): Promise<void> {
    await this.#pool.end()
  }
}

/** PostgreSQL over these connections; statements that are used often are planned once. */
export function ourDialect(pool: pg.Pool, often: Often | undefined): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new OurDriver(pool, often),
    createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}
