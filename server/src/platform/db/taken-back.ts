/** Trying out: what would be so if this were done. */
import { sql } from 'kysely'
import type { Tx } from './index.ts'

/**
 * Does the work inside the transaction, gives what it found out, and takes back everything that it wrote, with its locks
 * and its notifications. An error ends the whole transaction, as everywhere.
 */
export async function takenBack<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`savepoint taken_back`.execute(tx)
  const found = await work()
  await sql`rollback to savepoint taken_back`.execute(tx)
  return found
}
