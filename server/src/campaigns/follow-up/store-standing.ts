/**
 * Statements on how a course stands: read across messages, members, contacts, campaigns and the outbox, written to courses
 * alone. The moment at which a follow-up is due and the truth check before it leaves ask the same question.
 *
 * An answer is any captured message that is not automatic: in the very thread, or later in the same conversation.
 */
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import type { StopCode } from './stop.ts'

/** What speaks against it: a reason to stop, or one to wait for a person's decision. */
export type Verdict = StopCode | 'decline_undecided'

export interface Standing {
  readonly courseId: string
  readonly launchId: string
  readonly state: 'waiting' | 'reminder' | 'done' | 'stopped'
  readonly n: number
  readonly afterId: string
  readonly dueAt?: Temporal.Instant
  readonly contactId: string
  readonly memberId?: string
  readonly campaignId?: string
  readonly campaignStatus?: 'draft' | 'running' | 'paused' | 'closed'
  /** From which the mail before left. */
  readonly mailboxId: string
  readonly level: 'full' | 'send_only'
  readonly health: string
  readonly lastCheckedAt?: Temporal.Instant
  /** The mail before as it stands in the correspondence. */
  readonly before?: { readonly messageId: string; readonly threadId: string; readonly subject: string }
  readonly verdict?: Verdict
}

export type Scope =
  | { readonly contactId: string }
  | { readonly memberId: string }
  | { readonly campaignId: string }
  | { readonly launchId: string }
  | { readonly courseIds: readonly string[] }
  | { readonly afterId: string }

/** f: the course, s: the mail it began with, a: the mail before, p and o: these two as they left. */
const from = sql`follow_up_course f
  join submission s on s.workspace_id = f.workspace_id and s.id = f.submission_id
  join submission a on a.workspace_id = f.workspace_id and a.id = f.after_id
  join mailbox b on b.workspace_id = a.workspace_id and b.id = a.mailbox_id
  join contact_card k on k.workspace_id = s.workspace_id and k.id = s.contact_id
  left join message p on p.workspace_id = s.workspace_id and p.submission_id = s.id
  left join message o on o.workspace_id = a.workspace_id and o.submission_id = a.id
  left join campaign c on c.workspace_id = s.workspace_id and c.id = s.campaign_id
  left join member m on m.workspace_id = s.workspace_id and m.id = s.member_id`

const answered = sql`exists (select from message r where r.workspace_id = s.workspace_id and r.contact_id = s.contact_id
  and r.campaign_id is not distinct from s.campaign_id and r.kind = 'reply'
  and (r.thread_id in (p.thread_id, o.thread_id) or r.occurred_at >= s.accepted_at))`
const undecided = sql`exists (select from suggestion u where u.workspace_id = s.workspace_id and u.contact_id = s.contact_id
  and u.campaign_id is not distinct from s.campaign_id and u.state = 'open')`
const bounced = sql`exists (select from message x where x.workspace_id = s.workspace_id and x.contact_id = s.contact_id
  and x.kind = 'bounce' and x.thread_id in (p.thread_id, o.thread_id)
  and (x.bounce is null or jsonb_path_exists(x.bounce, '$.recipients[*] ? (@.permanent == true)')))`
// who applied before a message to many was written to all the same
const applied = sql`(s.kind = 'invitation' and m.state in ('applied', 'approved', 'rejected')
  or exists (select from application y where y.workspace_id = s.workspace_id and y.member_id = s.member_id
    and y.applied_at >= s.accepted_at))`
// two people became one, and both were written to
const twice = sql`exists (select from submission g join follow_up_course h on h.workspace_id = g.workspace_id and h.submission_id = g.id
  where g.workspace_id = s.workspace_id and g.contact_id = s.contact_id and h.launch_id = f.launch_id
    and h.submission_id < f.submission_id and h.state <> 'stopped')`

/** The first reason that applies. */
const verdict = sql<Verdict | null>`case
  when k.deleted then 'contact_deleted'
  when c.status = 'closed' then 'campaign_closed'
  when m.state in ('declined', 'withdrawn') then m.state
  when k.do_not_contact then 'do_not_contact'
  when ${applied} then 'already_applied'
  when ${undecided} then 'decline_undecided'
  when ${answered} then 'answered'
  when k.suppressed = 'unsubscribed' then 'unsubscribed'
  when k.suppressed = 'bounce' or ${bounced} then 'bounced'
  when k.suppressed = 'complaint' then 'complaint'
  when k.suppressed is not null then 'suppressed'
  when k.paused_until > kontor_now() then 'paused_by_person'
  when ${twice} then 'already_sent'
  when o.erased_at is not null or p.erased_at is not null then 'erased'
  when a.state in ('failed', 'cancelled', 'suppressed') then 'before_unsent'
  when k.address = '' then 'no_address'
  when b.practice <> (k.address ~* '[@.]practice[.]example$') then 'practice_and_real' end`

function within(scope: Scope): RawBuilder<unknown> {
  if ('contactId' in scope) return sql`s.contact_id = ${scope.contactId}`
  if ('memberId' in scope) return sql`s.member_id = ${scope.memberId}`
  if ('campaignId' in scope) return sql`s.campaign_id = ${scope.campaignId}`
  if ('launchId' in scope) return sql`f.launch_id = ${scope.launchId}`
  if ('afterId' in scope) return sql`f.after_id = ${scope.afterId}`
  return sql`f.submission_id = any(${[...scope.courseIds]}::uuid[])`
}

interface Row {
  submission_id: string
  launch_id: string
  state: Standing['state']
  n: number
  after_id: string
  due_at: Temporal.Instant | null
  contact_id: string
  member_id: string | null
  campaign_id: string | null
  campaign_status: 'draft' | 'running' | 'paused' | 'closed' | null
  mailbox_id: string
  level: 'full' | 'send_only'
  health: string
  last_checked_at: Temporal.Instant | null
  message_id: string | null
  thread_id: string | null
  subject: string | null
  verdict: Verdict | null
}

const columns = sql`f.submission_id, f.launch_id, f.state, f.n, f.after_id, f.due_at, s.contact_id, s.member_id, s.campaign_id,
  c.status as campaign_status, a.mailbox_id, b.level, b.health, b.last_checked_at, o.id as message_id, o.thread_id, o.subject,
  ${verdict} as verdict`

function standingOf(row: Row): Standing {
  const { message_id: messageId, thread_id: threadId } = row
  return {
    courseId: row.submission_id,
    launchId: row.launch_id,
    state: row.state,
    n: row.n,
    afterId: row.after_id,
    ...(row.due_at === null ? {} : { dueAt: row.due_at }),
    contactId: row.contact_id,
    ...(row.member_id === null ? {} : { memberId: row.member_id }),
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    ...(row.campaign_status === null ? {} : { campaignStatus: row.campaign_status }),
    mailboxId: row.mailbox_id,
    level: row.level,
    health: row.health,
    ...(row.last_checked_at === null ? {} : { lastCheckedAt: row.last_checked_at }),
    ...(messageId === null || threadId === null
      ? {}
      : { before: { messageId, threadId, subject: row.subject ?? '' } }),
    ...(row.verdict === null ? {} : { verdict: row.verdict }),
  }
}

/** How one course stands. */
export async function standingOfCourse(tx: Tx, courseId: string): Promise<Standing | undefined> {
  const { rows } = await sql<Row>`select ${columns} from ${from} where f.submission_id = ${courseId}`.execute(
    tx,
  )
  return rows[0] === undefined ? undefined : standingOf(rows[0])
}

/** Courses that are due, locked; those in other hands are passed over. */
export async function lockDue(tx: Tx, limit: number): Promise<readonly Standing[]> {
  const { rows } = await sql<Row>`select ${columns} from ${from}
    where f.state = 'waiting' and f.look_at <= kontor_now() order by f.look_at, f.submission_id
    limit ${limit} for update of f skip locked`.execute(tx)
  return rows.map(standingOf)
}

/** Reminders among these courses, locked until the transaction ends. */
export async function lockReminders(tx: Tx, courseIds: readonly string[]): Promise<readonly Standing[]> {
  const { rows } = await sql<Row>`select ${columns} from ${from}
    where f.submission_id = any(${[...courseIds]}::uuid[]) and f.state = 'reminder'
    order by f.submission_id for update of f`.execute(tx)
  return rows.map(standingOf)
}

export interface Stopped {
  readonly courseId: string
  readonly launchId: string
  /** What it followed, or was about to: a follow-up that may still wait in the outbox. */
  readonly afterId: string
  readonly why: StopCode
}

/** Stops every open course against which something speaks. */
export async function stopWhereTrue(tx: Tx, scope: Scope): Promise<readonly Stopped[]> {
  const open = await lockOpen(tx, scope)
  if (open.length === 0) return []
  const { rows } = await sql<Stopped>`
    with found as (select f.submission_id, ${verdict} as why from ${from}
      where f.submission_id = any(${open}::uuid[]))
    update follow_up_course f set state = 'stopped', why = found.why, settled_at = kontor_now(), look_at = null
    from found where f.submission_id = found.submission_id and found.why <> 'decline_undecided'
    returning f.submission_id as "courseId", f.launch_id as "launchId", f.after_id as "afterId", f.why`.execute(
    tx,
  )
  return rows
}

/** A person stops them, or knows of an answer that Kontor cannot see. */
export async function stopByHand(
  tx: Tx,
  scope: Scope,
  { why, by }: { readonly why: StopCode; readonly by: string },
): Promise<readonly Stopped[]> {
  const { rows } = await sql<Stopped>`
    update follow_up_course f set state = 'stopped', why = ${why}, by = ${by}, settled_at = kontor_now(), look_at = null
    where f.submission_id = any(${await lockOpen(tx, scope)}::uuid[])
    returning f.submission_id as "courseId", f.launch_id as "launchId", f.after_id as "afterId", f.why`.execute(
    tx,
  )
  return rows
}

// Most of what happens concerns nobody who is followed up on: that is known from two tables, how a course stands from eleven.
async function lockOpen(tx: Tx, scope: Scope): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select f.submission_id as id
    from follow_up_course f join submission s on s.workspace_id = f.workspace_id and s.id = f.submission_id
    where f.state in ('waiting', 'reminder') and ${within(scope)} order by f.submission_id for update of f`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

/** What somebody decided, or a changed condition, lets them be looked at at once. */
export async function lookNow(tx: Tx, scope: Scope): Promise<void> {
  await sql`
    with found as (select f.submission_id
      from follow_up_course f join submission s on s.workspace_id = f.workspace_id and s.id = f.submission_id
      where f.state = 'waiting' and f.look_at > f.due_at and ${within(scope)} order by f.submission_id for update of f)
    update follow_up_course f set look_at = f.due_at from found where f.submission_id = found.submission_id`.execute(
    tx,
  )
}
