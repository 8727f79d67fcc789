/**
 * Statements that read the outbox in the shape a page shows, and few that change what a page lets change.
 */
import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { firstNameOf, mergeKnown } from '../templates/index.ts'
import type { Reason } from './reasons.ts'
import type { MailKind, SubmissionState } from './submission.ts'
import { isFinal } from './submission.ts'

export interface OutboxFilter {
  readonly states: readonly SubmissionState[]
  readonly mailboxId?: string | undefined
  readonly campaignId?: string | undefined
  readonly kind?: MailKind | undefined
  readonly q?: string | undefined
  /** Who looks: mails of mailboxes that are shared with others only stay hidden. */
  readonly reader: string
}

/** Condition on a submission `s`. */
export function matching(filter: OutboxFilter): RawBuilder<boolean> {
  const conditions = [sql`s.state = any(${[...filter.states]}::text[])`, readable(filter.reader)]
  // says the same of settled mails, in the words of their index
  if (filter.states.every(isFinal)) conditions.push(sql`s.settled_at is not null`)
  if (filter.mailboxId !== undefined) conditions.push(sql`s.mailbox_id = ${filter.mailboxId}::uuid`)
  if (filter.campaignId !== undefined) conditions.push(sql`s.campaign_id = ${filter.campaignId}::uuid`)
  if (filter.kind !== undefined) conditions.push(sql`s.kind = ${filter.kind}`)
  if (filter.q !== undefined && filter.q !== '') conditions.push(saying(filter.q))
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

function readable(personId: string): RawBuilder<boolean> {
  return sql<boolean>`s.mailbox_id in (${readableMailboxes(personId)})`
}

function readableMailboxes(personId: string): RawBuilder<{ id: string }> {
  return sql`select b.id from mailbox b where b.sharing <> 'named' or b.owner_id = ${personId}
    or exists (select 1 from mailbox_named_member n
      where n.workspace_id = b.workspace_id and n.mailbox_id = b.id and n.person_id = ${personId})`
}

/** Words looked for in the person, the subject (of a template too) and the campaign's name. */
function saying(q: string): RawBuilder<boolean> {
  const like = `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  // one lower() for all three: each ilike would lower its text and what is looked for, for every mail anew
  return sql<boolean>`(s.campaign_id in (select x.id from campaign x where x.name ilike ${like})
    or (s.template_id, s.template_version) in (select x.template_id, x.version from template_version x where x.subject ilike ${like})
    or lower(s.to_name || E'\\n' || s.to_address || E'\\n' || coalesce(s.subject, '')) like lower(${like}))`
}

export async function readableMailboxIds(tx: Tx, personId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`${readableMailboxes(personId)}`.execute(tx)
  return rows.map((row) => row.id)
}

export async function matchingIds(tx: Tx, filter: OutboxFilter): Promise<Set<string>> {
  const { rows } = await sql<{ ids: string | null }>`
    select string_agg(s.id::text, '') as ids from submission s where ${matching(filter)}`.execute(tx)
  return new Set((rows[0]?.ids ?? '').match(/.{36}/g))
}

/** Ids of the mails that match, in steps. */
export async function matchingStep(
  tx: Tx,
  filter: OutboxFilter & { readonly enqueuedBefore: string },
  { after, limit }: { after: string | undefined; limit: number },
): Promise<string[]> {
  const past = after === undefined ? sql`` : sql`and s.id > ${after}::uuid`
  const { rows } = await sql<{ id: string }>`select s.id from submission s
    where ${matching(filter)} and s.enqueued_at <= ${filter.enqueuedBefore}::timestamptz ${past}
    order by s.id limit ${limit}`.execute(tx)
  return rows.map((row) => row.id)
}

/** Mails that something is meant to happen to, all of them at once. */
export type Chosen =
  | { readonly ids: readonly string[] }
  | { readonly matching: OutboxFilter & { readonly enqueuedBefore: string } }

/** Condition on a submission `s`. */
export function isChosen(chosen: Chosen): RawBuilder<boolean> {
  return 'ids' in chosen
    ? sql`s.id = any(${[...chosen.ids]}::uuid[])`
    : sql`${matching(chosen.matching)} and s.enqueued_at <= ${chosen.matching.enqueuedBefore}::timestamptz`
}

/** How many of the chosen mails are of one mailbox and kind, and what keeps them from being sent again, if anything. */
export interface AgainCount {
  readonly mailboxId: string
  readonly kind: MailKind
  readonly hindrance: 'unconfirmed' | 'moved_meanwhile' | 'mailbox_disconnected' | 'again_already' | undefined
  readonly count: number
}

/** Counts what is chosen in one statement, tens of thousands too. */
export async function countAgain(tx: Tx, chosen: Chosen): Promise<AgainCount[]> {
  const { rows } = await sql<{
    mailbox_id: string
    kind: MailKind
    hindrance: AgainCount['hindrance'] | null
    count: number
  }>`select s.mailbox_id, s.kind, case when s.state = 'in_doubt' then 'unconfirmed'
        when s.state not in ('accepted', 'failed', 'cancelled', 'suppressed') then 'moved_meanwhile'
        when m.health = 'disconnected' then 'mailbox_disconnected'
        when exists (select from submission a where a.again_of = s.id) then 'again_already' end as hindrance, count(*)::int as count
    from submission s join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
    where ${isChosen(chosen)} group by 1, 2, 3`.execute(tx)
  return rows.map((row) => ({
    mailboxId: row.mailbox_id,
    kind: row.kind,
    hindrance: row.hindrance ?? undefined,
    count: row.count,
  }))
}

export interface OutboxEntry {
  readonly id: string
  readonly kind: MailKind
  readonly state: SubmissionState
  readonly mailboxId: string
  readonly mailboxAddress: string
  readonly provider: 'gmail' | 'microsoft' | 'imap'
  readonly level: 'full' | 'send_only'
  readonly contactId?: string
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
  readonly notBefore?: Temporal.Instant
  /** The day for which an answer was promised, in the mailbox's zone. */
  readonly promisedFor?: Temporal.PlainDate
  readonly againOf?: string
  /** How often nobody knew whether the provider had taken it. */
  readonly doubts: number
  /** What is known of an uncertain mail. */
  readonly doubt?: Doubt
}

export interface Doubt {
  readonly since: Temporal.Instant
  readonly looks: number
  readonly lookedAt?: Temporal.Instant
  readonly lookAgainAt?: Temporal.Instant
  readonly found?: 'nothing_yet' | 'unreachable'
}

interface EntryRow {
  id: string
  kind: MailKind
  state: SubmissionState
  mailbox_id: string
  mailbox_address: string
  provider: 'gmail' | 'microsoft' | 'imap'
  level: 'full' | 'send_only'
  contact_id: string | null
  to_address: string
  to_name: string
  subject: string | null
  template_subject: string | null
  brand_name: string | null
  campaign_id: string | null
  campaign_name: string | null
  member_id: string | null
  enqueued_at: Temporal.Instant
  reason: Reason | null
  author_name: string | null
  accepted_at: Temporal.Instant | null
  settled_at: Temporal.Instant | null
  not_before: Temporal.Instant | null
  promised_for: Temporal.PlainDate | null
  again_of: string | null
  doubts: number
  call_started_at: Temporal.Instant | null
  looks: number
  looked_at: Temporal.Instant | null
  look_at: Temporal.Instant | null
  look_found: 'nothing_yet' | 'unreachable' | null
}

const entry = sql`select s.id, s.kind, s.state, s.mailbox_id, m.address as mailbox_address, m.provider, m.level, s.contact_id, s.to_address,
    s.to_name, s.subject, v.subject as template_subject, s.campaign_id, c.name as campaign_name, c.brand_name, s.member_id, s.enqueued_at, s.reason,
    p.name as author_name, s.accepted_at, s.settled_at, s.not_before, (s.lift_at at time zone m.zone)::date as promised_for, s.again_of,
    s.call_started_at, s.looks, s.looked_at, s.look_at, s.look_found,
    (select count(*)::int from attempt a where a.workspace_id = s.workspace_id and a.submission_id = s.id
      and a.outcome = 'unknown_outcome') as doubts
  from submission s join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
    left join campaign c on c.workspace_id = s.workspace_id and c.id = s.campaign_id
    left join template_version v on v.workspace_id = s.workspace_id and v.template_id = s.template_id and v.version = s.template_version
    left join person p on p.id = s.author_id`

/** Values are taken at sending; until then the subject shows those that nobody has to look up. */
function subjectToCome(row: EntryRow): string {
  return mergeKnown(row.template_subject ?? '', {
    name: row.to_name,
    first_name: firstNameOf(row.to_name),
    campaign: row.campaign_name ?? undefined,
    brand: row.brand_name ?? undefined,
  })
}

function entryOf(row: EntryRow): OutboxEntry {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    mailboxId: row.mailbox_id,
    mailboxAddress: row.mailbox_address,
    provider: row.provider,
    level: row.level,
    ...(row.contact_id === null ? {} : { contactId: row.contact_id }),
    to: row.to_address,
    toName: row.to_name,
    subject: row.subject ?? subjectToCome(row),
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    ...(row.campaign_name === null ? {} : { campaignName: row.campaign_name }),
    ...(row.member_id === null ? {} : { memberId: row.member_id }),
    enqueuedAt: row.enqueued_at,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.author_name === null ? {} : { authorName: row.author_name }),
    ...(row.accepted_at === null ? {} : { acceptedAt: row.accepted_at }),
    ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
    ...(row.not_before === null ? {} : { notBefore: row.not_before }),
    ...(row.promised_for === null ? {} : { promisedFor: row.promised_for }),
    ...(row.again_of === null ? {} : { againOf: row.again_of }),
    doubts: row.doubts,
    ...(row.state === 'in_doubt' && row.call_started_at !== null
      ? { doubt: doubtOf(row, row.call_started_at) }
      : {}),
  }
}

function doubtOf(row: EntryRow, since: Temporal.Instant): Doubt {
  return {
    since,
    looks: row.looks,
    ...(row.looked_at === null ? {} : { lookedAt: row.looked_at }),
    ...(row.look_at === null || row.level !== 'full' ? {} : { lookAgainAt: row.look_at }),
    ...(row.look_found === null ? {} : { found: row.look_found }),
  }
}

export async function entriesById(tx: Tx, ids: readonly string[]): Promise<Map<string, OutboxEntry>> {
  const { rows } = await sql<EntryRow>`${entry} where s.id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, entryOf(row)]))
}

/** Held, unconfirmed or past mails after the last row of the page before, newest first. */
export async function entriesByTime(
  tx: Tx,
  filter: OutboxFilter,
  { before, limit }: { before: { at: string; id: string }; limit: number },
): Promise<OutboxEntry[]> {
  const at = timeOf(filter)
  const { rows } = await sql<EntryRow>`${entry} where ${matching(filter)}
      and (${at}, s.id) < (${before.at}::timestamptz, ${before.id}::uuid)
    order by ${at} desc, s.id desc limit ${limit}`.execute(tx)
  return rows.map(entryOf)
}

/** The newest of them, and how many there are, looked for once; past `most` it stops counting and says one more. */
export async function newestByTime(
  tx: Tx,
  filter: OutboxFilter,
  { limit, most }: { limit: number; most: number | undefined },
): Promise<{ entries: OutboxEntry[]; count: number }> {
  const { rows } = await sql<EntryRow & { count: number }>`
    with found as (select s.id, ${timeOf(filter)} as at from submission s where ${matching(filter)}
      order by 2 desc, 1 desc limit ${most === undefined ? null : most + 1})
    select e.*, (select count(*)::int from found) as count from (${entry}
      where s.id = any(array(select id from found order by at desc, id desc limit ${limit}))) e
      join found on found.id = e.id order by found.at desc, found.id desc`.execute(tx)
  return { entries: rows.map(entryOf), count: rows[0]?.count ?? 0 }
}

function timeOf({ states }: OutboxFilter): RawBuilder<Temporal.Instant> {
  return states.every(isFinal) ? sql`s.settled_at` : sql`s.enqueued_at`
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

/** How many mails of these mailboxes wait, are held, on their way or uncertain: each from the index of its state, never from all mails. */
export async function openCounts(
  tx: Tx,
  mailboxIds: readonly string[],
): Promise<{ mailboxId: string; state: SubmissionState; count: number }[]> {
  const { rows } = await sql<{ mailbox_id: string; state: SubmissionState; count: number }>`
    select mailbox_id, state, count(*)::int as count from submission
    where state in ('queued', 'held', 'in_doubt') and mailbox_id = any(${[...mailboxIds]}::uuid[]) group by 1, 2
    union all select mailbox_id, state, count(*)::int from submission
    where state = 'leased' and mailbox_id = any(${[...mailboxIds]}::uuid[]) group by 1, 2`.execute(tx)
  return rows.map((row) => ({ mailboxId: row.mailbox_id, state: row.state, count: row.count }))
}

/** Mails of this workspace that use the running day's allowance, per mailbox. */
export async function chargedHere(tx: Tx, mailboxId: string, dayStartsAt: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from submission
    where mailbox_id = ${mailboxId} and charged_from = ${dayStartsAt}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Readable mailboxes that are connected or still have something open, oldest first. */
export async function openMailboxIds(tx: Tx, reader: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from mailbox
    where id in (${readableMailboxes(reader)}) and (disconnected_at is null or exists (select 1 from submission s where s.workspace_id = mailbox.workspace_id
      and s.mailbox_id = mailbox.id and s.state in ('queued', 'held', 'in_doubt')))
    order by connected_at, id`.execute(tx)
  return rows.map((row) => row.id)
}

/** Waiting and held mails of one subject, for a choice that concerns them all. */
export async function openIdsOf(
  tx: Tx,
  of: { contactId?: string; memberId?: string; campaignId?: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from submission where state in ('queued', 'held')
    and (${of.contactId ?? null}::uuid is null or contact_id = ${of.contactId ?? null}::uuid)
    and (${of.memberId ?? null}::uuid is null or member_id = ${of.memberId ?? null}::uuid)
    and (${of.campaignId ?? null}::uuid is null or campaign_id = ${of.campaignId ?? null}::uuid)
    order by id for update`.execute(tx)
  return rows.map((row) => row.id)
}

/** When this mailbox's test message was queued that has not left yet. */
export async function waitingTest(
  tx: Tx,
  mailboxId: string,
): Promise<{ id: string; to: string } | undefined> {
  const { rows } = await sql<{ id: string; to_address: string }>`select id, to_address from submission
    where mailbox_id = ${mailboxId} and contact_id is null and state in ('queued', 'leased') order by id limit 1`.execute(
    tx,
  )
  return rows[0] === undefined ? undefined : { id: rows[0].id, to: rows[0].to_address }
}

/** Mailboxes that these mails are to leave from, or left from. */
export async function mailboxIdsOf(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ mailbox_id: string }>`
    select distinct mailbox_id from submission where id = any(${[...ids]}::uuid[])`.execute(tx)
  return rows.map((row) => row.mailbox_id)
}
