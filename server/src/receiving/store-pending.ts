/**
 * Statements on identifiers that matched nothing yet, and on messages that were set aside to be tried again.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { SetAsideReason } from './set-aside.ts'
import { nextTry } from './set-aside.ts'

export interface Identified {
  readonly providerMessageId: string
  readonly providerThreadId?: string
}

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

/** Identifiers of a thread that has become ours are to be read now. Returns how many. */
export async function reviveUnmatched(tx: Tx, mailboxId: string, providerThreadId: string): Promise<number> {
  const { rows } = await sql<{ provider_message_id: string }>`
    with revived as (
      delete from unmatched_identifier where mailbox_id = ${mailboxId} and provider_thread_id = ${providerThreadId}
      returning workspace_id, mailbox_id, provider_message_id, provider_thread_id)
    insert into set_aside (workspace_id, mailbox_id, provider_message_id, provider_thread_id, tries, failure, next_at)
    select workspace_id, mailbox_id, provider_message_id, provider_thread_id, 0, 'came_early', kontor_now() from revived
    on conflict do nothing returning provider_message_id`.execute(tx)
  return rows.length
}

/** Set aside, or tried once more without success. What was settled is left alone. */
export async function setAside(
  tx: Tx,
  workspaceId: string,
  mailboxId: string,
  one: Identified & { failure: SetAsideReason },
): Promise<void> {
  const { rows } = await sql<{ tries: number }>`
    insert into set_aside (workspace_id, mailbox_id, provider_message_id, provider_thread_id, failure)
    values (${workspaceId}, ${mailboxId}, ${one.providerMessageId}, ${one.providerThreadId ?? null}, ${one.failure})
    on conflict (workspace_id, mailbox_id, provider_message_id)
      do update set tries = set_aside.tries + 1, failure = excluded.failure where set_aside.settled_at is null
    returning tries`.execute(tx)
  const tries = rows[0]?.tries
  if (tries === undefined) return
  const next = nextTry(one.failure, tries)
  const seconds = typeof next === 'string' ? null : next.againInSeconds
  await sql`update set_aside set next_at = kontor_now() + make_interval(secs => ${seconds}::int),
      settled_at = case when ${next === 'forget'} then kontor_now() end
    where mailbox_id = ${mailboxId} and provider_message_id = ${one.providerMessageId}`.execute(tx)
}

export async function dueSetAside(tx: Tx, mailboxId: string, limit: number): Promise<Identified[]> {
  const { rows } = await sql<{ provider_message_id: string; provider_thread_id: string | null }>`
    select provider_message_id, provider_thread_id from set_aside
    where mailbox_id = ${mailboxId} and settled_at is null and next_at <= kontor_now() order by next_at limit ${limit}`.execute(
    tx,
  )
  return rows.map((row) => ({
    providerMessageId: row.provider_message_id,
    ...(row.provider_thread_id === null ? {} : { providerThreadId: row.provider_thread_id }),
  }))
}

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
