/**
 * Statements on launches: one press of "send" each. Whoever comes second with a key waits for the first and then reads
 * what it did.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

export interface Launch {
  readonly id: string
  readonly campaignId: string
  readonly key: string
  /** Hash of what was asked for. */
  readonly wish: Buffer
  readonly createdBy: string
}

export type LaunchBegun =
  | { readonly begun: true }
  | { readonly begun: false; readonly sameWish: boolean; readonly queued: number; readonly leftOut: number }

/** Begins a launch, or tells what the one with this key did. */
export async function beginLaunch(tx: Tx, workspaceId: string, launch: Launch): Promise<LaunchBegun> {
  const inserted = await sql<{ id: string }>`
    insert into launch (workspace_id, id, campaign_id, key, wish, created_by)
    values (${workspaceId}, ${launch.id}, ${launch.campaignId}, ${launch.key}, ${launch.wish}, ${launch.createdBy})
    on conflict (workspace_id, campaign_id, key) do nothing returning id`.execute(tx)
  if (inserted.rows.length > 0) return { begun: true }
  const { rows } = await sql<{ wish: Buffer; queued: number; left_out: number }>`
    select wish, queued, left_out from launch
    where campaign_id = ${launch.campaignId} and key = ${launch.key}`.execute(tx)
  const row = rows[0]
  if (row === undefined) throw new Error('a launch vanished')
  return { begun: false, sameWish: row.wish.equals(launch.wish), queued: row.queued, leftOut: row.left_out }
}

export async function endLaunch(
  tx: Tx,
  id: string,
  { queued, leftOut }: { readonly queued: number; readonly leftOut: number },
): Promise<void> {
  await sql`update launch set queued = ${queued}, left_out = ${leftOut} where id = ${id}`.execute(tx)
}
