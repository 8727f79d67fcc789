/** One judge for all: what arrived, what became visible and when. */
import { percentile } from '../load.ts'

export interface Arrival {
  readonly id: string
  /** Milliseconds of the practice world's clock. */
  readonly at: number
}

export interface Seen {
  readonly id: string
  readonly at: number
}

export interface CaptureFigures {
  readonly lost: number
  readonly duplicated: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly answers: number
}

/** Every arrival must have been seen, once. The times are of those that were. */
export function judged(arrivals: readonly Arrival[], seen: readonly Seen[]): CaptureFigures {
  const first = new Map<string, number>()
  for (const { id, at } of seen) first.set(id, Math.min(at, first.get(id) ?? at))
  const waits = arrivals
    .flatMap(({ id, at }) => (first.has(id) ? [(first.get(id) ?? at) - at] : []))
    .toSorted((a, b) => a - b)
  return {
    lost: arrivals.filter(({ id }) => !first.has(id)).length,
    duplicated: seen.length - first.size,
    p50Ms: Math.round(percentile(waits, 0.5)),
    p99Ms: Math.round(percentile(waits, 0.99)),
    answers: arrivals.length,
  }
}
