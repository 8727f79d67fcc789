/**
 * Statements of the lease: what is due, what was decided, and what ran out.
 * They cross workspaces through definer functions and see identifiers and numbers alone.
 */
import { sql } from 'kysely'
import { lastly } from '../platform/db/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { GateFacts } from './gates.ts'
import type { StopCode } from './reasons.ts'

/** A lease lives longer than the longest call: an expired one is in doubt for good reason. */
export const leaseSeconds = 120
/** What is left of a lease when its worker has surely been seen: its connection may have been lost, and comes back sooner. */
export const surelySeconds = leaseSeconds - 5

export interface Lease {
  readonly workspaceId: string
  readonly submissionId: string
  readonly mailboxId: string
  readonly leaseId: string
}

/** A mailbox whose alarm has rung, locked until the transaction ends, with everything that decides what leaves. */
export interface DueMailbox {
  readonly workspaceId: string
  readonly mailboxId: string
  readonly addressKey: string
  readonly stopped?: StopCode | undefined
  readonly facts: GateFacts
  /** First mails that are ready: direct; promised for today; exempt from the sending times; by rank. */
  readonly heads: {
    readonly direct?: string | undefined
    readonly lifted?: string | undefined
    readonly exempt?: string | undefined
    readonly ranked?: string | undefined
  }
  readonly directDue?: number | undefined
  readonly rankedDue?: number | undefined
  readonly directBusyUntil?: number | undefined
  readonly busyUntil?: number | undefined
}

interface DueFacts {
  now: number
  workspaceId: string
  mailboxId: string
  addressKey: string
  stopped: StopCode | null
  throttledUntil: number | null
  pacedUntil: number | null
  zone: string
  windowFrom: string
  windowTo: string
  windowDays: number[]
  paceSeconds: number
  reserve: number
  capZone: string
  limit: number
  dayEndsAt: number
  used: number
  usedDirect: number
  rollingLimit: number | null
  rolling: number[]
  flying: number
  flyingDirect: number
  busyUntil: number | null
  directBusyUntil: number | null
  direct: string | null
  lifted: string | null
  exempt: string | null
  ranked: string | null
  directDue: number | null
  rankedDue: number | null
}

/** Locks and reads mailboxes that are due, longest due first; what is locked elsewhere is passed over. */
export async function dueMailboxes(tx: Tx, limit: number): Promise<DueMailbox[]> {
  const { rows } = await sql<{ facts: DueFacts }>`select * from outbox_due(${limit})`.execute(tx)
  return rows.map(({ facts }) => ({
    workspaceId: facts.workspaceId,
    mailboxId: facts.mailboxId,
    addressKey: facts.addressKey,
    stopped: facts.stopped ?? undefined,
    facts: {
      now: facts.now,
      address: facts.addressKey,
      window: {
        zone: facts.zone,
        from: Temporal.PlainTime.from(facts.windowFrom),
        to: Temporal.PlainTime.from(facts.windowTo),
        days: facts.windowDays,
      },
      paceSeconds: facts.paceSeconds,
      reserve: facts.reserve,
      pacedUntil: facts.pacedUntil ?? undefined,
      throttledUntil: facts.throttledUntil ?? undefined,
      capZone: facts.capZone,
      limit: facts.limit,
      dayEndsAt: facts.dayEndsAt,
      used: facts.used,
      usedDirect: facts.usedDirect,
      rollingLimit: facts.rollingLimit ?? undefined,
      rolling: facts.rolling,
      flying: { all: facts.flying, direct: facts.flyingDirect },
    },
    heads: {
      direct: facts.direct ?? undefined,
      lifted: facts.lifted ?? undefined,
      exempt: facts.exempt ?? undefined,
      ranked: facts.ranked ?? undefined,
    },
    directDue: facts.directDue ?? undefined,
    rankedDue: facts.rankedDue ?? undefined,
    directBusyUntil: facts.directBusyUntil ?? undefined,
    busyUntil: facts.busyUntil ?? undefined,
  }))
}

/** What was decided of one locked mailbox. Instants in milliseconds of the epoch. */
export interface Decision {
  readonly now: number
  readonly workspaceId: string
  readonly mailboxId: string
  readonly addressKey: string
  readonly day?: {
    readonly startsAt: number
    readonly endsAt: number
    readonly used: number
    readonly usedDirect: number
  }
  readonly take?: string
  readonly pacedUntil?: number
  /** Absent: nothing to do until somebody wakes it. */
  readonly nextAt?: number
}

/** Writes what was decided, and ends the transaction with it. */
export async function takeDecisions(
  tx: Tx,
  decisions: readonly Decision[],
  {
    ttlSeconds,
    worker,
    holder,
  }: { readonly ttlSeconds: number; readonly worker: string; readonly holder: number | undefined },
): Promise<Lease[]> {
  const { rows } = await lastly(
    tx,
    sql<{
      workspace_id: string
      submission_id: string
      mailbox_id: string
      lease_id: string
    }>`select * from outbox_take(${JSON.stringify(decisions)}::jsonb, make_interval(secs => ${ttlSeconds}), ${worker}, ${holder ?? null})`,
  )
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    submissionId: row.submission_id,
    mailboxId: row.mailbox_id,
    leaseId: row.lease_id,
  }))
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

/** Leases that ran out, and those of workers that are gone. */
export async function expiredLeases(database: Database, limit: number): Promise<SubmissionRef[]> {
  const { rows } = await database.call((db) =>
    sql<{ workspace_id: string; submission_id: string }>`
      select * from outbox_expired(${limit}, make_interval(secs => ${surelySeconds}))`.execute(db),
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
