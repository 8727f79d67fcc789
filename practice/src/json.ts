/** Reads a JSON value of unknown shape by name and type. What is missing or of another type ends in an InputError with a sentence. */

export class InputError extends Error {
  override readonly name = 'InputError'
}

export class Reader {
  readonly #fields: ReadonlyMap<string, unknown>

  constructor(value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new InputError('A JSON object is needed.')
    this.#fields = new Map(Object.entries(value))
  }

  has(name: string): boolean {
    return this.#fields.get(name) !== undefined && this.#fields.get(name) !== null
  }

  raw(name: string): unknown {
    return this.#fields.get(name)
  }

  text(name: string): string {
    const value = this.#fields.get(name)
    if (typeof value !== 'string' || value === '') throw new InputError(`"${name}" must be a text.`)
    return value
  }

  /** The text, or undefined when it is missing or empty. */
  maybeText(name: string): string | undefined {
    return this.has(name) && this.#fields.get(name) !== '' ? this.text(name) : undefined
  }

  number(name: string): number {
    const value = this.#fields.get(name)
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new InputError(`"${name}" must be a number.`)
    return value
  }

  maybeNumber(name: string): number | undefined {
    return this.has(name) ? this.number(name) : undefined
  }

  flag(name: string, otherwise: boolean): boolean {
    if (!this.has(name)) return otherwise
    const value = this.#fields.get(name)
    if (typeof value !== 'boolean') throw new InputError(`"${name}" must be true or false.`)
    return value
  }

  reader(name: string): Reader {
    return new Reader(this.#fields.get(name))
  }

  maybeReader(name: string): Reader | undefined {
    return this.has(name) ? this.reader(name) : undefined
  }

  readers(name: string): readonly Reader[] {
    const value = this.#fields.get(name)
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) throw new InputError(`"${name}" must be a list.`)
    return value.map((entry) => new Reader(entry))
  }

  texts(name: string): readonly string[] {
    const value = this.#fields.get(name)
    if (value === undefined || value === null) return []
    const list: readonly unknown[] = Array.isArray(value) ? value : [value]
    return list.map((entry) => {
      if (typeof entry !== 'string') throw new InputError(`"${name}" must hold texts.`)
      return entry
    })
  }

  entries(): readonly (readonly [string, unknown])[] {
    return [...this.#fields]
  }
}
