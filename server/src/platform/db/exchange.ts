/**
 * Owns one exchange with PostgreSQL: statements that leave in one message and whose answers come back in one, of which that
 * of the one that was asked for is kept. Where one fails the rest is not run.
 *
 * A statement that has a name is prepared once per connection, and its columns are told once.
 *
 * Refuses: COPY, and portals that are read in pieces.
 */
import type pg from 'pg'
import { ourTypes } from './values.ts'

export interface Statement {
  readonly text: string
  readonly values: readonly (string | Buffer | null)[]
  /** Under which it is prepared on its connection; undefined: planned for this once. */
  readonly name: string | undefined
}

/** What a connection has prepared: name → how a row is read, once that is known. */
export type Prepared = Map<string, Columns | undefined>

interface Column {
  readonly name: string
  readonly read: (text: string) => unknown
}
interface Columns {
  readonly all: readonly Column[]
  /** A row of this shape without a value: rows that begin alike are read quicker. */
  readonly empty: Readonly<Record<string, null>>
}
const none: Columns = { all: [], empty: {} }

export interface Answer {
  readonly rows: unknown[]
  /** What was done and to how many rows, in PostgreSQL's words: `UPDATE 3`. */
  readonly tag: string
}

/** What the driver writes to the wire. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void }
  parse(statement: { readonly name: string; readonly text: string; readonly types: readonly number[] }): void
  bind(values: { readonly statement: string; readonly values: Statement['values'] }): void
  describe(what: { readonly type: 'P'; readonly name: string }): void
  execute(): void
  close(what: { readonly type: 'S'; readonly name: string }): void
  sync(): void
}

class Exchange implements pg.Submittable {
  readonly answer: Promise<Answer>
  readonly #settle: { resolve(answer: Answer): void; reject(error: unknown): void }
  readonly #statements: readonly Statement[]
  readonly #asked: number
  readonly #prepared: Prepared
  readonly #named: string[] = []
  #at = 0
  #columns: Columns | undefined
  #rows: unknown[] = []
  #tag = ''
  #failed: { readonly error: unknown } | undefined

  constructor(statements: readonly Statement[], asked: number, prepared: Prepared) {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.answer = promise
    this.#settle = { resolve, reject }
    this.#statements = statements
    this.#asked = asked
    this.#prepared = prepared
  }

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire
    wire.stream.cork()
    for (const [n, statement] of this.#statements.entries()) this.#send(wire, statement, n)
    wire.sync()
    wire.stream.uncork()
  }

  #send(wire: Wire, { name = '', text, values }: Statement, n: number): void {
    if (name === '') wire.parse({ name, text, types: [] })
    else if (!this.#prepared.has(name)) {
      // one that failed may stand there under this name
      wire.close({ type: 'S', name })
      wire.parse({ name, text, types: [] })
      this.#prepared.set(name, undefined)
      this.#named.push(name)
    }
    wire.bind({ statement: name, values })
    if (n === this.#asked) {
      this.#columns = this.#prepared.get(name)
      if (this.#columns === undefined) wire.describe({ type: 'P', name: '' })
    }
    wire.execute()
  }

  handleRowDescription({ fields }: { readonly fields: readonly pg.FieldDef[] }): void {
    const all = fields.map(({ name, dataTypeID }) => ({
      name,
      read: ourTypes.getTypeParser(dataTypeID, 'text') as Column['read'],
    }))
    this.#columns = { all, empty: Object.fromEntries(all.map(({ name }) => [name, null])) }
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (this.#at !== this.#asked || this.#failed !== undefined) return
    try {
      this.#rows.push(rowOf(this.#columns ?? none, fields))
    } catch (error) {
      this.#failed = { error }
    }
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    if (this.#at === this.#asked) {
      this.#tag = text
      const { name } = this.#statements[this.#at] ?? {}
      if (name !== undefined) this.#prepared.set(name, this.#columns ?? none)
    }
    this.#at += 1
  }

  handleEmptyQuery(): void {
    this.#at += 1
  }

  handleReadyForQuery(): void {
    if (this.#failed === undefined) this.#settle.resolve({ rows: this.#rows, tag: this.#tag })
    else this.#settle.reject(this.#failed.error)
  }

  handleError(error: unknown): void {
    for (const name of this.#named) this.#prepared.delete(name)
    this.#settle.reject(error)
  }
}

function rowOf({ all, empty }: Columns, fields: readonly (string | null)[]): object {
  const row: Record<string, unknown> = { ...empty }
  let n = 0
  for (const { name, read } of all) {
    const text = fields[n++] ?? null
    if (text !== null) row[name] = read(text)
  }
  return row
}

/**
 * Sends these statements together; the answer is that of the one that was asked for.
 * @throws pg.DatabaseError for the first that failed, after which none was run
 */
export async function exchange(
  client: pg.ClientBase,
  prepared: Prepared,
  { statements, asked }: { readonly statements: readonly Statement[]; readonly asked: number },
): Promise<Answer> {
  const sent = new Exchange(statements, asked, prepared)
  client.query(sent)
  try {
    return await sent.answer
  } catch (error) {
    // to whoever asked, not to the socket
    if (error instanceof Error) Error.captureStackTrace(error)
    throw error
  }
}
