/**
 * Statements on messages of our threads that could not be read yet: visible, tried again, in nobody's way. What came
 * before its thread was ours waits here too, for a moment and unseen.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { SetAsideReason } from './set-aside.ts'
import { isTooMuch, nextTry } from './set-aside.ts'

export interface Identified {
  readonly providerMessageId: string
  readonly providerThreadId?: string
}

/** Set aside, or tried once more without success; tries count for one reason. What was settled is left alone. */
export async function setAside(
  tx: Tx,
  workspaceId: string,
  mailboxId: string,
  one: Identified & { readonly threadId?: string; readonly failure: SetAsideReason },
): Promise<void> {
  const { rows } = await sql<{ tries: number }>`
    insert into set_aside (workspace_id, mailbox_id, provider_message_id, provider_thread_id, thread_id, failure)
    values (${workspaceId}, ${mailboxId}, ${one.providerMessageId}, ${one.providerThreadId ?? null}, ${one.threadId ?? null},
      ${one.failure})
    on conflict (workspace_id, mailbox_id, provider_message_id)
      do update set tries = case when set_aside.failure = excluded.failure then set_aside.tries else 0 end + 1,
        failure = excluded.failure,
        thread_id = coalesce(excluded.thread_id, set_aside.thread_id) where set_aside.settled_at is null
    returning tries`.execute(tx)
  const tries = rows[0]?.tries
  if (tries === undefined) return
  const next = nextTry(one.failure, tries)
  const seconds = typeof next === 'string' ? null : next.againInSeconds
  await sql`update set_aside set next_at = kontor_now() + make_interval(secs => ${seconds}::int),
      settled_at = case when ${next === 'forget'} then kontor_now() end
    where mailbox_id = ${mailboxId} and provider_message_id = ${one.providerMessageId}`.execute(tx)
}

/** Came before its thread was ours: to be read now. Returns how many. */
export async function readEarly(
  tx: Tx,
  workspaceId: string,
  mailboxId: string,
  identified: readonly Identified[],
): Promise<number> {
  if (identified.length === 0) return 0
  const { rows } = await sql`
    insert into set_aside (workspace_id, mailbox_id, provider_message_id, provider_thread_id, tries, failure, next_at)
    select ${workspaceId}, ${mailboxId}, u.id, nullif(u.thread, ''), 0, 'came_early', kontor_now()
    from unnest(${identified.map((one) => one.providerMessageId)}::text[],
                ${identified.map((one) => one.providerThreadId ?? '')}::text[]) as u(id, thread)
    on conflict do nothing returning provider_message_id`.execute(tx)
  return rows.length
}

/** What is to be tried again now; `tooMuch`: better read in part than as a whole once more. */
export async function dueSetAside(
  tx: Tx,
  mailboxId: string,
  limit: number,
): Promise<(Identified & { readonly tooMuch: boolean })[]> {
  const { rows } = await sql<{
    provider_message_id: string
    provider_thread_id: string | null
    failure: SetAsideReason
    tries: number
  }>`
    select provider_message_id, provider_thread_id, failure, tries from set_aside
    where mailbox_id = ${mailboxId} and settled_at is null and next_at <= kontor_now() order by next_at limit ${limit}`.execute(
    tx,
  )
  return rows.map((row) => ({
    providerMessageId: row.provider_message_id,
    ...(row.provider_thread_id === null ? {} : { providerThreadId: row.provider_thread_id }),
    tooMuch: isTooMuch(row.failure, row.tries),
  }))
}

/** Read after all, or found to be nobody's answer. */
export async function settleSetAside(
  tx: Tx,
  mailboxId: string,
  providerMessageIds: readonly string[],
): Promise<void> {
  await sql`update set_aside set settled_at = kontor_now(), next_at = null
    where mailbox_id = ${mailboxId} and settled_at is null and provider_message_id = any(${[...providerMessageIds]}::text[])`.execute(
    tx,
  )
}

/** Forgets those of more than seven days that came to nothing: they may have been nobody's answer. What a person saw stays. */
export async function forgetSettled(tx: Tx, mailboxId: string): Promise<void> {
  await sql`delete from set_aside where mailbox_id = ${mailboxId} and failure in ('gone', 'came_early', 'unsettled')
    and settled_at < kontor_now() - interval '7 days'`.execute(tx)
}

/** The ones that a person should know of: for the rest nothing is wrong. */
const shown = sql`s.settled_at is null and s.failure in ('unreadable', 'rejected', 'transient')`

export interface Unread {
  readonly reason: 'unreadable' | 'rejected' | 'transient'
  readonly firstAt: Temporal.Instant
  /** When it is tried again by itself; absent when only a person can ask for it. */
  readonly nextAt?: Temporal.Instant
  readonly contactId?: string
  readonly contactName?: string
}

const shownAtMost = 100

/** What could not be read in a mailbox, or in a conversation; oldest first. */
export async function unreadIn(
  tx: Tx,
  where: { mailboxId: string } | { contactId: string; campaignId: string | undefined },
): Promise<Unread[]> {
  const place =
    'mailboxId' in where
      ? sql`s.mailbox_id = ${where.mailboxId}`
      : sql`t.contact_id = ${where.contactId} and t.campaign_id is not distinct from ${where.campaignId ?? null}::uuid`
  const { rows } = await sql<{
    failure: Unread['reason']
    first_at: Temporal.Instant
    next_at: Temporal.Instant | null
    contact_id: string | null
    contact_name: string | null
  }>`select s.failure, s.first_at, s.next_at, t.contact_id, k.name as contact_name from set_aside s
      left join thread t on t.workspace_id = s.workspace_id and t.id = s.thread_id
      left join contact k on k.workspace_id = t.workspace_id and k.id = t.contact_id
    where ${shown} and ${place} order by s.first_at, s.provider_message_id limit ${shownAtMost}`.execute(tx)
  return rows.map((row) => ({
    reason: row.failure,
    firstAt: row.first_at,
    ...(row.next_at === null ? {} : { nextAt: row.next_at }),
    ...(row.contact_id === null ? {} : { contactId: row.contact_id }),
    ...(row.contact_name === null ? {} : { contactName: row.contact_name }),
  }))
}

/** A person asks for all of them now, with a fresh count of tries. Returns how many. */
export async function tryUnreadAgain(tx: Tx, mailboxId: string): Promise<number> {
  const { rows } = await sql`update set_aside s set next_at = kontor_now(), tries = 0
    where s.mailbox_id = ${mailboxId} and ${shown} returning 1`.execute(tx)
  return rows.length
}

/** A person has seen to them elsewhere. Returns how many. */
export async function leaveUnread(tx: Tx, mailboxId: string): Promise<number> {
  const { rows } = await sql`update set_aside s set settled_at = kontor_now(), next_at = null
    where s.mailbox_id = ${mailboxId} and ${shown} returning 1`.execute(tx)
  return rows.length
}

/** How many could not be read, for a report. */
export async function countUnread(tx: Tx, mailboxId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from set_aside s
    where s.mailbox_id = ${mailboxId} and ${shown}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Forgets every identifier that was kept of a mailbox. */
export async function forgetSetAside(tx: Tx, mailboxId: string): Promise<void> {
  await sql`delete from set_aside where mailbox_id = ${mailboxId}`.execute(tx)
}
