/** One statement: what a conversation must know of a message. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

export interface InboxMessage {
  readonly contactId: string
  readonly campaignId: string | undefined
  readonly direction: 'in' | 'out'
  readonly kind: string
  readonly subject: string
  readonly text: string
  readonly at: Temporal.Instant
}

export async function messageForInbox(
  tx: Tx,
  by: 'submission' | 'message',
  id: string,
): Promise<InboxMessage | undefined> {
  const { rows } = await sql<{
    contact_id: string
    campaign_id: string | null
    direction: 'in' | 'out'
    kind: string
    subject: string
    text: string
    occurred_at: Temporal.Instant
  }>`select contact_id, campaign_id, direction, kind, subject, text, occurred_at from message
    where ${by === 'submission' ? sql`submission_id = ${id}` : sql`id = ${id}`}`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    contactId: row.contact_id,
    campaignId: row.campaign_id ?? undefined,
    direction: row.direction,
    kind: row.kind,
    subject: row.subject,
    text: row.text,
    at: row.occurred_at,
  }
}

/** The newest message of the other side in a conversation: what an answer answers. */
export async function lastReceived(
  tx: Tx,
  contactId: string,
  campaignId: string | undefined,
  mailboxId: string,
): Promise<{ id: string; threadId: string; subject: string } | undefined> {
  const { rows } = await sql<{
    id: string
    thread_id: string
    subject: string
  }>`select id, thread_id, subject from message
    where contact_id = ${contactId} and campaign_id is not distinct from ${campaignId ?? null}::uuid and mailbox_id = ${mailboxId}
      and kind in ('reply', 'mail', 'own') order by (kind = 'reply') desc, occurred_at desc, id desc limit 1`.execute(
    tx,
  )
  const row = rows[0]
  return row === undefined ? undefined : { id: row.id, threadId: row.thread_id, subject: row.subject }
}
