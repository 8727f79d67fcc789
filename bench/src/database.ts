/** A fresh database with the product's schema for every run, in a PostgreSQL that a program of its own holds. */
import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

export interface BenchDatabase extends AsyncDisposable {
  /** Superuser: sets the stage, owns the peers' schemas. */
  readonly adminUrl: string
  /** kontor_app: bound by row-level security, as the product is. */
  readonly appUrl: string
  readonly admin: pg.Pool
}

const holder = fileURLToPath(new URL('../../server/src/tools/hold-database.ts', import.meta.url))

let server: Promise<{ adminUrl: string; appUrl: string }> | undefined
let copies = 0

/** A copy of the migrated database, made in a server that all runs of this process share, one after another. */
export async function freshDatabase(): Promise<BenchDatabase> {
  const held = await (server ??= startServer())
  const name = `run_${copies++}`
  await inServer(held.adminUrl, `create database ${name} template held`)
  const adminUrl = inDatabase(held.adminUrl, name)
  const admin = new pg.Pool({ connectionString: adminUrl, max: 4 })
  admin.on('error', () => {})
  return {
    adminUrl,
    appUrl: inDatabase(held.appUrl, name),
    admin,
    async [Symbol.asyncDispose]() {
      await admin.end()
      await inServer(held.adminUrl, `drop database ${name} with (force)`)
    },
  }
}

// Ends with this process, whose death closes its standard input.
async function startServer(): Promise<{ adminUrl: string; appUrl: string }> {
  const child = spawn(process.execPath, [holder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the database ended with code ${code}`)))
  })
  child.unref()
  for (const pipe of [child.stdin, child.stdout]) (pipe as Partial<Socket>).unref?.()
  return JSON.parse(line) as { adminUrl: string; appUrl: string }
}

async function inServer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inDatabase(adminUrl, 'postgres') })
  await client.connect()
  await client.query(statement)
  await client.query('checkpoint')
  await client.end()
}

function inDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}

/** Bytes of write-ahead log so far. */
export async function walBytes(admin: pg.Pool): Promise<number> {
  const { rows } = await admin.query<{ bytes: string }>(
    `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text as bytes`,
  )
  return Number(rows[0]?.bytes)
}

/**
 * Fresh statistics of what was filled. A table that is analysed while it is empty is planned as an empty one until
 * autovacuum comes by, which no installation does to itself.
 */
export async function analyzeFilled(admin: pg.Pool): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and pg_relation_size(c.oid) > 0`)
  if (rows.length > 0) await admin.query(`vacuum analyze ${rows.map(({ name }) => name).join(', ')}`)
}
