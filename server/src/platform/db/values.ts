/**
 * Owns the translation between PostgreSQL values and ours, for the connections our own statements use: instants and
 * plain dates are Temporal values, bigint is a number (our bigint columns count; none passes 2^53), bytea is bytes.
 *
 * Refuses: the connections of the libraries (sign-in, jobs), which keep the driver's own types.
 */
import pg from 'pg'
import type { CustomTypesConfig } from 'pg'
import type { Often } from './often.ts'

const int8 = 20
const int8Array = 1016
const scalars = new Map<number, (text: string) => unknown>([
  [int8, safeInteger],
  [1184, instant],
  [1114, (text) => Temporal.PlainDateTime.from(text)],
  [1082, (text) => Temporal.PlainDate.from(text)],
  [1083, (text) => Temporal.PlainTime.from(text)],
  [1186, duration],
])
const arrays = new Map<number, (text: string) => unknown>([
  [int8Array, safeInteger],
  [1185, instant],
  [1115, (text) => Temporal.PlainDateTime.from(text)],
  [1182, (text) => Temporal.PlainDate.from(text)],
  [1183, (text) => Temporal.PlainTime.from(text)],
])
const textArray: number = 1009

/** Column values as our code wants them. */
export const ourTypes: CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format === 'binary') return pg.types.getTypeParser(oid, 'binary')
    const scalar = scalars.get(oid)
    if (scalar !== undefined) return scalar
    const element = arrays.get(oid)
    if (element === undefined) return pg.types.getTypeParser(oid)
    const split = pg.types.getTypeParser(textArray) as (text: string) => (string | null)[]
    return (text: string) => split(text).map((entry) => (entry === null ? null : element(entry)))
  },
}

/** A parameter as the driver can send it: Temporal values become their ISO 8601 text, also inside arrays. */
export function parameter(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(parameter)
  if (value instanceof Temporal.ZonedDateTime) return value.toInstant().toString()
  return isTemporal(value) ? value.toJSON() : value
}

function isTemporal(value: object): value is { toJSON(): string } {
  return temporal.some((kind) => value instanceof kind)
}

const temporal = [
  Temporal.Instant,
  Temporal.PlainDate,
  Temporal.PlainTime,
  Temporal.PlainDateTime,
  Temporal.Duration,
]

type Settings = string | pg.ClientConfig

/** Connections that accept Temporal values as parameters and answer with {@link ourTypes}. */
export function ourClient(often: Often | undefined): new (settings?: Settings) => pg.Client {
  return class extends pg.Client {
    constructor(settings?: Settings) {
      super(
        typeof settings === 'string'
          ? { connectionString: settings, types: ourTypes }
          : { ...settings, types: ourTypes },
      )
      const send = this.query.bind(this) as (...rest: unknown[]) => unknown
      this.query = ((text: unknown, values: unknown, ...rest: unknown[]) => {
        if (!Array.isArray(values)) return send(text, values, ...rest)
        const sent = values.map(parameter)
        const name = typeof text === 'string' && sent.length > 0 ? often?.nameOf(text) : undefined
        return name === undefined ? send(text, sent, ...rest) : send({ name, text, values: sent }, ...rest)
      }) as typeof this.query
    }
  }
}

function instant(text: string): Temporal.Instant {
  return Temporal.Instant.from(text)
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number`)
  return value
}

function duration(text: string): Temporal.Duration {
  const parts = pg.types.getTypeParser(1186)(text) as Record<string, number | undefined>
  const milliseconds = parts['milliseconds'] ?? 0
  return Temporal.Duration.from({
    years: parts['years'] ?? 0,
    months: parts['months'] ?? 0,
    days: parts['days'] ?? 0,
    hours: parts['hours'] ?? 0,
    minutes: parts['minutes'] ?? 0,
    seconds: parts['seconds'] ?? 0,
    microseconds: Math.round(milliseconds * 1000),
  })
}
