/**
 * Statements on where each mailbox's reading stands. A pull owns its mailbox by `pull_id` until `pull_until`; every
 * write proves it, so that a pull that lost its place changes nothing.
 */
import { sql } from 'kysely'
import type { Database, Tx } from '../platform/db/index.ts'

export interface MailboxRef {
  readonly workspaceId: string
  readonly mailboxId: string
}

export interface Position {
  readonly cursor?: string
  readonly checkedAt?: Temporal.Instant
  readonly rescanFrom?: Temporal.Instant
  readonly rescanPage?: string
  /** No pull came to its end since. */
  readonly failingSince?: Temporal.Instant
  readonly now: Temporal.Instant
  /** The owner of the mailbox wished that replies with another subject are found. */
  readonly findsChangedSubjects: boolean
}

/** Mailboxes whose pull is due, across workspaces: ids only. */
export async function duePulls(database: Database, limit: number): Promise<MailboxRef[]> {
  const { rows } = await database.call((db) =>
    sql<{ workspace_id: string; mailbox_id: string }>`select * from due_pulls(${limit})`.execute(db),
  )
  return rows.map((row) => ({ workspaceId: row.workspace_id, mailboxId: row.mailbox_id }))
}

/** Begins to read a mailbox from now on, or leaves its position as it is. */
export async function beginReading(tx: Tx, mailboxId: string): Promise<void> {
  await sql`insert into mailbox_position (workspace_id, mailbox_id)
    select workspace_id, id from mailbox where id = ${mailboxId} and level = 'full'
    on conflict (workspace_id, mailbox_id) do update set due_at = kontor_now(), dirty = true`.execute(tx)
  await sql`select pg_notify('kontor_pull', '')`.execute(tx)
}

/** Asks the next pull for a look by date over the time before; the page of an earlier look begins anew. */
export async function lookBack(tx: Tx, mailboxId: string, from: Temporal.Instant): Promise<void> {
  await sql`update mailbox_position set rescan_from = least(rescan_from, ${from}), rescan_page = null
    where mailbox_id = ${mailboxId}`.execute(tx)
}

/** True when the mailbox is not read any more: Send Only, or disconnected. */
export async function isUnread(tx: Tx, mailboxId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from mailbox
    where id = ${mailboxId} and (level <> 'full' or disconnected_at is not null)`.execute(tx)
  return rows.length > 0
}

export async function forgetPosition(tx: Tx, mailboxId: string): Promise<void> {
  await sql`delete from mailbox_position where mailbox_id = ${mailboxId}`.execute(tx)
}

/** How long a claim lives unless it is renewed: the longest that a killed worker delays a mailbox. */
export const claimSeconds = 16

const claimEnd = sql`kontor_now() + make_interval(secs => ${claimSeconds})`

/** A living pull keeps its mailbox; false when it has lost it. */
export async function renewPull(tx: Tx, mailboxId: string, pullId: string): Promise<boolean> {
  const { rows } = await sql<{ mailbox_id: string }>`update mailbox_position set pull_until = ${claimEnd}
    where mailbox_id = ${mailboxId} and pull_id = ${pullId} returning mailbox_id`.execute(tx)
  return rows.length > 0
}

/** Takes the mailbox for a short while; undefined when somebody else has it. */
export async function claimPull(tx: Tx, mailboxId: string, pullId: string): Promise<Position | undefined> {
  const { rows } = await sql<{
    cursor: string | null
    checked_at: Temporal.Instant | null
    rescan_from: Temporal.Instant | null
    rescan_page: string | null
    failing_since: Temporal.Instant | null
    now_at: Temporal.Instant
    finds_changed_subjects: boolean
  }>`update mailbox_position set pull_id = ${pullId}, pull_until = ${claimEnd}, dirty = false
    where mailbox_id = ${mailboxId} and (pull_until is null or pull_until <= kontor_now())
    returning cursor, checked_at, rescan_from, rescan_page, failing_since, kontor_now() as now_at,
      (select m.finds_changed_subjects from mailbox m where m.id = ${mailboxId}) as finds_changed_subjects`.execute(
    tx,
  )
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    ...(row.cursor === null ? {} : { cursor: row.cursor }),
    ...(row.checked_at === null ? {} : { checkedAt: row.checked_at }),
    ...(row.rescan_from === null ? {} : { rescanFrom: row.rescan_from }),
    ...(row.rescan_page === null ? {} : { rescanPage: row.rescan_page }),
    ...(row.failing_since === null ? {} : { failingSince: row.failing_since }),
    now: row.now_at,
    findsChangedSubjects: row.finds_changed_subjects,
  }
}

/** The position moves together with what it brought, and only for the pull that holds the mailbox. */
export async function moveCursor(
  tx: Tx,
  mailboxId: string,
  pullId: string,
  cursor: string,
): Promise<boolean> {
  const { rows } = await sql<{ mailbox_id: string }>`update mailbox_position
    set cursor = ${cursor}, pull_until = ${claimEnd}
    where mailbox_id = ${mailboxId} and pull_id = ${pullId} returning mailbox_id`.execute(tx)
  return rows.length > 0
}

/** The cursor expired: from here a bounded look by date fills the gap, beside a new cursor. */
export async function beginRescan(
  tx: Tx,
  mailboxId: string,
  pullId: string,
  { from, cursor }: { from: Temporal.Instant; cursor: string },
): Promise<boolean> {
  const { rows } = await sql<{ mailbox_id: string }>`update mailbox_position
    set cursor = ${cursor}, rescan_from = ${from}, rescan_page = null
    where mailbox_id = ${mailboxId} and pull_id = ${pullId} returning mailbox_id`.execute(tx)
  return rows.length > 0
}

export async function moveRescan(
  tx: Tx,
  mailboxId: string,
  pullId: string,
  page: string | undefined,
): Promise<boolean> {
  const { rows } = await sql<{ mailbox_id: string }>`update mailbox_position
    set rescan_page = ${page ?? null}, pull_until = ${claimEnd},
      rescan_from = case when ${page === undefined} then null else rescan_from end
    where mailbox_id = ${mailboxId} and pull_id = ${pullId} returning mailbox_id`.execute(tx)
  return rows.length > 0
}

/** Ends a pull. Successful: everything up to now is checked; a notification meanwhile makes it due at once. */
export async function endPull(
  tx: Tx,
  mailboxId: string,
  pullId: string,
  result: { ok: boolean; nextInSeconds: number },
): Promise<boolean> {
  const { rows } = await sql<{
    mailbox_id: string
  }>`update mailbox_position set pull_id = null, pull_until = null,
      due_at = case when dirty then kontor_now() else kontor_now() + make_interval(secs => ${result.nextInSeconds}) end,
      checked_at = case when ${result.ok} then kontor_now() else checked_at end,
      failing_since = case when ${result.ok} then null else coalesce(failing_since, kontor_now()) end
    where mailbox_id = ${mailboxId} and pull_id = ${pullId} returning mailbox_id`.execute(tx)
  if (rows.length === 0) return false
  if (result.ok)
    await sql`update mailbox set last_checked_at = kontor_now() where id = ${mailboxId}`.execute(tx)
  return true
}
