/** For tests of the lease: mails that the provider takes at once, and the keys of what was leased. */
import { sql } from 'kysely'
import type { Database } from '../platform/db/index.ts'
import { settleAccepted } from '../sending/store-submission.ts'
import { ringAlarms } from '../sending/store-schedule.ts'
import type { Lease } from '../sending/store-lease.ts'
import type { Ground } from './ground.ts'
import { leaseAll } from './outbox.ts'

/** The provider took it. */
export async function accepted(database: Database, taken: Lease): Promise<void> {
  await database.inWorkspace(taken.workspaceId, async (tx) => {
    await settleAccepted(tx, taken.submissionId, taken.leaseId)
    await ringAlarms(tx, [taken.mailboxId])
  })
}

/** Everything that leaves at this instant, accepted; its keys in the order of leaving. */
export async function leaving(database: Database, at: Ground): Promise<string[]> {
  return await keysOf(at, await leaseAll(database, 'w', (taken) => accepted(database, taken)))
}

export async function keysOf(at: Ground, leases: readonly Lease[]): Promise<string[]> {
  const ids = leases.map((one) => one.submissionId)
  const keys = await at.inside(async (tx) => {
    const { rows } = await sql<{ id: string; key: string }>`
      select id, key from submission where id = any(${ids}::uuid[])`.execute(tx)
    return new Map(rows.map((row) => [row.id, row.key]))
  })
  return ids.map((id) => keys.get(id) ?? '?')
}
