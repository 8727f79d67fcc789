/**
 * Owns the PostgreSQL that tests share: DATABASE_URL when it is set, otherwise an embedded one in the temporary
 * folder without fsync. Every run and every test file holds it; the last one that lets go stops it.
 */
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { readConfig } from '../config.ts'
import { wallClock } from '../platform/clock/index.ts'
import { startEmbedded } from '../platform/embedded-postgres/index.ts'

export type TestServer = AsyncDisposable & { readonly superuserUrl: string }

const failedAreKeptHours = 3

/** Joins or starts the server. */
export async function testServer(): Promise<TestServer> {
  const config = readConfig(undefined, [])
  if ('role' in config && config.databaseUrl !== undefined) {
    return { superuserUrl: config.databaseUrl, async [Symbol.asyncDispose]() {} }
  }
  return startEmbedded({
    folder: join(tmpdir(), `kontor-test-${userInfo().username}`),
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '400',
      shared_buffers: '128MB',
    },
  })
}

/** Drops what failed files left behind some hours ago. */
export async function sweepTestDatabases(server: TestServer): Promise<void> {
  const client = new pg.Client({ connectionString: server.superuserUrl })
  await client.connect()
  try {
    const oldest = Math.floor(wallClock.now().epochMilliseconds / 3_600_000) - failedAreKeptHours
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database
       where datname like 'kontor_test_%' and split_part(datname, '_', 3)::int < $1`,
      [oldest],
    )
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
  } finally {
    await client.end()
  }
}
