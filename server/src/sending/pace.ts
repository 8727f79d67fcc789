/**
 * Pace and allowance: the gap between two mails of ranks 1 to 4 of one mailbox, with a jitter that is a hash of the
 * mail's id, so that forecast and dispatch agree on it; and how much of a day is left for these ranks.
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

/** What a day has used so far, and of that by direct mail. */
export interface Used {
  readonly all: number
  readonly direct: number
}

/** Mails of the day that are still kept for direct mail: what direct mail has used of the reserve is not kept twice. */
export function keptForDirect(reserve: number, used: Used, limit: number): number {
  return Math.min(Math.max(0, reserve - used.direct), Math.max(0, limit - used.all))
}

/** How much of the day is left for ranks 1 to 4. The reserve is theirs too once it is released. */
export function leftForRanks(limit: number, used: Used, reserve: number): number {
  return Math.max(0, limit - used.all - keptForDirect(reserve, used, limit))
}
