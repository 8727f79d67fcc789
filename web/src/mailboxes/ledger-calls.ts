/**
 * Entries of the access log as the calls that they tell of. A call has an entry before it and one after it; the page
 * shows one line with both. An entry that stands alone (folded looks, a call that never ended) is a line of its own.
 */
import type { LedgerEntry } from '@kontor/api/mailboxes'

export interface LedgerCall {
  readonly key: number
  readonly at: string
  readonly purpose: string
  readonly call: string
  readonly depth: LedgerEntry['depth']
  /** Emails touched. */
  readonly touched: number
  /** More than one for looks that found nothing, which are folded by the hour. */
  readonly times: number
  /** Kind of failure; absent when it succeeded. */
  readonly failure?: string
  /** Begun, and its end was never written. */
  readonly unended: boolean
  /** The seal of its last entry. */
  readonly seal: string
}

const foldedCall = 'changesSince'

/** `entries`: latest first, as the server gives them. */
export function callsOf(entries: readonly LedgerEntry[]): LedgerCall[] {
  const calls: LedgerCall[] = []
  const ends = new Map<string, number[]>()
  for (const entry of entries) {
    const name = `${entry.call} ${entry.purpose}`
    const waiting = ends.get(name) ?? []
    if (entry.phase === 'after') {
      ends.set(name, [...waiting, calls.length])
      calls.push(callOf(entry, false))
      continue
    }
    const end = waiting.shift()
    if (end !== undefined && entry.times === 1) ends.set(name, waiting)
    else calls.push(callOf(entry, !isFolded(entry)))
  }
  return calls
}

// a look that found something has no entry before it: it was counted, and the count of the hour stands apart
function isFolded(entry: LedgerEntry): boolean {
  return entry.call === foldedCall && entry.purpose === 'pull'
}

function callOf(entry: LedgerEntry, unended: boolean): LedgerCall {
  const { seq: key, at, purpose, call, depth, touched, times, outcome, hash: seal } = entry
  const failure = outcome === undefined || outcome === 'ok' ? {} : { failure: outcome }
  return { key, at, purpose, call, depth, touched, times, unended, seal, ...failure }
}
