/**
 * Statements on which process attends which mailbox. Whoever attends one proves it by `attend_id` in every write; the
 * claim is free once its process is gone or has not kept it.
 */
import { sql } from 'kysely'
import type { Database, Tx } from '../platform/db/index.ts'
import type { MailboxRef } from './store-position.ts'

/** Why no connection tells of a mailbox, in stable codes. */
export type AttendOff = 'not_offered' | 'refused' | 'crowded'

/** How long a claim lives in which its process does not keep it. */
const keptSeconds = 45

/** Told whenever somebody may have to attend a mailbox, or must not any more. */
export const attendChannel = 'kontor_attend'

interface RefRow {
  workspace_id: string
  mailbox_id: string
}

/** Mailboxes of these endpoints that nobody attends, across workspaces: ids only. */
export async function dueAttendances(
  database: Database,
  endpoints: readonly string[],
  limit: number,
): Promise<MailboxRef[]> {
  const { rows } = await database.call((db) =>
    sql<RefRow>`select * from due_attendances(${[...endpoints]}::text[], ${limit})`.execute(db),
  )
  return rows.map(refOf)
}

/** Mailboxes whose process is gone or stands still, across workspaces: ids only. */
export async function lostAttendances(database: Database, limit: number): Promise<MailboxRef[]> {
  const { rows } = await database.call((db) =>
    sql<RefRow>`select * from lost_attendances(${limit})`.execute(db),
  )
  return rows.map(refOf)
}

export interface Attended extends MailboxRef {
  readonly attendId: string
}

/** Keeps what a process attends; gives what of it is still its own and may be read. */
export async function keepAttendances(database: Database, holder: number): Promise<Attended[]> {
  const { rows } = await database.call((db) =>
    sql<RefRow & { attend_id: string }>`select * from keep_attendances(${holder}, ${keptSeconds})`.execute(
      db,
    ),
  )
  return rows.map((row) => ({ ...refOf(row), attendId: row.attend_id }))
}

export interface Claimed extends Attended {
  /** No connection has lasted since. */
  readonly failingSince: Temporal.Instant | undefined
  /** Its connection has told before. */
  readonly stood: boolean
}

/** Takes a mailbox; undefined when somebody else has. `holder`: as whom others know us. */
export async function claimAttendance(
  tx: Tx,
  { workspaceId, mailboxId }: MailboxRef,
  { attendId, holder }: { readonly attendId: string; readonly holder: number },
): Promise<Claimed | undefined> {
  const { rows } = await sql<{ failing_since: Temporal.Instant | null; stood: boolean }>`
    insert into mailbox_attendance as a (workspace_id, mailbox_id, attend_id, holder, until_at)
    values (${workspaceId}, ${mailboxId}, ${attendId}, ${holder}, kontor_now() + make_interval(secs => ${keptSeconds}))
    on conflict (workspace_id, mailbox_id) do update
      set attend_id = excluded.attend_id, holder = excluded.holder, until_at = excluded.until_at, stands_since = null
      where a.attend_id is null and a.try_at <= kontor_now()
    returning failing_since, stood_at is not null as stood`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  return { workspaceId, mailboxId, attendId, failingSince: row.failing_since ?? undefined, stood: row.stood }
}

/** From now on the connection tells; false when it is not ours any more. */
export async function standAttendance(tx: Tx, { mailboxId, attendId }: Attended): Promise<boolean> {
  const { numAffectedRows } = await sql`update mailbox_attendance
    set stands_since = kontor_now(), stood_at = coalesce(stood_at, kontor_now()), off_reason = null
    where mailbox_id = ${mailboxId} and attend_id = ${attendId}`.execute(tx)
  return numAffectedRows === 1n
}

/** When a mailbox that nobody attends is tried again, and what stands in the way. */
export interface Left {
  readonly tryAt: Temporal.Instant
  readonly failingSince: Temporal.Instant | undefined
  readonly off: AttendOff | undefined
}

/** The connection is over; false when it was not ours any more. */
export async function leaveAttendance(
  tx: Tx,
  { mailboxId, attendId }: Attended,
  next: Left,
): Promise<boolean> {
  const { numAffectedRows } = await sql`update mailbox_attendance
    set attend_id = null, holder = null, until_at = null, stands_since = null, try_at = ${next.tryAt},
      failing_since = ${next.failingSince ?? null}, off_reason = ${next.off ?? null}
    where mailbox_id = ${mailboxId} and attend_id = ${attendId}`.execute(tx)
  await sql`select pg_notify(${attendChannel}, '')`.execute(tx)
  return numAffectedRows === 1n
}

/**
 * Ends the connection of a mailbox that could not be looked at for as long as it stood; false when none stood so long.
 * Whoever holds it is told, and it is tried again after so long.
 */
export async function leaveCrowded(tx: Tx, mailboxId: string, pauseSeconds: number): Promise<boolean> {
  const { numAffectedRows } = await sql`update mailbox_attendance a
    set attend_id = null, holder = null, until_at = null, stands_since = null, failing_since = null,
      off_reason = 'crowded', try_at = kontor_now() + make_interval(secs => ${pauseSeconds})
    where a.mailbox_id = ${mailboxId} and a.stands_since <= (select p.failing_since from mailbox_position p
      where p.mailbox_id = ${mailboxId})`.execute(tx)
  if (numAffectedRows === 0n) return false
  await sql`select pg_notify(${attendChannel}, '')`.execute(tx)
  return true
}

/** Takes a mailbox from a process that is gone; false when somebody else has, or it lives. */
export async function freeAttendance(tx: Tx, mailboxId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update mailbox_attendance
    set attend_id = null, holder = null, until_at = null, stands_since = null, try_at = kontor_now()
    where mailbox_id = ${mailboxId} and attend_id is not null
      and (until_at <= kontor_now() or not is_present(holder))`.execute(tx)
  return numAffectedRows === 1n
}

/** Whoever attends it is told to stop; if it may still be read, it is attended anew, as it is to be reached now. */
export async function forgetAttendance(tx: Tx, mailboxId: string): Promise<void> {
  await sql`delete from mailbox_attendance where mailbox_id = ${mailboxId}`.execute(tx)
  await sql`select pg_notify(${attendChannel}, '')`.execute(tx)
}

function refOf(row: RefRow): MailboxRef {
  return { workspaceId: row.workspace_id, mailboxId: row.mailbox_id }
}
