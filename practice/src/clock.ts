/**
 * The clock of the practice world, and the only file here that reads the machine's time or sets a timer.
 *
 * Practice time = real time + an offset that the control interface moves and the database keeps. Everything the outside
 * world does (arrival times, token life, planned answers) runs on practice time; only the times inside an id_token are real,
 * because the product checks those against the machine.
 */
import type { Store } from './store/store.ts'

/** Real time in milliseconds since 1970, and a way to be called later. Tests give a fixed one. */
export interface RealTime {
  now(): number
  /** Calls `run` once after `ms` of real time; the returned function calls it off. */
  after(ms: number, run: () => void): () => void
}

export const machineTime: RealTime = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

export interface Clock {
  /** Practice time, milliseconds since 1970. */
  now(): number
  /** Real time, milliseconds since 1970. */
  real(): number
  offset(): number
  setOffset(ms: number): void
}

const OFFSET = 'clock.offset'

/** The practice clock whose offset is kept in `store`. */
export function practiceClock(store: Store, real: RealTime): Clock {
  let offset = Number(store.setting(OFFSET) ?? '0')
  return {
    now: () => real.now() + offset,
    real: () => real.now(),
    offset: () => offset,
    setOffset(ms) {
      store.keep(OFFSET, String(ms))
      offset = ms
    },
  }
}

/** ISO 8601 in UTC with milliseconds, for answers and records. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}

/** RFC 5322 §3.3 date-time in UTC. */
export function mailDate(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000')
}

/** RFC 9110 §5.6.7 date, for `Retry-After`. */
export function httpDate(ms: number): string {
  return new Date(ms).toUTCString()
}

/** `Retry-After` as a date, or as seconds from now (RFC 9110 §10.2.3); undefined for any other way of saying it. */
export function waitHeader(way: string, untilMs: number, nowMs: number): string | undefined {
  if (way === 'seconds') return String(Math.ceil((untilMs - nowMs) / 1000))
  return way === 'date' ? httpDate(untilMs) : undefined
}

/** Milliseconds since 1970 of an ISO 8601 or RFC 5322 text; undefined when it is neither. */
export function readTime(text: string): number | undefined {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms
}
