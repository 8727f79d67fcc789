/**
 * Owns every reading of time. The wall clock serves machines (loops, timeouts, sessions); the database clock serves
 * the product (leases, windows, plans) and can be stepped in tests and in the practice world.
 *
 * Refuses: any other file of the server touching `Date`, `performance`, `Temporal.Now` or a bare timer.
 */
import { sql } from 'kysely'
import type { QueryExecutorProvider } from 'kysely'

export type Clock = {
  /** The current instant. */
  now(): Temporal.Instant
  /** Milliseconds since an arbitrary start; never goes backwards. For measuring, not for telling the time. */
  monotonicMs(): number
  /** Resolves after `ms` milliseconds, or as soon as the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const wallClock: Clock = {
  now: () => Temporal.Now.instant(),
  monotonicMs: () => performance.now(),
  sleep,
}

/** A signal that aborts by itself after `ms` milliseconds of real time. */
export function deadline(ms: number): AbortSignal {
  return AbortSignal.timeout(ms)
}

/** An instant for libraries that know no other shape. */
export function asDate(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds)
}

/** The instant in what a library gives. */
export function instantOf(given: Date | string): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(new Date(given).getTime())
}

/** An instant, given in milliseconds of the epoch, as answers and reasons write it; parts of a millisecond are cut. */
export function instantText(milliseconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(milliseconds)).toString()
}

/** The product's time: the database clock plus the stepped offset, constant within one transaction. */
export async function databaseNow(tx: QueryExecutorProvider): Promise<Temporal.Instant> {
  const { rows } = await sql<{ now: Temporal.Instant }>`select kontor_now() as now`.execute(tx)
  const row = rows[0]
  if (row === undefined) throw new Error('kontor_now() returned no row')
  return row.now
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve()
    const wake = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal?.addEventListener('abort', wake, { once: true })
  })
}
