/**
 * Statements on single submissions. Every write proves in its WHERE what it believes of the row: the state it leaves
 * and the lease it holds. Nothing else in the product assigns a state.
 */
import { sql } from 'kysely'
import { records } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Reason } from './reasons.ts'
import { surelySeconds } from './store-lease.ts'
import type { MailKind, Submission, SubmissionState } from './submission.ts'

interface SubmissionRow {
  workspace_id: string
  id: string
  mailbox_id: string
  kind: MailKind
  contact_id: string | null
  to_address: string
  to_name: string
  campaign_id: string | null
  member_id: string | null
  thread_id: string | null
  answers_message_id: string | null
  template_id: string | null
  template_version: number | null
  subject: string | null
  text: string | null
  author_id: string | null
  again_of: string | null
  enqueued_at: Temporal.Instant
}

// asked once in a statement, not for every row
const now = sql`(select kontor_now())`

const columns = sql`s.workspace_id, s.id, s.mailbox_id, s.kind, s.contact_id, s.to_address, s.to_name, s.campaign_id,
  s.member_id, s.thread_id, s.answers_message_id, s.template_id, s.template_version, s.subject, s.text, s.author_id, s.again_of, s.enqueued_at`

function submissionOf(row: SubmissionRow): Submission {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    mailboxId: row.mailbox_id,
    kind: row.kind,
    ...(row.contact_id === null ? {} : { contactId: row.contact_id }),
    toAddress: row.to_address,
    toName: row.to_name,
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    ...(row.member_id === null ? {} : { memberId: row.member_id }),
    ...(row.thread_id === null ? {} : { threadId: row.thread_id }),
    ...(row.answers_message_id === null ? {} : { answersMessageId: row.answers_message_id }),
    ...(row.template_id === null ? {} : { templateId: row.template_id }),
    ...(row.template_version === null ? {} : { templateVersion: row.template_version }),
    ...(row.subject === null ? {} : { subject: row.subject }),
    ...(row.text === null ? {} : { text: row.text }),
    ...(row.author_id === null ? {} : { authorId: row.author_id }),
    ...(row.again_of === null ? {} : { againOf: row.again_of }),
    enqueuedAt: row.enqueued_at,
  }
}

export interface LeasedSubmission extends Submission {
  readonly leaseId: string
  readonly tries: number
  readonly addressKey: string
  /** When it was locked. */
  readonly lockedAt: Temporal.Instant
}

/** What a lease holds, and the proof that it does. */
export interface Held {
  readonly submissionId: string
  readonly leaseId: string
}

/** The leased submissions, locked; without those whose lease is no longer ours. */
export async function lockLeased(tx: Tx, leases: readonly Held[]): Promise<readonly LeasedSubmission[]> {
  const { rows } = await sql<
    SubmissionRow & { tries: number; address_key: string; locked_at: Temporal.Instant; lease_id: string }
  >`
    select ${columns}, s.tries, s.lease_id, m.address_key, ${now} as locked_at
    from ${given(leases)} join submission s on s.id = l.id and s.lease_id = l.lease_id
      join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
    where s.id = ${among(leases)} and s.state = 'leased' order by s.id for update of s`.execute(tx)
  return rows.map((row) => ({
    ...submissionOf(row),
    tries: row.tries,
    addressKey: row.address_key,
    lockedAt: row.locked_at,
    leaseId: row.lease_id,
  }))
}

/** Beside a join by the same ids: so they are looked up, and not all rows read, as plans of an empty table do when it has grown. */
function among(of: readonly Pick<Held, 'submissionId'>[]) {
  return sql`any(${of.map((one) => one.submissionId)}::uuid[])`
}

function given(leases: readonly Held[]) {
  return sql`unnest(${leases.map((one) => one.submissionId)}::uuid[], ${leases.map((one) => one.leaseId)}::uuid[]) as l(id, lease_id)`
}

export type Standing = Submission & { readonly state: SubmissionState }

export async function submissionById(tx: Tx, id: string): Promise<Standing | undefined> {
  return (await submissionsById(tx, [id])).get(id)
}

export async function submissionsById(tx: Tx, ids: readonly string[]): Promise<Map<string, Standing>> {
  const { rows } = await sql<SubmissionRow & { state: SubmissionState }>`
    select ${columns}, s.state from submission s where s.id = any(${[...ids]}::uuid[]) order by s.id`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.id, { ...submissionOf(row), state: row.state }]))
}

export interface Intent extends Held {
  readonly attemptId: string
  readonly addressKey: string
  readonly token: string
  readonly messageId: string
  readonly threadId: string | undefined
  readonly rawSha256: string
  readonly size: number
  readonly subject: string
}

/**
 * The intents are durable and the calls may start: bytes, ids, the attempt and the start of the call in one fenced write.
 * Gives those that were written: not where the lease is lost, the day that was charged has ended meanwhile (then the
 * allowance must be taken anew), or the intent stands there already because the end of its transaction was not heard.
 */
export async function writeIntents(
  tx: Tx,
  intents: readonly Intent[],
  ttlSeconds: number,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    with day as materialized (select * from cap_of(${intents.map((one) => one.addressKey)}::text[])),
    started as (
    update submission s set token = i.token, message_id = i."messageId", thread_id = i."threadId",
      raw_sha256 = decode(i."rawSha256", 'hex'), size = i.size, subject = i.subject, tries = tries + 1,
      call_started_at = ${now}, lease_until = ${now} + make_interval(secs => ${ttlSeconds})
    from json_to_recordset(${records(intents)}) as i("submissionId" uuid, "leaseId" uuid, "attemptId" uuid, "addressKey" text,
        token text, "messageId" text, "threadId" uuid, "rawSha256" text, size bigint, subject text)
      join day d on d.address_key = i."addressKey"
    where s.id = i."submissionId" and s.id = ${among(intents)} and s.state = 'leased' and s.lease_id = i."leaseId" and s.lease_until > ${now}
      and s.call_started_at is null
      and d.day_starts_at = s.charged_from and d.day_ends_at > ${now}
    returning s.*, i."attemptId")
    insert into attempt (workspace_id, id, submission_id, n, started_at, charged_from, message_id)
    select workspace_id, "attemptId", id, tries, call_started_at, charged_from, message_id from started
    returning submission_id as id`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

/** The last attempt ends. One that ended without a known outcome, because its lease did, takes the one that is known later. */
export async function endAttempt(
  tx: Tx,
  submissionId: string,
  outcome: string,
  diagnostic: string,
): Promise<void> {
  await sql`update attempt set ended_at = kontor_now(), outcome = ${outcome}, diagnostic = ${diagnostic.slice(0, 2000)}
    where submission_id = ${submissionId} and n = (select tries from submission where id = ${submissionId}) and ${outcomeOpen}`.execute(
    tx,
  )
}

const outcomeOpen = sql`(ended_at is null or outcome = 'unknown_outcome')`

/**
 * The provider took them: the attempts end, and each mail is accepted if the lease is still its own. Gives when their calls
 * began, without those whose lease was lost.
 */
export async function endAccepted(
  tx: Tx,
  leases: readonly Held[],
): Promise<ReadonlyMap<string, Temporal.Instant>> {
  const { rows } = await sql<{ id: string; call_started_at: Temporal.Instant }>`
    with ended as (
      update attempt a set ended_at = ${now}, outcome = 'accepted', diagnostic = ''
      from ${given(leases)} join submission s on s.id = l.id
      where a.submission_id = s.id and a.submission_id = ${among(leases)} and s.lease_id = l.lease_id and s.state in ('leased', 'in_doubt')
        and a.n = s.tries and ${outcomeOpen}),
    settled as (
      update submission set ${accepting}, reason = null
      from ${given(leases)}
      where submission.id = l.id and submission.id = ${among(leases)} and submission.lease_id = l.lease_id and state in ('leased', 'in_doubt')
      returning submission.id, call_started_at, ${chargeArrived})
    select id, call_started_at from settled`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.call_started_at]))
}

/**
 * accepted: final. Also lands on an in-doubt row of the same lease, when the provider's answer comes after its expiry.
 */
export async function settleAccepted(
  tx: Tx,
  id: string,
  leaseId: string | undefined,
  reason?: Reason,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update submission set ${accepting}, reason = ${reason === undefined ? null : JSON.stringify(reason)}::jsonb
    where id = ${id} and (state = 'in_doubt' and ${leaseId ?? null}::uuid is null
      or state in ('leased', 'in_doubt') and lease_id = ${leaseId ?? null}::uuid)
    returning id, ${chargeArrived}`.execute(tx)
  return rows.length > 0
}

/**
 * Which rows a move may touch: those of a lease, also when it was ended while its call ran; or those in one of the states a
 * person or the reconciler may leave.
 */
export type From = { readonly leaseId: string } | { readonly states: readonly SubmissionState[] }

function belonging(from: From) {
  return 'leaseId' in from
    ? sql`state in ('leased', 'in_doubt') and lease_id = ${from.leaseId}`
    : sql`state = any(${[...from.states]}::text[])`
}

/** failed, cancelled or suppressed: final, with the reason. */
export async function settleUnsent(
  tx: Tx,
  id: string,
  from: From,
  to: 'failed' | 'cancelled' | 'suppressed',
  reason: Reason,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update submission set state = ${to}, reason = ${JSON.stringify(reason)}::jsonb, settled_at = kontor_now(), lease_until = null, look_at = null
    where id = ${id} and ${belonging(from)} returning id`.execute(tx)
  return rows.length > 0
}

export async function moveToHeld(tx: Tx, id: string, from: From, reason: Reason): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update submission set state = 'held', reason = ${JSON.stringify(reason)}::jsonb, lease_until = null
    where id = ${id} and ${belonging(from)} returning id`.execute(tx)
  return rows.length > 0
}

/** It is still held, perhaps for another reason than before; for want of a mailbox, until it is moved to one. */
export async function renewReason(tx: Tx, id: string, reason: Reason): Promise<void> {
  await sql`update submission set reason = ${JSON.stringify(reason)}::jsonb where id = ${id} and state = 'held'
    and reason->>'code' <> 'mailbox_disconnected'`.execute(tx)
}

/** Back to waiting, with an optional time; keeps its place in its rank. */
export async function moveToQueued(
  tx: Tx,
  id: string,
  from: From,
  { notBefore, reason }: { notBefore?: Temporal.Instant; reason?: Reason } = {},
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update submission set state = 'queued', reason = ${reason === undefined ? null : JSON.stringify(reason)}::jsonb,
      not_before = coalesce(${notBefore ?? null}::timestamptz, not_before), lease_until = null, call_started_at = null,
      in_doubt_since = null, look_at = null
    where id = ${id} and ${belonging(from)} returning id`.execute(tx)
  return rows.length > 0
}

/** A person says of an uncertain mail that it did not leave: it waits again. Not while its call may still run, if its worker lives after all. */
export async function moveUnsent(tx: Tx, id: string): Promise<boolean> {
  const over = await sql`select from submission
    where id = ${id} and state = 'in_doubt' and (lease_until is null or lease_until <= kontor_now())`.execute(
    tx,
  )
  return over.rows.length > 0 && (await moveToQueued(tx, id, { states: ['in_doubt'] }))
}

/** Everything that waits in a campaign is cancelled in one statement; how many that were, and which of them are personal mails. */
export async function cancelWaitingOf(
  tx: Tx,
  campaignId: string,
  reason: Reason,
): Promise<{ readonly count: number; readonly direct: readonly string[] }> {
  const { rows } = await sql<{ count: number; direct: string[] }>`
    with cancelled as (
      update submission set state = 'cancelled', reason = ${JSON.stringify(reason)}::jsonb, settled_at = kontor_now()
      where campaign_id = ${campaignId} and state in ('queued', 'held') returning id, kind)
    select count(*)::int as count, coalesce(array_agg(id::text) filter (where kind = 'direct'), '{}') as direct from cancelled`.execute(
    tx,
  )
  return rows[0] ?? { count: 0, direct: [] }
}

/** What waits in a campaign is held, but for personal mails; returns their mailboxes, one per mail. */
export async function holdWaitingOf(tx: Tx, campaignId: string, reason: Reason): Promise<string[]> {
  const { rows } = await sql<{ mailbox_id: string }>`
    update submission set state = 'held', reason = ${JSON.stringify(reason)}::jsonb
    where campaign_id = ${campaignId} and state = 'queued' and kind <> 'direct' returning mailbox_id`.execute(
    tx,
  )
  return rows.map((row) => row.mailbox_id)
}

/** Mails of a campaign that were held for this reason wait again; returns their mailboxes, one per mail. */
export async function moveHeldToQueued(tx: Tx, campaignId: string, code: string): Promise<string[]> {
  const { rows } = await sql<{ mailbox_id: string }>`
    update submission set state = 'queued', reason = null
    where campaign_id = ${campaignId} and state = 'held' and reason->>'code' = ${code} returning mailbox_id`.execute(
    tx,
  )
  return rows.map((row) => row.mailbox_id)
}

export async function moveToInDoubt(
  tx: Tx,
  id: string,
  leaseId: string,
  diagnostic: string,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update submission set state = 'in_doubt', reason = ${JSON.stringify({ code: 'in_doubt', values: { diagnostic: diagnostic.slice(0, 300) } })}::jsonb,
      in_doubt_since = kontor_now(), look_at = kontor_now(), looks = 0, looked_at = null, look_found = null, lease_until = null
    where id = ${id} and state = 'leased' and lease_id = ${leaseId} and call_started_at is not null
    returning id, ${chargeSettled}`.execute(tx)
  return rows.length > 0
}

export interface Expired {
  readonly id: string
  readonly mailboxId: string
  readonly kind: MailKind
  readonly to: 'queued' | 'in_doubt'
  readonly addressKey: string
}

/** A lease that ran out, or whose worker is gone: what had not been handed over waits again, what may have been is in doubt. */
export async function expireLease(tx: Tx, id: string): Promise<Expired | undefined> {
  const { rows } = await sql<{
    id: string
    mailbox_id: string
    kind: MailKind
    state: 'queued' | 'in_doubt'
    address_key: string
  }>`
    update submission s set state = case when call_started_at is null then 'queued' else 'in_doubt' end,
      reason = case when call_started_at is null then null else '{"code": "in_doubt", "values": {"diagnostic": "the sending process stopped"}}'::jsonb end,
      in_doubt_since = case when call_started_at is null then null else kontor_now() end,
      look_at = case when call_started_at is null then null else kontor_now() end, looks = 0, looked_at = null, look_found = null,
      lease_until = case when call_started_at is null or s.lease_until <= kontor_now() then null else s.lease_until end
    from mailbox m
    where s.id = ${id} and s.state = 'leased' and (s.lease_until <= kontor_now()
        or s.lease_until <= kontor_now() + make_interval(secs => ${surelySeconds}) and not is_present(s.lease_holder))
      and m.workspace_id = s.workspace_id and m.id = s.mailbox_id
    returning s.id, s.mailbox_id, s.kind, s.state, m.address_key,
      case when s.state = 'in_doubt' then charge_settled(m.address_key, s.lease_id) end`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    id: row.id,
    mailboxId: row.mailbox_id,
    kind: row.kind,
    to: row.state,
    addressKey: row.address_key,
  }
}

/** What the house knows of an uncertain mail: enough to look for it, and to record it when it is found. */
export interface Uncertain extends Submission {
  readonly token: string
  readonly messageId: string
  readonly rawSha256: string
  readonly callStartedAt: Temporal.Instant
  readonly inDoubtSince: Temporal.Instant
  /** How often Kontor has looked into Sent. */
  readonly looks: number
}

export async function lockUncertain(tx: Tx, id: string): Promise<Uncertain | undefined> {
  const { rows } = await sql<
    SubmissionRow & {
      token: string
      message_id: string
      raw: string
      call_started_at: Temporal.Instant
      in_doubt_since: Temporal.Instant
      looks: number
    }
  >`select ${columns}, s.token, s.message_id, encode(s.raw_sha256, 'hex') as raw, s.call_started_at, s.in_doubt_since, s.looks
    from submission s where s.id = ${id} and s.state = 'in_doubt' for update`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    ...submissionOf(row),
    token: row.token,
    messageId: row.message_id,
    rawSha256: row.raw,
    callStartedAt: row.call_started_at,
    inDoubtSince: row.in_doubt_since,
    looks: row.looks,
  }
}

/**
 * A look begins, and the next one is due then. The doubt about a mail whose lease was ended early begins anew with the first
 * look after the lease has run out: the house may have slept since.
 */
export async function lookAgain(tx: Tx, id: string, seconds: number): Promise<void> {
  const over = sql`lease_until <= kontor_now()`
  await sql`update submission set look_at = kontor_now() + make_interval(secs => ${seconds}), looks = looks + 1, looked_at = kontor_now(),
      in_doubt_since = case when ${over} then kontor_now() else in_doubt_since end,
      lease_until = case when ${over} then null else lease_until end
    where id = ${id} and state = 'in_doubt'`.execute(tx)
}

/** What the last look came to, for the person who may have to decide. */
export async function noteLook(tx: Tx, id: string, found: 'nothing_yet' | 'unreachable'): Promise<void> {
  await sql`update submission set look_found = ${found} where id = ${id} and state = 'in_doubt'`.execute(tx)
}

/** Gives the allowance back to the day that is charged with it, once. */
export async function refund(
  tx: Tx,
  { id, addressKey, kind }: { id: string; addressKey: string; kind: MailKind },
): Promise<void> {
  const { rows } = await sql<{ lease_id: string; charged_from: Temporal.Instant }>`
    update submission set charged_from = null where id = ${id} and charged_from is not null
    returning lease_id, old.charged_from as charged_from`.execute(tx)
  const charge = rows[0]
  if (charge === undefined) return
  await sql`select cap_refund(${addressKey}, ${charge.lease_id}, ${charge.charged_from}, ${kind === 'direct'})`.execute(
    tx,
  )
}

// In the rolling 24 hours a mail counts from when it surely had arrived.
const chargeSettled = sql`charge_settled((select m.address_key from mailbox m
  where m.workspace_id = submission.workspace_id and m.id = submission.mailbox_id), submission.lease_id)`
const chargeArrived = sql`case when old.state = 'leased' then ${chargeSettled} end`
const accepting = sql`state = 'accepted', accepted_at = ${now}, settled_at = ${now}, lease_until = null, look_at = null`
