/** A fresh PostgreSQL with the product's schema, held by a program of its own; every engine gets one for itself. */
import { spawn } from 'node:child_process'
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

export async function freshDatabase(): Promise<BenchDatabase> {
  const child = spawn(process.execPath, [holder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the database ended with code ${code}`)))
  })
  const { adminUrl, appUrl } = JSON.parse(line) as { adminUrl: string; appUrl: string }
  const admin = new pg.Pool({ connectionString: adminUrl, max: 4 })
  admin.on('error', () => {})
  return {
    adminUrl,
    appUrl,
    admin,
    async [Symbol.asyncDispose]() {
      await admin.end()
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.stdin.end()
      await ended
    },
  }
}

/** Bytes of write-ahead log so far. */
export async function walBytes(admin: pg.Pool): Promise<number> {
  const { rows } = await admin.query<{ bytes: string }>(
    `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text as bytes`,
  )
  return Number(rows[0]?.bytes)
}
