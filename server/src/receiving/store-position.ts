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
  /** Of a look by date that has begun. */
  readonly rescanTo?: Temporal.Instant
  readonly rescanPage?: string
  /** No pull came to its end since; of stumbles after a provider's wait, since the first of them. */
  readonly failingSince?: Temporal.Instant
  /** The last pull ended because the provider said to wait until then. */
  readonly waitedUntil?: Temporal.Instant
  /** When something last came or left; without it, since when the mailbox is read. */
  readonly foundAt: Temporal.Instant
  /** How the provider promised to tell, unless it has been found silent since it last did. */
  readonly toldBy?: 'notices' | 'connection'
  /** When somebody last said that something may have come; looks are owed to it for a while. */
  readonly toldAt?: Temporal.Instant
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
    select workspace_id, id from mailbox where id = reader_of(${mailboxId}) and level = 'full'
    on conflict (workspace_id, mailbox_id) do update set due_at = kontor_now(), wait_until = null, dirty = true`.execute(
    tx,
  )
  await sql`select pg_notify('kontor_pull', '')`.execute(tx)
}

/** Through which mailbox this one is read. */
export async function readerOf(tx: Tx, mailboxId: string): Promise<string | undefined> {
  const { rows } = await sql<{ reader: string | null }>`select reader_of(${mailboxId}) as reader`.execute(tx)
  return rows[0]?.reader ?? undefined
}

/**
 * Something may have come: the mailbox is due at once, unless its provider said to wait. `told`: the provider said so,
 * which also shows that its notices reach us.
 */
export async function ring(tx: Tx, mailboxId: string, { told }: { told: boolean }): Promise<void> {
  await sql`update mailbox_position set dirty = true, told_at = kontor_now(),
      rung_at = case when ${told} then kontor_now() else rung_at end,
      due_at = greatest(kontor_now(), coalesce(wait_until, kontor_now()))
    where mailbox_id = reader_of(${mailboxId})`.execute(tx)
  await sql`select pg_notify('kontor_pull', '')`.execute(tx)
}

/** Something was told of since the pull that has the mailbox began; it is due again as soon as that ends. */
export async function toldMeanwhile(tx: Tx, mailboxId: string): Promise<boolean> {
  const { rows } = await sql`select from mailbox_position where mailbox_id = ${mailboxId} and dirty`.execute(
    tx,
  )
  return rows.length > 0
}

/** A mail left: an answer may follow soon, so the mailbox counts as busy. */
export async function expectAnswers(tx: Tx, mailboxId: string, withinSeconds: number): Promise<void> {
  await sql`update mailbox_position set found_at = kontor_now(),
      due_at = least(due_at, greatest(kontor_now() + make_interval(secs => ${withinSeconds}), wait_until))
    where mailbox_id = reader_of(${mailboxId})`.execute(tx)
}

/** Asks the next pull for a look by date over the time before; the page of an earlier look begins anew. */
export async function lookBack(tx: Tx, mailboxId: string, from: Temporal.Instant): Promise<void> {
  await sql`update mailbox_position set rescan_from = least(rescan_from, ${from}), rescan_to = null,
      rescan_page = null
    where mailbox_id = reader_of(${mailboxId})`.execute(tx)
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

/** Another mailbox of the same place reads on from where this one stood; false when there is none. */
export async function passOn(tx: Tx, mailboxId: string): Promise<boolean> {
  const { rows } = await sql<{ heir: string }>`
    select r.id as heir from mailbox m join mailbox r on r.workspace_id = m.workspace_id and r.grant_id = m.grant_id
    where m.id = ${mailboxId} and m.place <> 'shared' and r.id = reader_of(r.id) and r.id <> m.id and r.level = 'full'
      and r.place <> 'shared' limit 1`.execute(tx)
  const heir = rows[0]?.heir
  if (heir === undefined) return false
  // the heir may have begun meanwhile, at a later place
  await sql`delete from mailbox_position where mailbox_id = ${heir}
    and exists (select from mailbox_position where mailbox_id = ${mailboxId})`.execute(tx)
  await sql`update mailbox_position set mailbox_id = ${heir}, pull_id = null, pull_until = null, pull_holder = null, due_at = kontor_now()
    where mailbox_id = ${mailboxId}`.execute(tx)
  for (const table of ['unmatched_identifier', 'set_aside']) {
    const kept = sql.table(table)
    await sql`delete from ${kept} t where mailbox_id = ${mailboxId} and exists (select from ${kept} h
      where h.mailbox_id = ${heir} and h.provider_message_id = t.provider_message_id)`.execute(tx)
    await sql`update ${kept} set mailbox_id = ${heir} where mailbox_id = ${mailboxId}`.execute(tx)
  }
  return true
}

/** How long a claim lives unless it is renewed, where the process that made it is not known to be gone. */
export const claimSeconds = 16

const claimEnd = sql`kontor_now() + make_interval(secs => ${claimSeconds})`

/** A living pull keeps its mailbox; false when it has lost it. */
export async function renewPull(tx: Tx, mailboxId: string, pullId: string): Promise<boolean> {
  const { rows } = await sql<{ mailbox_id: string }>`update mailbox_position set pull_until = ${claimEnd}
    where mailbox_id = ${mailboxId} and pull_id = ${pullId} returning mailbox_id`.execute(tx)
  return rows.length > 0
}

/** Takes the mailbox for a short while; undefined when somebody else has it who lives. `holder`: as whom others know us. */
export async function claimPull(
  tx: Tx,
  mailboxId: string,
  { pullId, holder }: { readonly pullId: string; readonly holder: number | undefined },
): Promise<Position | undefined> {
  const { rows } = await sql<{
    cursor: string | null
    checked_at: Temporal.Instant | null
    rescan_from: Temporal.Instant | null
    rescan_to: Temporal.Instant | null
    rescan_page: string | null
    failing_since: Temporal.Instant | null
    wait_until: Temporal.Instant | null
    found_at: Temporal.Instant
    told_by: 'notices' | 'connection' | null
    told_at: Temporal.Instant | null
    now_at: Temporal.Instant
    finds_changed_subjects: boolean
  }>`update mailbox_position set pull_id = ${pullId}, pull_until = ${claimEnd}, pull_holder = ${holder ?? null},
      dirty = false
    where mailbox_id = ${mailboxId}
      and (pull_until is null or pull_until <= kontor_now() or not is_present(pull_holder))
    returning cursor, checked_at, rescan_from, rescan_to, rescan_page, failing_since, wait_until, told_at, kontor_now() as now_at,
      coalesce(found_at, checked_at, kontor_now()) as found_at,
      case when rung_at > coalesce(missed_at, '-infinity') then case
        when exists (select from mailbox_watch w
          where w.mailbox_id = ${mailboxId} and w.handle is not null and w.until_at > kontor_now()) then 'notices'
        when is_attended(${mailboxId}) then 'connection' end end as told_by,
      (select m.finds_changed_subjects from mailbox m where m.id = ${mailboxId}) as finds_changed_subjects`.execute(
    tx,
  )
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    ...(row.cursor === null ? {} : { cursor: row.cursor }),
    ...(row.checked_at === null ? {} : { checkedAt: row.checked_at }),
    ...(row.rescan_from === null ? {} : { rescanFrom: row.rescan_from }),
    ...(row.rescan_to === null ? {} : { rescanTo: row.rescan_to }),
    ...(row.rescan_page === null ? {} : { rescanPage: row.rescan_page }),
    ...(row.failing_since === null ? {} : { failingSince: row.failing_since }),
    ...(row.wait_until === null ? {} : { waitedUntil: row.wait_until }),
    foundAt: row.found_at,
    ...(row.told_by === null ? {} : { toldBy: row.told_by }),
    ...(row.told_at === null ? {} : { toldAt: row.told_at }),
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
    set cursor = ${cursor}, rescan_from = ${from}, rescan_to = null, rescan_page = null
    where mailbox_id = ${mailboxId} and pull_id = ${pullId} returning mailbox_id`.execute(tx)
  return rows.length > 0
}

export async function moveRescan(
  tx: Tx,
  mailboxId: string,
  pullId: string,
  { to, page }: { readonly to: Temporal.Instant; readonly page: string | undefined },
): Promise<boolean> {
  const { rows } = await sql<{ mailbox_id: string }>`update mailbox_position
    set rescan_page = ${page ?? null}, pull_until = ${claimEnd},
      rescan_from = case when ${page === undefined} then null else rescan_from end,
      rescan_to = case when ${page === undefined} then null else ${to}::timestamptz end
    where mailbox_id = ${mailboxId} and pull_id = ${pullId} returning mailbox_id`.execute(tx)
  return rows.length > 0
}

/** What its provider said to wait for is over: the mailbox is looked at soon. */
export async function lookSoon(tx: Tx, mailboxId: string, withinSeconds: number): Promise<void> {
  await sql`update mailbox_position set wait_until = null,
      due_at = least(due_at, kontor_now() + make_interval(secs => ${withinSeconds}))
    where mailbox_id = ${mailboxId}`.execute(tx)
}

/** What a pull came to. */
export interface PullEnd {
  /** The provider answered throughout. */
  readonly ok: boolean
  /** Everything up to now. */
  readonly checked: boolean
  /** Something came or left that no pull had seen. */
  readonly found: boolean
  readonly nextInSeconds: number
  /** The provider said to wait: a notice does not make the mailbox due before. */
  readonly waits: boolean
}

/** A kept connection tells of the inbox and not of Sent, so a mail that left since the last look was nobody's to tell. */
const leftMeanwhile = sql`coalesce(found_at > checked_at, false) and is_attended(mailbox_id)`

/**
 * Ends a pull. A notice meanwhile makes the mailbox due at once; what was
 * found without one since the last look says that notices get lost.
 */
export async function endPull(tx: Tx, mailboxId: string, pullId: string, end: PullEnd): Promise<boolean> {
  const next = sql`kontor_now() + make_interval(secs => ${end.nextInSeconds})`
  const { rows } = await sql<{
    mailbox_id: string
  }>`update mailbox_position set pull_id = null, pull_until = null,
      due_at = case when dirty and not ${end.waits} then kontor_now() else ${next} end,
      wait_until = case when ${end.waits} then ${next} end,
      found_at = case when ${end.found} then kontor_now() else coalesce(found_at, kontor_now()) end,
      missed_at = case when ${end.found} and coalesce(rung_at < checked_at, true) and not (${leftMeanwhile})
        then kontor_now() else missed_at end,
      checked_at = case when ${end.checked} then kontor_now() else checked_at end,
      failing_since = case when ${end.ok} then null when wait_until is not null and not ${end.waits} then kontor_now()
        else coalesce(failing_since, kontor_now()) end
    where mailbox_id = ${mailboxId} and pull_id = ${pullId} returning mailbox_id`.execute(tx)
  if (rows.length === 0) return false
  if (end.checked)
    await sql`update mailbox set last_checked_at = kontor_now() where id = any(read_together(${mailboxId}))`.execute(
      tx,
    )
  return true
}
