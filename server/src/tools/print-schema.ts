/**
 * Prints the schema as it is after all migrations: server/schema.sql for people who review, and
 * server/src/platform/db/tables.ts for the compiler. `--check` writes nothing and fails when either is stale.
 *
 * Runs on an embedded PostgreSQL of its own in a temporary folder; needs nothing and leaves nothing.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startEmbedded } from '../platform/embedded-postgres/index.ts'
import { prepareDatabase } from '../platform/migrate/index.ts'
import { readCatalogue } from './catalogue.ts'
import type { Catalogue, Named } from './catalogue.ts'
import { printTables } from './print-tables.ts'

const server = fileURLToPath(new URL('../../', import.meta.url))

/** The text of schema.sql. */
function printSchema(catalogue: Catalogue): string {
  const ofTable = (list: readonly Named[], table: string) => list.filter((each) => each.table === table)
  const tables = catalogue.tables.map((table) => {
    if (table.kind === 'view') return `view ${table.name} as\n${table.definition ?? ''}`
    const columns = catalogue.columns
      .filter((column) => column.table === table.name)
      .map((column) =>
        [
          `  ${column.name} ${column.type}`,
          column.notNull ? ' not null' : '',
          column.generated === null ? '' : ` generated ${column.generated}`,
          column.fallback === null ? '' : ` default ${column.fallback}`,
        ].join(''),
      )
    if (table.partition !== null) return `table ${table.name} partition of ${table.partition}`
    return [
      `table ${table.name}${table.partitionKey === null ? '' : ` partition by ${table.partitionKey}`}`,
      ...columns,
      ...ofTable(catalogue.constraints, table.name).map(
        ({ name, definition }) => `  constraint ${name} ${definition}`,
      ),
      ...ofTable(catalogue.indexes, table.name).map(({ definition }) => `  ${definition}`),
      ...(table.secured ? [`  row level security${table.forced ? ', forced' : ''}`] : []),
      ...ofTable(catalogue.policies, table.name).map(
        ({ name, definition }) => `  policy ${name} ${definition}`,
      ),
      ...ofTable(catalogue.triggers, table.name).map(({ definition }) => `  ${definition}`),
      ...catalogue.grants
        .filter((grant) => grant.table === table.name)
        .map((grant) => `  grant ${grant.rights} to ${grant.role}`),
    ].join('\n')
  })
  const routines = catalogue.routines.map(
    ({ owner, definition, grants }) => `${definition.trim()}\n-- owner ${owner}; may be called by ${grants}`,
  )
  const head =
    '-- The schema after all migrations, printed by server/src/tools/print-schema.ts. For reading; nothing runs it.'
  return `${[head, ...tables, ...routines].join('\n\n')}\n`
}

async function print(): Promise<ReadonlyMap<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-schema-'))
  try {
    await using embedded = await startEmbedded({ folder, settings: { fsync: 'off' } })
    const { adminUrl } = await prepareDatabase({
      superuserUrl: embedded.superuserUrl,
      name: 'kontor',
      migrations: join(server, 'migrations'),
      passwordFile: join(folder, 'app-password'),
    })
    const client = new pg.Client({ connectionString: adminUrl })
    await client.connect()
    try {
      const catalogue = await readCatalogue(client)
      return new Map([
        [join(server, 'schema.sql'), printSchema(catalogue)],
        [join(server, 'src/platform/db/tables.ts'), printTables(catalogue)],
      ])
    } finally {
      await client.end()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const check = process.argv.includes('--check')
for (const [path, text] of await print()) {
  const known = await readFile(path, 'utf8').catch(() => '')
  if (known === text) continue
  if (check) {
    process.stderr.write(`${path} is stale; run npm run schema.\n`)
    process.exitCode = 1
  } else {
    await writeFile(path, text)
  }
}
