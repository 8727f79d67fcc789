/**
 * The desk on which applications are decided: where one stands, and what can be undone.
 * Decisions themselves live on the server from the first key on; this keeps only position and trail.
 * A decision moves on to the next open application, so that a pile goes by in one rhythm of keys.
 */
import type { Application } from '@kontor/api/campaigns'

export type Verdict = NonNullable<Application['decision']>

export interface Desk {
  readonly chosen: string | undefined
  /** Newest last: which application was decided, and what it held before. */
  readonly trail: readonly { readonly id: string; readonly before: Verdict | undefined }[]
}

export const emptyDesk: Desk = { chosen: undefined, trail: [] }

export function position(desk: Desk, rows: readonly Application[]): number {
  const at = rows.findIndex((row) => row.id === desk.chosen)
  return at === -1 ? firstOpen(rows) : at
}

/** Only what was not yet sent can be decided, and only while the person still wants to take part. */
export function decidable(application: Application): boolean {
  return (
    application.decisionSentAt === undefined &&
    application.memberState !== 'withdrawn' &&
    application.memberState !== 'declined'
  )
}

export function moved(desk: Desk, rows: readonly Application[], step: 1 | -1): Desk {
  const next = rows[position(desk, rows) + step]
  return next ? { ...desk, chosen: next.id } : desk
}

/** After a decision: note it in the trail and turn to the next open application, if there is one. */
export function decided(desk: Desk, rows: readonly Application[], id: string): Desk {
  const at = rows.findIndex((row) => row.id === id)
  const row = rows[at]
  if (!row) return desk
  const rest = [...rows.slice(at + 1), ...rows.slice(0, at)]
  const next = rest.find((other) => other.decision === undefined && decidable(other))
  return { chosen: next?.id ?? id, trail: [...desk.trail, { id, before: row.decision }] }
}

/** Takes the last decision back: what to write, and where to look. */
export function undone(
  desk: Desk,
): { readonly desk: Desk; readonly id: string; readonly verdict: Verdict | null } | undefined {
  const last = desk.trail.at(-1)
  if (!last) return undefined
  return {
    desk: { chosen: last.id, trail: desk.trail.slice(0, -1) },
    id: last.id,
    verdict: last.before ?? null,
  }
}

export interface Tally {
  readonly open: number
  readonly approved: number
  readonly rejected: number
}

/** Counts what "Send n decisions" would send, and what is still open. A decision on whoever is barred stays here. */
export function tally(rows: readonly Application[]): Tally {
  const live = rows.filter(decidable)
  const sendable = live.filter((row) => row.barred === undefined)
  return {
    open: live.filter((row) => row.decision === undefined).length,
    approved: sendable.filter((row) => row.decision === 'approved').length,
    rejected: sendable.filter((row) => row.decision === 'rejected').length,
  }
}

function firstOpen(rows: readonly Application[]): number {
  const at = rows.findIndex((row) => row.decision === undefined && decidable(row))
  return at === -1 ? 0 : at
}
