/**
 * Statements on follow-ups, courses and the mails that they became. A course is moved on only from the step on which it
 * stands, and each step of a course is one mail: the key says so, whoever comes second.
 */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import type { CampaignMailKind } from '../parts.ts'
import type { FrozenVersions } from '../store-launch.ts'
import type { FollowUp } from './follow-up.ts'

/** What follows a launch from now on; those that follow no more are taken away. */
export async function replaceFollowUps(
  tx: Tx,
  launchId: string,
  followUps: readonly FollowUp[],
  changedBy: string,
): Promise<void> {
  await sql`delete from follow_up where launch_id = ${launchId} and n > ${followUps.length}`.execute(tx)
  for (const { n, afterDays, versions } of followUps)
    await sql`insert into follow_up (workspace_id, launch_id, n, after_days, versions, changed_by)
      values (kontor_workspace(), ${launchId}, ${n}, ${afterDays}, ${JSON.stringify(versions)}::jsonb, ${changedBy})
      on conflict (workspace_id, launch_id, n) do update set after_days = excluded.after_days, versions = excluded.versions,
        changed_by = excluded.changed_by, changed_at = kontor_now()`.execute(tx)
}

export interface SetFollowUp extends FollowUp {
  readonly launchId: string
  readonly changedBy: string
}

/** The follow-ups of launches, in their order. */
export async function followUpsOf(tx: Tx, launchIds: readonly string[]): Promise<readonly SetFollowUp[]> {
  const { rows } = await sql<SetFollowUp & { versions: FrozenVersions }>`
    select launch_id as "launchId", n, after_days as "afterDays", versions, changed_by as "changedBy" from follow_up
    where launch_id = any(${[...launchIds]}::uuid[]) order by launch_id, n`.execute(tx)
  return rows
}

/** Holds the follow-ups of a launch until the transaction ends. False when it is unknown. */
export async function lockLaunch(tx: Tx, launchId: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`select id from launch where id = ${launchId} and kind is not null
    for update`.execute(tx)
  return rows.length > 0
}

/**
 * Everybody to whom a launch with follow-ups has queued a mail begins their course, or whoever these mails are for. Repeated
 * without effect.
 */
export async function beginCourses(
  tx: Tx,
  launchId: string,
  submissionIds?: readonly string[],
): Promise<void> {
  const these =
    submissionIds === undefined ? sql`` : sql`and p.submission_id = any(${[...submissionIds]}::uuid[])`
  await sql`insert into follow_up_course (workspace_id, submission_id, launch_id, after_id)
    select p.workspace_id, p.submission_id, p.launch_id, p.submission_id from launch_person p
    where p.launch_id = ${launchId} and p.submission_id is not null ${these}
      and exists (select from follow_up f where f.launch_id = ${launchId})
    on conflict do nothing`.execute(tx)
}

export interface Untimed {
  readonly courseId: string
  readonly launchId: string
  readonly n: number
  readonly mailboxId: string
  readonly acceptedAt: Temporal.Instant
}

/** Courses whose mail before was accepted: waiting for a time, or, of a launch, to be timed anew. Locked. */
export async function lockUntimed(
  tx: Tx,
  of:
    | { readonly afterId: string }
    | { readonly launchId: string; readonly after: string | undefined; readonly limit: number },
): Promise<readonly Untimed[]> {
  const which =
    'afterId' in of
      ? sql`c.after_id = ${of.afterId} and c.state = 'waiting' and c.due_at is null`
      : sql`c.launch_id = ${of.launchId} and c.state in ('waiting', 'done')
          and (${of.after ?? null}::uuid is null or c.submission_id > ${of.after ?? null}::uuid)`
  const { rows } = await sql<Untimed>`
    select c.submission_id as "courseId", c.launch_id as "launchId", c.n, a.mailbox_id as "mailboxId", a.accepted_at as "acceptedAt"
    from follow_up_course c join submission a on a.workspace_id = c.workspace_id and a.id = c.after_id
    where ${which} and a.state = 'accepted'
    order by c.submission_id ${'limit' in of ? sql`limit ${of.limit}` : sql``} for update of c`.execute(tx)
  return rows
}

/** The next follow-up is due at this instant; undefined: none comes any more. */
export async function timeCourse(
  tx: Tx,
  courseId: string,
  dueAt: Temporal.Instant | undefined,
): Promise<void> {
  await sql`update follow_up_course set due_at = ${dueAt ?? null}, look_at = ${dueAt ?? null},
      state = ${dueAt === undefined ? 'done' : 'waiting'},
      settled_at = case when ${dueAt === undefined} then coalesce(settled_at, kontor_now()) end
    where submission_id = ${courseId} and state in ('waiting', 'done')`.execute(tx)
}

/** Something holds it back: looked at again later. */
export async function lookLater(tx: Tx, courseId: string, seconds: number): Promise<void> {
  await sql`update follow_up_course set look_at = kontor_now() + make_interval(secs => ${seconds})
    where submission_id = ${courseId} and state = 'waiting'`.execute(tx)
}

/** A person decides what becomes of it. */
export async function remind(tx: Tx, courseId: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`update follow_up_course set state = 'reminder', look_at = null
    where submission_id = ${courseId} and state = 'waiting' and due_at is not null returning submission_id as id`.execute(
    tx,
  )
  return rows.length > 0
}

/** The follow-up on which the course stands is in the outbox; the next one counts from its acceptance. */
export async function moveOn(
  tx: Tx,
  step: {
    readonly courseId: string
    readonly n: number
    readonly submissionId: string
    readonly sentBy: string | undefined
  },
): Promise<boolean> {
  const { courseId, n, submissionId, sentBy = null } = step
  const { rows } = await sql<{ id: string }>`update follow_up_course
    set n = ${n + 1}, after_id = ${submissionId}, due_at = null, look_at = null, state = 'waiting'
    where submission_id = ${courseId} and n = ${n} and state in ('waiting', 'reminder') returning submission_id as id`.execute(
    tx,
  )
  if (rows.length === 0) return false
  await sql`insert into follow_up_mail (workspace_id, course_id, n, submission_id, sent_by)
    values (kontor_workspace(), ${courseId}, ${n}, ${submissionId}, ${sentBy})
    on conflict (workspace_id, course_id, n) do update set submission_id = excluded.submission_id, sent_by = excluded.sent_by`.execute(
    tx,
  )
  return true
}

/** A follow-up that did not leave because answers are not seen any more stands as a reminder again; gives its launch. */
export async function backToReminder(tx: Tx, submissionId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    update follow_up_course c set n = f.n, after_id = coalesce(b.submission_id, f.course_id), due_at = kontor_now(),
      look_at = null, state = 'reminder', why = null, by = null, settled_at = null
    from follow_up_mail f join submission s on s.workspace_id = f.workspace_id and s.id = f.submission_id
      left join follow_up_mail b on b.workspace_id = f.workspace_id and b.course_id = f.course_id and b.n = f.n - 1
    where f.submission_id = ${submissionId} and c.submission_id = f.course_id and c.after_id = f.submission_id
      and s.state = 'suppressed' and s.reason->>'code' = 'answers_unseen' and c.state <> 'reminder'
    returning c.launch_id as id`.execute(tx)
  return rows[0]?.id
}

export interface FollowUpMail {
  readonly courseId: string
  readonly n: number
  /** Sent by a person from a reminder. */
  readonly byHand: boolean
  /** What the course began with. */
  readonly follows: CampaignMailKind
}

/** The follow-up that a mail is. */
export async function followUpMail(tx: Tx, submissionId: string): Promise<FollowUpMail | undefined> {
  const { rows } = await sql<FollowUpMail>`
    select f.course_id as "courseId", f.n, f.sent_by is not null as "byHand", s.kind as follows
    from follow_up_mail f join submission s on s.workspace_id = f.workspace_id and s.id = f.course_id
    where f.submission_id = ${submissionId}`.execute(tx)
  return rows[0]
}

/** Those of these mails that are follow-ups and wait in the outbox. */
export async function waitingAmong(tx: Tx, submissionIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (submissionIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`select s.id from submission s
      join follow_up_mail f on f.workspace_id = s.workspace_id and f.submission_id = s.id
    where s.id = any(${[...submissionIds]}::uuid[]) and s.state in ('queued', 'held')`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

/** Follow-ups in the outbox of a mailbox that have not left. */
export async function waitingIn(tx: Tx, mailboxId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select s.id from submission s
      join follow_up_mail f on f.workspace_id = s.workspace_id and f.submission_id = s.id
    where s.mailbox_id = ${mailboxId} and s.state in ('queued', 'held') and f.sent_by is null order by s.id`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}

/** Workspaces of the whole installation in which something is to be done. */
export async function workspacesDue(tx: Tx, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select workspace_id as id from due_follow_ups(${limit})`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}

/** Follow-ups that are held until their mailbox was read again, and it was. */
export async function checkedMeanwhile(
  tx: Tx,
): Promise<readonly { readonly contactId: string; readonly submissionId: string }[]> {
  const { rows } = await sql<{ contactId: string; submissionId: string }>`
    select s.contact_id as "contactId", s.id as "submissionId" from submission s
      join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
    where s.state = 'held' and s.reason->>'code' = 'answers_unchecked' and m.last_checked_at > kontor_now() - interval '1 hour'
    order by s.id limit 200`.execute(tx)
  return rows
}

/** Why a course was stopped, and by whom. */
export async function courseById(
  tx: Tx,
  courseId: string,
): Promise<{ readonly why?: string; readonly by?: string } | undefined> {
  const { rows } = await sql<{ why: string | null; by: string | null }>`
    select why, by from follow_up_course where submission_id = ${courseId}`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    ...(row.why === null ? {} : { why: row.why }),
    ...(row.by === null ? {} : { by: row.by }),
  }
}
