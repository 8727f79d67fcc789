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

/** Keys that are barred and belong to no contact any more. */
export async function suppressionsOfNobody(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ address_key: string }>`select s.address_key from suppression s
    where s.address_key not like 'keyed:%' and not exists (select from contact_address a
      where a.workspace_id = s.workspace_id and a.address_key = s.address_key)`.execute(tx)
  return rows.map((row) => row.address_key)
}

/** Replaces an address by its hash; what was said about it is erased. */
export async function hashSuppression(tx: Tx, addressKey: string, hash: string): Promise<void> {
  await sql`insert into suppression (workspace_id, address_key, reason, evidence, since)
    select workspace_id, ${hash}, reason, '', since from suppression where address_key = ${addressKey}
    on conflict do nothing`.execute(tx)
  await sql`delete from suppression where address_key = ${addressKey}`.execute(tx)
}

export async function keyedSuppressions(tx: Tx): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ address_key: string }>`select address_key from suppression
    where address_key like 'keyed:%'`.execute(tx)
  return new Set(rows.map((row) => row.address_key))
}

/** The address is known again: the bar stands on it, with its reason and its day. */
export async function barAgain(tx: Tx, hash: string, addressKey: string): Promise<void> {
  await sql`insert into suppression (workspace_id, address_key, reason, evidence, since)
    select workspace_id, ${addressKey}, reason, evidence, since from suppression where address_key = ${hash}
    on conflict do nothing`.execute(tx)
  await sql`delete from suppression where address_key = ${hash}`.execute(tx)
}

/** Address keys of one contact, or of all. */
export async function addressKeysOf(tx: Tx, contactId: string | undefined): Promise<string[]> {
  const { rows } = await sql<{ address_key: string }>`select address_key from contact_address
    where ${contactId ?? null}::uuid is null or contact_id = ${contactId ?? null}::uuid`.execute(tx)
  return rows.map((row) => row.address_key)
}
