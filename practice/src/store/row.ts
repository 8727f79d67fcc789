/** One row of an answer of SQLite, read by column and type; a column of another type is a mistake in our SQL and throws. */
import type { SQLOutputValue } from 'node:sqlite'

export class Row {
  readonly #columns: Record<string, SQLOutputValue>

  constructor(columns: Record<string, SQLOutputValue>) {
    this.#columns = columns
  }

  text(name: string): string {
    const value = this.#columns[name]
    if (typeof value !== 'string') throw new TypeError(`column ${name} holds no text`)
    return value
  }

  maybeText(name: string): string | undefined {
    const value = this.#columns[name]
    return typeof value === 'string' ? value : undefined
  }

  int(name: string): number {
    const value = this.#columns[name]
    if (typeof value !== 'number') throw new TypeError(`column ${name} holds no number`)
    return value
  }

  maybeInt(name: string): number | undefined {
    const value = this.#columns[name]
    return typeof value === 'number' ? value : undefined
  }

  flag(name: string): boolean {
    return this.int(name) !== 0
  }

  bytes(name: string): Buffer {
    const value = this.#columns[name]
    if (!(value instanceof Uint8Array)) throw new TypeError(`column ${name} holds no bytes`)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }

  /** A JSON list of texts. */
  list(name: string): readonly string[] {
    const parsed: unknown = JSON.parse(this.text(name))
    return Array.isArray(parsed) ? parsed.filter((entry) => typeof entry === 'string') : []
  }

  /** A JSON value of unknown shape, to be read with json.ts. */
  json(name: string): unknown {
    return JSON.parse(this.text(name))
  }
}
