/**
 * Owns the TypeScript face of the schema: one interface per database for Kysely, from the catalogue. A text column
 * whose check constraint lists its values becomes the union of those values.
 */
import type { Catalogue, Column } from './catalogue.ts'

const scalars: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  real: 'number',
  'double precision': 'number',
  bytea: 'Bytes',
  json: 'unknown',
  jsonb: 'unknown',
  'timestamp with time zone': 'Instant',
  'timestamp without time zone': 'PlainDateTime',
  date: 'PlainDate',
  'time without time zone': 'PlainTime',
  interval: 'Duration',
}

const preamble = `// Printed by server/src/tools/print-schema.ts from the migrated database. Change a migration, not this file.
import type { ColumnType, GeneratedAlways } from 'kysely'

type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
type Accepts<T> = ColumnType<T, T | string, T | string>
type Instant = Accepts<Temporal.Instant>
type PlainDate = Accepts<Temporal.PlainDate>
type PlainTime = Accepts<Temporal.PlainTime>
type PlainDateTime = Accepts<Temporal.PlainDateTime>
type Duration = Accepts<Temporal.Duration>
type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>
`

/** The text of tables.ts. */
export function printTables(catalogue: Catalogue): string {
  const shown = catalogue.tables.filter((table) => table.partition === null)
  const body = shown.map((table) => {
    const columns = catalogue.columns.filter((column) => column.table === table.name)
    const lines = columns.map((column) => `    ${column.name}: ${columnType(catalogue, column)}`)
    return `  ${table.name}: {\n${lines.join('\n')}\n  }`
  })
  const used = preamble
    .split('\n')
    .filter((line) => {
      const name = /^type (\w+) = (?:Accepts|ColumnType)</.exec(line)?.[1]
      return name === undefined || body.some((text) => new RegExp(`\\b${name}\\b`).test(text))
    })
    .join('\n')
  return `${used}\nexport interface Tables {\n${body.join('\n')}\n}\n`
}

function columnType(catalogue: Catalogue, column: Column): string {
  const array = column.type.endsWith('[]')
  const type = column.type.replace(/\[\]$/, '').replace(/\(\d+\)/, '')
  const scalar = allowedValues(catalogue, column) ?? scalars[type] ?? 'string'
  const whole = array ? arrayOf(scalar) : scalar
  const nullable = column.notNull || whole === 'unknown' ? whole : `${whole} | null`
  if (column.generated === 'always' || column.generated === 'stored' || column.generated === 'virtual') {
    return `GeneratedAlways<${nullable}>`
  }
  return column.fallback !== null || column.generated !== null ? `Generated<${nullable}>` : nullable
}

function arrayOf(scalar: string): string {
  const temporal = ['Instant', 'PlainDate', 'PlainTime', 'PlainDateTime'].includes(scalar)
  if (temporal) return `Accepts<Temporal.${scalar}[]>`
  return scalar.includes('|') ? `(${scalar})[]` : `${scalar}[]`
}

/** `CHECK ((state = ANY (ARRAY['a'::text, 'b'::text])))` → `'a' | 'b'`. */
function allowedValues(catalogue: Catalogue, column: Column): string | undefined {
  if (column.type !== 'text') return undefined
  const pattern = new RegExp(
    `^CHECK \\(\\(${column.name} = ANY \\(ARRAY\\[([^\\]]+)\\]\\)\\)\\)(?: NOT ENFORCED)?$`,
  )
  for (const { table, definition } of catalogue.constraints) {
    const list = table === column.table ? pattern.exec(definition)?.[1] : undefined
    if (list !== undefined)
      return [...list.matchAll(/'([^']*)'::text/g)].map(([, value]) => `'${value}'`).join(' | ')
  }
  return undefined
}
