/** Statements on messages as a conversation sees them: what was said, by whom, and what is still unanswered. */
import { sql } from 'kysely'
import { addressKey } from '../mail/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { EntryKind } from './conversation.ts'

export interface InboxMessage {
  readonly workspaceId: string
  readonly messageId?: string
  readonly contactId: string
  readonly campaignId: string | undefined
  readonly mailboxId: string
  readonly direction: 'in' | 'out'
  readonly kind: EntryKind
  /** Kind of the submission that it was. */
  readonly mailKind?: EntryKind
  readonly subject: string
  readonly text: string
  readonly at: Temporal.Instant
  /** Who wrote it: the author of a personal mail, the owner of the mailbox for one written by hand. */
  readonly personId?: string
  readonly answeredByHand: boolean
  readonly repliedLater: boolean
}

export async function messageForInbox(
  tx: Tx,
  by: 'submission' | 'message',
  id: string,
): Promise<InboxMessage | undefined> {
  const { rows } = await sql<{
    id: string
    workspace_id: string
    contact_id: string
    campaign_id: string | null
    mailbox_id: string
    direction: 'in' | 'out'
    kind: EntryKind
    mail_kind: EntryKind | null
    subject: string
    text: string
    occurred_at: Temporal.Instant
    person_id: string | null
    answered: boolean
    replied: boolean
  }>`select m.id, m.workspace_id, m.contact_id, m.campaign_id, m.mailbox_id, m.direction, m.kind, s.kind as mail_kind, m.subject,
      m.text, m.occurred_at, case when m.kind = 'own' then b.owner_id else m.author_id end as person_id,
      ${later('own')} as answered, ${later('reply')} as replied
    from message m join mailbox b on b.workspace_id = m.workspace_id and b.id = m.mailbox_id
      left join submission s on s.workspace_id = m.workspace_id and s.id = m.submission_id
    where ${by === 'submission' ? sql`m.submission_id = ${id}` : sql`m.id = ${id}`}`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    workspaceId: row.workspace_id,
    messageId: row.id,
    contactId: row.contact_id,
    campaignId: row.campaign_id ?? undefined,
    mailboxId: row.mailbox_id,
    direction: row.direction,
    kind: row.kind,
    ...(row.mail_kind === null ? {} : { mailKind: row.mail_kind }),
    subject: row.subject,
    text: row.text,
    at: row.occurred_at,
    ...(row.person_id === null ? {} : { personId: row.person_id }),
    answeredByHand: row.answered,
    repliedLater: row.replied,
  }
}

function later(kind: 'own' | 'reply') {
  return sql<boolean>`exists (select 1 from message l where l.workspace_id = m.workspace_id and l.contact_id = m.contact_id
    and l.campaign_id is not distinct from m.campaign_id and l.kind = ${kind} and l.occurred_at > m.occurred_at)`
}

/** Is there a reply without a personal mail after it, sent or on its way? */
export async function unansweredReply(
  tx: Tx,
  { contactId, campaignId }: { contactId: string; campaignId: string | undefined },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select m.id from message m
    where m.contact_id = ${contactId} and m.campaign_id is not distinct from ${campaignId ?? null}::uuid and m.kind = 'reply'
      and not exists (select 1 from message o left join submission s on s.workspace_id = o.workspace_id and s.id = o.submission_id
        where o.workspace_id = m.workspace_id and o.contact_id = m.contact_id and o.campaign_id is not distinct from m.campaign_id
          and (o.kind = 'own' or s.kind = 'direct') and o.occurred_at >= m.occurred_at)
      and not exists (select 1 from submission q where q.workspace_id = m.workspace_id and q.contact_id = m.contact_id
        and q.campaign_id is not distinct from m.campaign_id and q.kind = 'direct' and q.state in ('queued', 'leased', 'in_doubt')
        and q.enqueued_at >= m.stored_at)
    limit 1`.execute(tx)
  return rows.length > 0
}

/**
 * The newest message of the other side: what an answer answers. In another mailbox it is answered by its Message-ID alone,
 * because a thread belongs to one mailbox.
 */
export async function lastReceived(
  tx: Tx,
  {
    contactId,
    campaignId,
    mailboxId,
  }: { contactId: string; campaignId: string | undefined; mailboxId: string },
): Promise<{ readonly id: string; readonly threadId?: string; readonly subject: string } | undefined> {
  const { rows } = await sql<{ id: string; thread_id: string; subject: string; here: boolean }>`
    select id, thread_id, subject, mailbox_id = ${mailboxId} as here from message
    where contact_id = ${contactId} and campaign_id is not distinct from ${campaignId ?? null}::uuid
      and kind in ('reply', 'mail', 'own') order by (kind = 'reply') desc, occurred_at desc, id desc limit 1`.execute(
    tx,
  )
  const row = rows[0]
  if (row === undefined) return undefined
  return { id: row.id, subject: row.subject, ...(row.here ? { threadId: row.thread_id } : {}) }
}

/** Everybody who wrote or got a message of the conversation: address key → name, as far as it is known. */
export async function addressesIn(
  tx: Tx,
  { contactId, campaignId }: { contactId: string; campaignId: string | undefined },
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ address: string; name: string }>`
    select distinct a.address, a.name from message m, lateral (
      select m.from_address as address, m.from_name as name union all select t, '' from unnest(m.to_addresses) t) a
    where m.contact_id = ${contactId} and m.campaign_id is not distinct from ${campaignId ?? null}::uuid and a.address <> ''
    order by a.name`.execute(tx)
  return new Map(rows.map((row) => [addressKey(row.address), row.name]))
}

/** Address of whoever wrote the newest reply, unless it is one of our own mailboxes. */
export async function lastReplier(
  tx: Tx,
  { contactId, campaignId }: { contactId: string; campaignId: string | undefined },
): Promise<string | undefined> {
  const { rows } = await sql<{ from_address: string; ours: boolean }>`
    select m.from_address, exists (select 1 from mailbox b where b.workspace_id = m.workspace_id and b.address_key = lower(m.from_address)) as ours
    from message m where m.contact_id = ${contactId} and m.campaign_id is not distinct from ${campaignId ?? null}::uuid
      and m.kind = 'reply' and m.from_address <> '' order by m.occurred_at desc, m.id desc limit 1`.execute(
    tx,
  )
  const row = rows[0]
  return row === undefined || row.ours ? undefined : row.from_address
}
