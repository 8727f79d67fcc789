/**
 * Pace: the gap between two mails of ranks 1 to 4 of one mailbox, with a jitter that is a hash of the mail's id,
 * so that forecast and dispatch agree on it.
 */

/** Milliseconds from 0 to 999, fixed for one submission (FNV-1a over the id). */
export function jitterOf(submissionId: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < submissionId.length; i++) {
    hash = Math.imul(hash ^ submissionId.charCodeAt(i), 0x01000193)
  }
  return (hash >>> 0) % 1000
}

/** Gap in milliseconds after a mail has left. A pace of 0 seconds has no jitter. */
export function gapAfter(paceSeconds: number, jitterMs: number): number {
  return paceSeconds === 0 ? 0 : paceSeconds * 1000 + jitterMs
}

/** How much of the day is left for ranks 1 to 4, as `ranked_allowance` in the database. */
export function rankedAllowance(day: {
  readonly limit: number
  readonly used: number
  readonly usedDirect: number
  readonly reserve: number
  readonly released: boolean
}): number {
  const kept = day.released ? 0 : Math.max(0, day.reserve - day.usedDirect)
  return Math.max(0, day.limit - day.used - kept)
}
