/**
 * Statements on outage reports: from when to when a mailbox was not read, and what was found once it was. One report
 * is open while a gap is being checked, so that a page can show it growing and a crash loses none of it.
 */
import { sql } from 'kysely'
import { readTogether } from '../correspondence/index.ts'
import type { ProviderFailure } from '../mailboxes/provider.ts'
import type { Tx } from '../platform/db/index.ts'

/** `gap`: nobody looked; `expired`: the provider had forgotten the position; `earlier`: a person asked for the time before. */
export type OutageReason = 'gap' | 'expired' | 'earlier'

export interface OutageReport {
  readonly id: string
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly recovered: number
  /** Could not be read when the check ended. */
  readonly setAside: number
  readonly complete: boolean
  readonly reason: OutageReason
  /** Of one that is open: how the last look in it failed. */
  readonly heldBy?: ProviderFailure['kind']
}

/** Opens a report, unless one is open: then its reason becomes the graver one and its beginning the earlier. */
export async function openOutageReport(
  tx: Tx,
  report: {
    readonly workspaceId: string
    readonly id: string
    readonly mailboxId: string
    readonly from: Temporal.Instant
    readonly reason: OutageReason
  },
): Promise<void> {
  await sql`insert into outage_report (workspace_id, id, mailbox_id, from_at, to_at, recovered, complete, reason)
    values (${report.workspaceId}, ${report.id}, ${report.mailboxId}, ${report.from}, kontor_now(), 0, false, ${report.reason})
    on conflict (workspace_id, mailbox_id) where not complete do update set
      from_at = least(outage_report.from_at, excluded.from_at),
      reason = case when outage_report.reason = 'gap' then excluded.reason else outage_report.reason end`.execute(
    tx,
  )
}

export async function countRecovered(tx: Tx, mailboxId: string, replies: number): Promise<void> {
  await sql`update outage_report set recovered = recovered + ${replies}, to_at = kontor_now()
    where mailbox_id = ${mailboxId} and not complete`.execute(tx)
}

/** A look failed while a gap is open: what came in it cannot be checked, and this is why. Undefined: it is being checked. */
export async function holdOutageReport(
  tx: Tx,
  mailboxId: string,
  heldBy: ProviderFailure['kind'] | undefined,
): Promise<void> {
  await sql`update outage_report set held_by = ${heldBy ?? null} where mailbox_id = ${mailboxId} and not complete`.execute(
    tx,
  )
}

/** The gap is checked. Gives what was found, or undefined when none was open. */
export async function closeOutageReport(
  tx: Tx,
  mailboxId: string,
  unread: number,
): Promise<OutageReport | undefined> {
  const { rows } = await sql<Row>`update outage_report
    set complete = true, to_at = kontor_now(), set_aside = ${unread}, held_by = null
    where mailbox_id = ${mailboxId} and not complete
    returning id, from_at, to_at, recovered, set_aside, complete, reason, held_by`.execute(tx)
  return rows.map(reportOf)[0]
}

const shownAtMost = 50

export async function outageReports(tx: Tx, mailboxId: string): Promise<OutageReport[]> {
  const { rows } = await sql<Row>`
    select id, from_at, to_at, recovered, set_aside, complete, reason, held_by from outage_report
    where mailbox_id = ${readTogether(mailboxId)} order by created_at desc, id desc limit ${shownAtMost}`.execute(
    tx,
  )
  return rows.map(reportOf)
}

interface Row {
  id: string
  from_at: Temporal.Instant
  to_at: Temporal.Instant
  recovered: number
  set_aside: number
  complete: boolean
  reason: OutageReason | null
  held_by: ProviderFailure['kind'] | null
}

function reportOf(row: Row): OutageReport {
  return {
    id: row.id,
    from: row.from_at,
    to: row.to_at,
    recovered: row.recovered,
    setAside: row.set_aside,
    complete: row.complete,
    reason: row.reason ?? 'gap',
    ...(row.held_by === null ? {} : { heldBy: row.held_by }),
  }
}
