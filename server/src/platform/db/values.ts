/**
 * Owns the translation between PostgreSQL values and ours, for the connections our own statements use: instants and
 * plain dates are Temporal values, bigint is a number (our bigint columns count; none passes 2^53), bytea is bytes.
 *
 * Refuses: the connections of the libraries (sign-in, jobs), which keep the driver's own types.
 */
import pg from 'pg'
import type { CustomTypesConfig } from 'pg'

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

/** A parameter as it goes over the wire: Temporal values as their ISO 8601 text, also inside arrays; objects as JSON. */
export function wireValue(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (typeof value !== 'object') return `${value as number | boolean | bigint}`
  if (Buffer.isBuffer(value)) return value
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  if (Array.isArray(value)) return `{${value.map(arrayEntry).join(',')}}`
  if (value instanceof Temporal.ZonedDateTime) return value.toInstant().toString()
  return isTemporal(value) ? value.toJSON() : JSON.stringify(value)
}

function arrayEntry(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(arrayEntry).join(',')}}`
  const sent = wireValue(value)
  if (sent === null) return 'NULL'
  const text = typeof sent === 'string' ? sent : `\\x${sent.toString('hex')}`
  return `"${text.replaceAll(needsEscape, '\\$&')}"`
}

const needsEscape = /["\\]/g

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
