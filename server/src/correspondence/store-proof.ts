/**
 * What is stored of a mailbox, as far as its access log must tell of it: contents that were read, identifiers that are
 * kept, and what erasing left. Reads only.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

export interface StoredContent {
  readonly id: string
  /** Unknown where somebody took it away: erasing, which takes the content too, aside. */
  readonly providerMessageId: string | undefined
  readonly storedAt: Temporal.Instant
  /** Why it was taken for an answer to us stands beside it. */
  readonly hasEvidence: boolean
}

/** Every message that was read from the mailbox and is not erased, in pages by id. */
export async function storedContents(
  tx: Tx,
  mailboxId: string,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly StoredContent[]> {
  const { rows } = await sql<{
    id: string
    provider_message_id: string | null
    stored_at: Temporal.Instant
    has_evidence: boolean
  }>`select id, provider_message_id, stored_at, cardinality(evidence) > 0 as has_evidence from message
    where mailbox_id = ${mailboxId} and submission_id is null and erased_at is null
      and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
    order by id limit ${limit}`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    providerMessageId: row.provider_message_id ?? undefined,
    storedAt: row.stored_at,
    hasEvidence: row.has_evidence,
  }))
}

/** How many messages were erased, and which of them still hold something. */
export async function erasedMessages(
  tx: Tx,
  mailboxId: string,
): Promise<{ readonly count: number; readonly holding: readonly string[] }> {
  const { rows } = await sql<{ count: number; holding: string[] }>`select count(*)::int as count,
      coalesce(array_agg(id::text order by id) filter (where raw_sha256 is not null or html is not null or from_address <> ''
        or subject || text || quoted <> '' or exists (select from attachment a where a.message_id = message.id)), '{}') as holding
    from message where mailbox_id = ${mailboxId} and erased_at is not null`.execute(tx)
  return rows[0] ?? { count: 0, holding: [] }
}

/** Identifiers of messages that could not be read (yet). */
export async function setAsideIdentifiers(
  tx: Tx,
  mailboxId: string,
): Promise<readonly { readonly providerMessageId: string; readonly at: Temporal.Instant }[]> {
  const { rows } = await sql<{ provider_message_id: string; first_at: Temporal.Instant }>`
    select provider_message_id, first_at from set_aside where mailbox_id = ${mailboxId}`.execute(tx)
  return rows.map((row) => ({ providerMessageId: row.provider_message_id, at: row.first_at }))
}
