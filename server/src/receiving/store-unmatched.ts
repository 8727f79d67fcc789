/** Statements on identifiers that matched nothing yet. */
import { sql } from 'kysely'
import type { Identified } from '../correspondence/index.ts'
import type { Tx } from '../platform/db/index.ts'

/** Kept for seven days: an answer may arrive before our record of the thread settles. */
export async function keepUnmatched(
  tx: Tx,
  workspaceId: string,
  mailboxId: string,
  identified: readonly Identified[],
): Promise<void> {
  if (identified.length === 0) return
  await sql`insert into unmatched_identifier (workspace_id, mailbox_id, provider_message_id, provider_thread_id)
    select ${workspaceId}, ${mailboxId}, u.id, nullif(u.thread, '')
    from unnest(${identified.map((one) => one.providerMessageId)}::text[],
                ${identified.map((one) => one.providerThreadId ?? '')}::text[]) as u(id, thread)
    on conflict do nothing`.execute(tx)
  await sql`delete from unmatched_identifier where mailbox_id = ${mailboxId} and seen_at < kontor_now() - interval '7 days'`.execute(
    tx,
  )
}

/** Takes out the identifiers of a thread that has become ours. */
export async function takeUnmatched(
  tx: Tx,
  mailboxId: string,
  providerThreadId: string,
): Promise<Identified[]> {
  const { rows } = await sql<{ provider_message_id: string }>`delete from unmatched_identifier
    where mailbox_id = ${mailboxId} and provider_thread_id = ${providerThreadId} returning provider_message_id`.execute(
    tx,
  )
  return rows.map((row) => ({ providerMessageId: row.provider_message_id, providerThreadId }))
}

export async function forgetUnmatched(tx: Tx, mailboxId: string): Promise<void> {
  await sql`delete from unmatched_identifier where mailbox_id = ${mailboxId}`.execute(tx)
}
