/**
 * Holds a fresh, migrated PostgreSQL for a program beside the product (benchmarks), in a temporary folder, and prints
 * one line: {"adminUrl","appUrl"}. It is gone when standard input ends.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmbedded } from '../platform/embedded-postgres/index.ts'
import { prepareDatabase } from '../platform/migrate/index.ts'

const migrations = fileURLToPath(new URL('../../migrations/', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'kontor-hold-'))
try {
  await using postgres = await startEmbedded({
    folder: join(folder, 'postgres'),
    // 64 processes with connections of their own
    settings: { max_connections: '250' },
  })
  const urls = await prepareDatabase({
    superuserUrl: postgres.superuserUrl,
    name: 'held',
    migrations,
    passwordFile: join(folder, 'password'),
    steppableClock: true,
  })
  process.stdout.write(`${JSON.stringify(urls)}\n`)
  process.stdin.resume()
  await new Promise((resolve) => process.stdin.once('end', resolve))
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
