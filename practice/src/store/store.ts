/**
 * The database of the practice world: one SQLite file, one writer, prepared statements kept by their text. Other files say
 * what to ask; this one opens, prepares, and makes transactions. WAL with synchronous=NORMAL: a killed process loses
 * nothing that was committed, and a send costs no fsync.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Row } from './row.ts'
import { SCHEMA, SCHEMA_VERSION } from './schema.ts'

export class Store implements Disposable {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  #depth = 0

  /** Opens (or creates) the file at `path`; `:memory:` keeps nothing. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path)
    this.#database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000;')
    this.#dropOtherVersion()
    this.#database.exec(SCHEMA)
    this.#database.exec(`pragma user_version = ${SCHEMA_VERSION}`)
  }

  /** A practice world is made for rehearsing: tables of another version are given up rather than migrated. */
  #dropOtherVersion(): void {
    if (this.one('pragma user_version')?.int('user_version') === SCHEMA_VERSION) return
    for (const table of this.#tables()) this.#database.exec(`drop table ${table}`)
    this.#statements.clear()
  }

  #tables(): readonly string[] {
    const rows = this.all("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    return rows.map((row) => row.text('name'))
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql)
      .all(...values)
      .map((columns) => new Row(columns))
  }

  one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    const columns = this.#statement(sql).get(...values)
    return columns === undefined ? undefined : new Row(columns)
  }

  /** Runs a writing statement; answers the number of rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes)
  }

  /** Runs an insert; answers the new row's integer key. */
  insert(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).lastInsertRowid)
  }

  /** All of `body` or nothing of it; a transaction inside another joins it. */
  transaction<T>(body: () => T): T {
    if (this.#depth > 0) return body()
    this.#database.exec('begin immediate')
    this.#depth = 1
    try {
      const result = body()
      this.#database.exec('commit')
      return result
    } catch (failure) {
      this.#database.exec('rollback')
      throw failure
    } finally {
      this.#depth = 0
    }
  }

  setting(key: string): string | undefined {
    return this.one('select value from setting where key = ?', key)?.text('value')
  }

  keep(key: string, value: string): void {
    this.run(
      'insert into setting (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
      key,
      value,
    )
  }

  /** Next value of a named counter, from 1. */
  next(counter: string): number {
    const row = this.one(
      'insert into counter (name, value) values (?, 1) on conflict (name) do update set value = value + 1 returning value',
      counter,
    )
    if (row === undefined) throw new Error(`counter ${counter} gave nothing`)
    return row.int('value')
  }

  /** Empties every table, except for the named settings. */
  empty(keptSettings: readonly string[]): void {
    const kept = keptSettings.map((key) => [key, this.setting(key)] as const)
    this.transaction(() => {
      for (const table of this.#tables()) this.run(`delete from ${table}`)
      for (const [key, value] of kept) {
        if (value !== undefined) this.keep(key, value)
      }
    })
  }

  [Symbol.dispose](): void {
    this.#statements.clear()
    this.#database.close()
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const prepared = this.#database.prepare(sql)
    this.#statements.set(sql, prepared)
    return prepared
  }
}
