/**
 * Statements of the lease: taking work, writing the next day and window, finding what ran out.
 * These cross workspaces through definer functions and return ids alone.
 */
import { sql } from 'kysely'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Day, SendingWindow, WindowSettings } from './window.ts'

export interface Lease {
  readonly workspaceId: string
  readonly submissionId: string
  readonly mailboxId: string
  readonly leaseId: string
}

/** One autocommit call: the function needs a fresh snapshot for each statement inside. */
export async function lease(
  database: Database,
  { mailboxes, ttlSeconds, worker }: { mailboxes: number; ttlSeconds: number; worker: string },
): Promise<Lease[]> {
  const { rows } = await database.call((db) =>
    sql<{ workspace_id: string; submission_id: string; mailbox_id: string; lease_id: string }>`
      select * from outbox_lease(${mailboxes}, make_interval(secs => ${ttlSeconds}), ${worker})`.execute(db),
  )
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    submissionId: row.submission_id,
    mailboxId: row.mailbox_id,
    leaseId: row.lease_id,
  }))
}

export interface StaleMailbox {
  readonly workspaceId: string
  readonly mailboxId: string
  readonly addressKey: string
  readonly capZone: string
  readonly dayEndsAt: Temporal.Instant
  readonly closesAt: Temporal.Instant
  readonly window: WindowSettings
  readonly now: Temporal.Instant
}

/** Mailboxes with something to do whose day or window has ended. */
export async function staleMailboxes(database: Database, limit: number): Promise<StaleMailbox[]> {
  const { rows } = await database.call((db) =>
    sql<{
      workspace_id: string
      mailbox_id: string
      address_key: string
      cap_zone: string
      day_ends_at: Temporal.Instant
      closes_at: Temporal.Instant
      zone: string
      window_from: Temporal.PlainTime
      window_to: Temporal.PlainTime
      window_days: number[]
      now_at: Temporal.Instant
    }>`select * from outbox_stale(${limit})`.execute(db),
  )
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    mailboxId: row.mailbox_id,
    addressKey: row.address_key,
    capZone: row.cap_zone,
    dayEndsAt: row.day_ends_at,
    closesAt: row.closes_at,
    window: { zone: row.zone, from: row.window_from, to: row.window_to, days: row.window_days },
    now: row.now_at,
  }))
}

/** Writes the address's next day, unless somebody else did. */
export async function rollDay(
  database: Database,
  addressKey: string,
  expectedEnd: Temporal.Instant,
  day: Day,
): Promise<void> {
  await database.call((db) =>
    sql`select cap_roll(${addressKey}, ${expectedEnd}, ${day.startsAt}, ${day.endsAt})`.execute(db),
  )
}

/** Writes the mailbox's next window, unless somebody else did. */
export async function rollWindow(
  tx: Tx,
  mailboxId: string,
  expectedClose: Temporal.Instant,
  window: SendingWindow,
): Promise<void> {
  await sql`update mailbox_schedule
    set opens_at = ${window.opensAt}, release_at = ${window.releaseAt}, closes_at = ${window.closesAt}
    where mailbox_id = ${mailboxId} and closes_at = ${expectedClose}`.execute(tx)
}

/** When the next lease may succeed anywhere, in milliseconds from now; undefined: nothing waits. */
export async function untilNext(database: Database): Promise<number | undefined> {
  const { rows } = await database.call((db) =>
    sql<{
      next_at: Temporal.Instant | null
      now_at: Temporal.Instant
    }>`select * from outbox_next_at()`.execute(db),
  )
  const row = rows[0]
  if (row === undefined || row.next_at === null) return undefined
  return Math.max(0, row.next_at.epochMilliseconds - row.now_at.epochMilliseconds)
}

export interface SubmissionRef {
  readonly workspaceId: string
  readonly submissionId: string
}

export async function expiredLeases(database: Database, limit: number): Promise<SubmissionRef[]> {
  const { rows } = await database.call((db) =>
    sql<{ workspace_id: string; submission_id: string }>`select * from outbox_expired(${limit})`.execute(db),
  )
  return rows.map((row) => ({ workspaceId: row.workspace_id, submissionId: row.submission_id }))
}

export async function dueLooks(
  database: Database,
  limit: number,
): Promise<(SubmissionRef & { mailboxId: string })[]> {
  const { rows } = await database.call((db) =>
    sql<{ workspace_id: string; submission_id: string; mailbox_id: string }>`
      select * from outbox_in_doubt(${limit})`.execute(db),
  )
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    submissionId: row.submission_id,
    mailboxId: row.mailbox_id,
  }))
}
