/** Statements on identifiers that matched nothing yet. */
import { sql } from 'kysely'
import type { Identified } from '../correspondence/index.ts'
import { readTogether } from '../correspondence/index.ts'
import type { Tx } from '../platform/db/index.ts'

/** Kept for a while: an answer may arrive before our record of the thread settles. A provider may tell one twice in a page. */
export async function keepUnmatched(
  tx: Tx,
  workspaceId: string,
  mailboxId: string,
  identified: readonly (Identified & { readonly judged: boolean; readonly headersSeen: boolean })[],
): Promise<void> {
  if (identified.length === 0) return
  await sql`insert into unmatched_identifier as held
      (workspace_id, mailbox_id, provider_message_id, provider_thread_id, judged, headers_seen)
    select distinct on (u.id) ${workspaceId}::uuid, ${mailboxId}::uuid, u.id, nullif(u.thread, ''), u.judged, u.headers_seen
    from unnest(${identified.map((one) => one.providerMessageId)}::text[],
                ${identified.map((one) => one.providerThreadId ?? '')}::text[],
                ${identified.map((one) => one.judged)}::boolean[],
                ${identified.map((one) => one.headersSeen)}::boolean[]) as u(id, thread, judged, headers_seen)
    on conflict (workspace_id, mailbox_id, provider_message_id) do update
      set judged = held.judged or excluded.judged, headers_seen = true
      where excluded.headers_seen`.execute(tx)
}

/** Which of these showed their headers and named nothing of ours, and whether that was judged inside a thread of ours. */
export async function headersSeen(
  tx: Tx,
  mailboxId: string,
  providerMessageIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly judged: boolean }>> {
  if (providerMessageIds.length === 0) return new Map()
  const { rows } = await sql<{ provider_message_id: string; judged: boolean }>`
    select provider_message_id, judged from unmatched_identifier
    where mailbox_id = ${mailboxId} and headers_seen
      and provider_message_id = any(${[...providerMessageIds]}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.provider_message_id, { judged: row.judged }]))
}

/** Takes out the identifiers of a thread that has become ours. */
export async function takeUnmatched(
  tx: Tx,
  mailboxId: string,
  providerThreadId: string,
): Promise<Identified[]> {
  const { rows } = await sql<{ provider_message_id: string }>`delete from unmatched_identifier
    where mailbox_id = ${readTogether(mailboxId)} and provider_thread_id = ${providerThreadId} returning provider_message_id`.execute(
    tx,
  )
  return rows.map((row) => ({ providerMessageId: row.provider_message_id, providerThreadId }))
}

const justNowSeconds = 60

/** Something came just now that may answer a mail whose thread is not known yet. */
export async function mayAnswerEarly(tx: Tx, mailboxId: string): Promise<boolean> {
  const { rows } = await sql`select from unmatched_identifier
    where mailbox_id = ${readTogether(mailboxId)} and not judged
      and seen_at > kontor_now() - make_interval(secs => ${justNowSeconds}) limit 1`.execute(tx)
  return rows.length > 0
}

/** A transaction that makes a thread ours is over long before. */
const overlapMinutes = 60

/**
 * Takes out the identifiers whose thread has become ours without anybody taking them: kept while whoever accepted our
 * mail had found nothing yet. What lay here at the last complete check was looked at then.
 */
export async function takeOvertaken(
  tx: Tx,
  mailboxId: string,
  checkedAt: Temporal.Instant | undefined,
): Promise<Identified[]> {
  // a subquery of one value: as a join it may be planned over every reference of the mailbox for each row
  const { rows } = await sql<{ provider_message_id: string; provider_thread_id: string }>`
    delete from unmatched_identifier u
    where u.mailbox_id = ${mailboxId} and not u.judged
      and u.seen_at > coalesce(${checkedAt ?? null}::timestamptz, '-infinity') - make_interval(mins => ${overlapMinutes})
      and (select true from reference r where r.workspace_id = u.workspace_id and r.mailbox_id = ${readTogether(mailboxId)}
             and r.kind = 'provider-thread' and r.value = u.provider_thread_id limit 1)
    returning u.provider_message_id, u.provider_thread_id`.execute(tx)
  return rows.map((row) => ({
    providerMessageId: row.provider_message_id,
    providerThreadId: row.provider_thread_id,
  }))
}

/**
 * Forgets those of more than seven days. What no complete check has looked at yet stays, however old: a mailbox that
 * could not be reached for weeks still finds its answers.
 */
export async function forgetOld(
  tx: Tx,
  mailboxId: string,
  checkedAt: Temporal.Instant | undefined,
): Promise<void> {
  await sql`delete from unmatched_identifier where mailbox_id = ${mailboxId}
    and seen_at < kontor_now() - interval '7 days'
    and seen_at <= ${checkedAt ?? null}::timestamptz - make_interval(mins => ${overlapMinutes})`.execute(tx)
}

export async function forgetUnmatched(tx: Tx, mailboxId: string): Promise<void> {
  await sql`delete from unmatched_identifier where mailbox_id = ${mailboxId}`.execute(tx)
}

/** Every identifier that is kept, with the time at which it was seen. */
export async function unmatchedIdentifiers(
  tx: Tx,
  mailboxId: string,
): Promise<readonly { readonly providerMessageId: string; readonly at: Temporal.Instant }[]> {
  const { rows } = await sql<{ provider_message_id: string; seen_at: Temporal.Instant }>`
    select provider_message_id, seen_at from unmatched_identifier where mailbox_id = ${mailboxId}`.execute(tx)
  return rows.map((row) => ({ providerMessageId: row.provider_message_id, at: row.seen_at }))
}
