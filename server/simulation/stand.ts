/**
 * What a simulation stands on when it is told from the command line: a fresh PostgreSQL in a temporary folder, migrated,
 * with the connections of a web process and of each worker. Nothing of it is left afterwards.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openDatabase } from '../src/platform/db/index.ts'
import type { Database } from '../src/platform/db/index.ts'
import { startEmbedded } from '../src/platform/embedded-postgres/index.ts'
import { prepareDatabase } from '../src/platform/migrate/index.ts'
import type { Stand } from './world.ts'

const migrations = fileURLToPath(new URL('../migrations/', import.meta.url))

export async function openStand(workers: number): Promise<Stand & AsyncDisposable> {
  await using parts = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'kontor-simulation-'))
  parts.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const postgres = parts.use(
    await startEmbedded({
      folder: join(folder, 'postgres'),
      settings: {
        // Nobody takes the machine's power away here; waiting for its disk would only be slow.
        fsync: 'off',
        synchronous_commit: 'off',
        full_page_writes: 'off',
        shared_buffers: '128MB',
        // It would come at times of its own, and the order of equals with it.
        autovacuum: 'off',
        jit: 'off',
      },
    }),
  )
  const { appUrl, adminUrl } = await prepareDatabase({
    superuserUrl: postgres.superuserUrl,
    name: 'simulation',
    migrations,
    passwordFile: join(folder, 'app-password'),
    steppableClock: true,
  })
  const admin = new pg.Client({ connectionString: adminUrl, application_name: 'simulation' })
  admin.on('error', () => {})
  await admin.connect()
  parts.defer(() => admin.end())
  const open = (applicationName: string, zone = 'UTC'): Database =>
    parts.use(openDatabase({ url: inZone(appUrl, zone), applicationName, poolSize: 4 }))
  const database = open('web')
  const first = open('worker 0')
  // a machine somewhere else
  const others = Array.from({ length: workers - 1 }, (_, i) => open(`worker ${i + 1}`, 'Pacific/Kiritimati'))
  const running = parts.move()
  return {
    database,
    workers: [first, ...others],
    admin,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function inZone(address: string, zone: string): string {
  const url = new URL(address)
  url.searchParams.set('options', `-c TimeZone=${zone}`)
  return url.href
}
