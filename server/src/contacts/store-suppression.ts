/**
 * Statements on suppressions: addresses we must not write to. The first reason stands; evidence is never overwritten.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { SuppressionReason } from './contact.ts'

export interface Suppression {
  readonly addressKey: string
  readonly reason: SuppressionReason
  readonly evidence: string
  readonly since: Temporal.Instant
}

/** False when the address was suppressed before. */
export async function insertSuppression(
  tx: Tx,
  workspaceId: string,
  suppression: Omit<Suppression, 'since'>,
): Promise<boolean> {
  const { rows } = await sql<{ address_key: string }>`
    insert into suppression (workspace_id, address_key, reason, evidence)
    values (${workspaceId}, ${suppression.addressKey}, ${suppression.reason}, ${suppression.evidence.slice(0, 2000)})
    on conflict do nothing returning address_key`.execute(tx)
  return rows.length > 0
}

export async function suppressionOf(tx: Tx, addressKey: string): Promise<Suppression | undefined> {
  const { rows } = await sql<{ reason: SuppressionReason; evidence: string; since: Temporal.Instant }>`
    select reason, evidence, since from suppression where address_key = ${addressKey}`.execute(tx)
  const row = rows[0]
  return row === undefined ? undefined : { addressKey, ...row }
}
