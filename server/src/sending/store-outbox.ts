/**
 * Statements that read the outbox in the shape a page shows, and few that change what a page lets change.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Reason } from './reasons.ts'
import type { MailKind, SubmissionState } from './submission.ts'

export interface OutboxFilter {
  readonly states: readonly SubmissionState[]
  readonly mailboxId?: string | undefined
  readonly campaignId?: string | undefined
  readonly kind?: MailKind | undefined
  readonly q?: string | undefined
}

function matching(filter: OutboxFilter) {
  const like = filter.q === undefined ? null : `%${filter.q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return sql`s.state = any(${[...filter.states]}::text[])
    and (${filter.mailboxId ?? null}::uuid is null or s.mailbox_id = ${filter.mailboxId ?? null}::uuid)
    and (${filter.campaignId ?? null}::uuid is null or s.campaign_id = ${filter.campaignId ?? null}::uuid)
    and (${filter.kind ?? null}::text is null or s.kind = ${filter.kind ?? null}::text)
    and (${like}::text is null or s.to_name ilike ${like}::text or s.to_address ilike ${like}::text or s.subject ilike ${like}::text)`
}

export async function matchingIds(tx: Tx, filter: OutboxFilter): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select s.id from submission s where ${matching(filter)}`.execute(
    tx,
  )
  return new Set(rows.map((row) => row.id))
}

export interface OutboxEntry {
  readonly id: string
  readonly kind: MailKind
  readonly state: SubmissionState
  readonly mailboxId: string
  readonly mailboxAddress: string
  readonly provider: 'gmail' | 'microsoft' | 'imap'
  readonly level: 'full' | 'send_only'
  readonly contactId: string
  readonly to: string
  readonly toName: string
  readonly subject: string
  readonly campaignId?: string
  readonly campaignName?: string
  readonly memberId?: string
  readonly enqueuedAt: Temporal.Instant
  readonly reason?: Reason
  readonly authorName?: string
  readonly acceptedAt?: Temporal.Instant
  readonly settledAt?: Temporal.Instant
  /** How often nobody knew whether the provider had taken it. */
  readonly doubts: number
}

interface EntryRow {
  id: string
  kind: MailKind
  state: SubmissionState
  mailbox_id: string
  mailbox_address: string
  provider: 'gmail' | 'microsoft' | 'imap'
  level: 'full' | 'send_only'
  contact_id: string
  to_address: string
  to_name: string
  subject: string | null
  campaign_id: string | null
  campaign_name: string | null
  member_id: string | null
  enqueued_at: Temporal.Instant
  reason: Reason | null
  author_name: string | null
  accepted_at: Temporal.Instant | null
  settled_at: Temporal.Instant | null
  doubts: number
}

const entry = sql`select s.id, s.kind, s.state, s.mailbox_id, m.address as mailbox_address, m.provider, m.level, s.contact_id, s.to_address,
    s.to_name, coalesce(s.subject, v.subject, '') as subject, s.campaign_id, c.name as campaign_name, s.member_id, s.enqueued_at, s.reason,
    p.name as author_name, s.accepted_at, s.settled_at,
    (select count(*)::int from attempt a where a.workspace_id = s.workspace_id and a.submission_id = s.id
      and a.outcome = 'unknown_outcome') as doubts
  from submission s join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
    left join campaign c on c.workspace_id = s.workspace_id and c.id = s.campaign_id
    left join template_version v on v.workspace_id = s.workspace_id and v.template_id = s.template_id and v.version = s.template_version
    left join person p on p.id = s.author_id`

function entryOf(row: EntryRow): OutboxEntry {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    mailboxId: row.mailbox_id,
    mailboxAddress: row.mailbox_address,
    provider: row.provider,
    level: row.level,
    contactId: row.contact_id,
    to: row.to_address,
    toName: row.to_name,
    subject: row.subject ?? '',
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    ...(row.campaign_name === null ? {} : { campaignName: row.campaign_name }),
    ...(row.member_id === null ? {} : { memberId: row.member_id }),
    enqueuedAt: row.enqueued_at,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.author_name === null ? {} : { authorName: row.author_name }),
    ...(row.accepted_at === null ? {} : { acceptedAt: row.accepted_at }),
    ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
    doubts: row.doubts,
  }
}

export async function entriesById(tx: Tx, ids: readonly string[]): Promise<Map<string, OutboxEntry>> {
  const { rows } = await sql<EntryRow>`${entry} where s.id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, entryOf(row)]))
}

/** Held, unconfirmed or past mails, newest first; `before` is the last row of the page before. */
export async function entriesByTime(
  tx: Tx,
  filter: OutboxFilter,
  { before, limit }: { before: { at: string; id: string } | undefined; limit: number },
): Promise<OutboxEntry[]> {
  const { rows } = await sql<EntryRow>`${entry} where ${matching(filter)}
      and (${before?.at ?? null}::timestamptz is null
        or (coalesce(s.settled_at, s.enqueued_at), s.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by coalesce(s.settled_at, s.enqueued_at) desc, s.id desc limit ${limit}`.execute(tx)
  return rows.map(entryOf)
}

/** Open submissions of a contact in a campaign (undefined: outside any) and the settled ones that did not leave. */
export async function unsentOf(
  tx: Tx,
  { contactId, campaignId }: { contactId: string; campaignId: string | undefined },
): Promise<(OutboxEntry & { text: string })[]> {
  const { rows } = await sql<EntryRow & { text: string | null }>`
    select e.*, s.text from (${entry}) e join submission s on s.id = e.id
    where s.contact_id = ${contactId} and s.campaign_id is not distinct from ${campaignId ?? null}::uuid and s.state <> 'accepted'
    order by s.enqueued_at, s.id`.execute(tx)
  return rows.map((row) => ({ ...entryOf(row), text: row.text ?? '' }))
}

export async function openCounts(
  tx: Tx,
): Promise<{ mailboxId: string; state: SubmissionState; count: number }[]> {
  const { rows } = await sql<{ mailbox_id: string; state: SubmissionState; count: number }>`
    select mailbox_id, state, count(*)::int as count from submission where state in ('queued', 'held', 'in_doubt', 'leased')
    group by mailbox_id, state`.execute(tx)
  return rows.map((row) => ({ mailboxId: row.mailbox_id, state: row.state, count: row.count }))
}

/** Mails of this workspace that use the running day's allowance, per mailbox. */
export async function chargedHere(tx: Tx, mailboxId: string, dayStartsAt: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from submission
    where mailbox_id = ${mailboxId} and charged_from = ${dayStartsAt}`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function connectedMailboxIds(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from mailbox
    where disconnected_at is null or exists (select 1 from submission s where s.workspace_id = mailbox.workspace_id
      and s.mailbox_id = mailbox.id and s.state in ('queued', 'held', 'in_doubt'))
    order by connected_at, id`.execute(tx)
  return rows.map((row) => row.id)
}

/** Puts waiting mails before everything else of their rank. */
export async function moveToFront(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update submission s set position_at = least(s.position_at, (
      select min(o.position_at) - interval '1 millisecond' from submission o
      where o.mailbox_id = s.mailbox_id and o.rank = s.rank and o.state = 'queued'))
    where s.id = ${id} and s.state = 'queued' returning s.id`.execute(tx)
  return rows.length > 0
}

/** Waiting and held mails of one subject, for a choice that concerns them all. */
export async function openIdsOf(
  tx: Tx,
  of: { mailboxId?: string; contactId?: string; memberId?: string; campaignId?: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from submission where state in ('queued', 'held')
    and (${of.mailboxId ?? null}::uuid is null or mailbox_id = ${of.mailboxId ?? null}::uuid)
    and (${of.contactId ?? null}::uuid is null or contact_id = ${of.contactId ?? null}::uuid)
    and (${of.memberId ?? null}::uuid is null or member_id = ${of.memberId ?? null}::uuid)
    and (${of.campaignId ?? null}::uuid is null or campaign_id = ${of.campaignId ?? null}::uuid)
    order by id for update`.execute(tx)
  return rows.map((row) => row.id)
}

export async function reassign(tx: Tx, id: string, mailboxId: string): Promise<boolean> {
  const { rows } = await sql<{
    id: string
  }>`update submission set mailbox_id = ${mailboxId}, thread_id = null, answers_message_id = null
    where id = ${id} and state in ('queued', 'held') returning id`.execute(tx)
  return rows.length > 0
}
