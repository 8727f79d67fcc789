/** What a simulation stands on in tests: the database of the test file, with the connections of two more workers. */
import pg from 'pg'
import { afterAll } from 'vitest'
import { openDatabase } from '../src/platform/db/index.ts'
import { testDatabase } from '../src/testing/database.ts'
import type { Stand } from './world.ts'

export interface TestStand extends Stand {
  /** Nothing of an earlier world is left. */
  clear(): Promise<void>
}

export async function testStand(): Promise<TestStand> {
  const { database, url, adminUrl } = await testDatabase({ poolSize: 3 })
  const second = openDatabase({ url, applicationName: 'worker 1', poolSize: 3 })
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  afterAll(async () => {
    await second[Symbol.asyncDispose]()
    await admin.end()
  })
  return {
    database,
    workers: [database, second],
    admin,
    async clear() {
      await admin.query('truncate address_cap, mailbox, submission, attempt, workspace, person cascade')
    },
  }
}
