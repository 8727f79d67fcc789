/**
 * The rules of sending, once: when a mail of an address may leave, and what stands in its way.
 *
 * Gates stand at a moment and only move forward. The dispatcher builds them from locked rows, asks `choose` what leaves
 * now and writes back what they have become; the forecast lets them walk on for every mail that waits. All instants are
 * whole milliseconds of the epoch, because a hundred thousand mails pass through here.
 *
 *   direct   any time; the day's limit, the rolling limit, the provider's wish to wait
 *   ranked   the same, and the sending times, the pace, the reserve of the day until its release
 *   exempt   ranked, without the sending times
 */
import { instantText } from '../platform/clock/index.ts'
import { gapAfter, leftForRanks } from './pace.ts'
import type { Used } from './pace.ts'
import type { Reason } from './reasons.ts'
import { dayOf, nextWindow } from './window.ts'
import type { WindowSettings } from './window.ts'

export interface GateFacts {
  readonly now: number
  readonly address: string
  readonly window: WindowSettings
  readonly paceSeconds: number
  readonly reserve: number
  readonly pacedUntil?: number | undefined
  readonly throttledUntil?: number | undefined
  readonly throttledWhy?: 'throttled' | 'trouble' | 'our_config' | 'returned' | undefined
  readonly capZone: string
  readonly limit: number
  /** End of the day that `used` counts. */
  readonly dayEndsAt: number
  readonly used: number
  readonly usedDirect: number
  /** What is on its way while a day begins is charged to it. */
  readonly flying?: Used
  readonly rollingLimit?: number | undefined
  /** When the address was used in the last 24 hours, oldest first; needed only with a rolling limit. */
  readonly rolling?: readonly number[]
}

/** The ways in which a mail may leave. */
export type Lane = 'direct' | 'ranked' | 'exempt'

const rollingMs = 86_400_000
const unused: Used = { all: 0, direct: 0 }
const next: Reason = { code: 'next' }
const pace: Reason = { code: 'pace' }
const scheduled: Reason = { code: 'scheduled' }

export class Gates {
  now: number
  /** Why the instant that `at` gave last is not the present. */
  why: Reason = next
  readonly facts: GateFacts
  readonly #times: number[]
  #used: Used
  #dayEndsAt: number
  #pacedUntil: number
  #window = { opensAt: 0, releaseAt: 0, closesAt: -Infinity }
  #day: { readonly startsAt: number; readonly endsAt: number } | undefined

  constructor(facts: GateFacts) {
    this.facts = facts
    this.now = facts.now
    this.#times = [...(facts.rolling ?? [])]
    this.#used = { all: facts.used, direct: facts.usedDirect }
    this.#dayEndsAt = facts.dayEndsAt
    this.#pacedUntil = facts.pacedUntil ?? 0
    this.#turn(facts.flying ?? unused)
  }

  /** The day that has begun since the facts were read. */
  get begun(): { readonly startsAt: number; readonly endsAt: number } | undefined {
    return this.#day
  }

  get used(): Used {
    return this.#used
  }

  get pacedUntil(): number {
    return this.#pacedUntil
  }

  /** Time passes. */
  moveTo(at: number): void {
    if (at <= this.now) return
    this.now = at
    this.#turn(unused)
  }

  /** When the next mail of this lane may leave. */
  at(lane: Lane): number {
    const at = this.#floor()
    return lane === 'direct' ? this.#directFrom(at) : this.#rankedFrom(at, lane)
  }

  /** A mail leaves now. */
  charge(lane: Lane, jitterMs: number): void {
    const { all, direct } = this.#used
    if (this.facts.rollingLimit !== undefined) this.#times.push(this.now)
    this.#used = { all: all + 1, direct: lane === 'direct' ? direct + 1 : direct }
    if (lane !== 'direct') this.#pacedUntil = this.now + gapAfter(this.facts.paceSeconds, jitterMs)
  }

  /** What stands in every mail's way: the provider's wish to wait, and the rolling limit. */
  #floor(): number {
    const { throttledUntil = 0, throttledWhy = 'throttled', rollingLimit, address } = this.facts
    const free = rollingLimit === undefined ? 0 : this.#rollingFree(rollingLimit)
    const at = Math.max(this.now, throttledUntil, free)
    if (at === this.now) this.why = next
    else if (at === throttledUntil) this.why = { code: throttledWhy, values: { until: instantText(at) } }
    else this.why = { code: 'rolling', values: { limit: rollingLimit ?? 0, address, from: instantText(at) } }
    return at
  }

  /** Until the use that lies `limit` back is 24 hours old. */
  #rollingFree(limit: number): number {
    const oldest = this.#times[this.#times.length - limit]
    return oldest === undefined ? 0 : oldest + rollingMs
  }

  #directFrom(at: number): number {
    if (at >= this.#dayEndsAt || this.#used.all < this.facts.limit) return at
    this.why = this.#dayFull(this.#dayEndsAt)
    return this.#dayEndsAt
  }

  #rankedFrom(floor: number, lane: 'ranked' | 'exempt'): number {
    const { limit, reserve } = this.facts
    let at = floor
    if (this.#pacedUntil > at) {
      at = this.#pacedUntil
      this.why = pace
    }
    let used = this.#used
    let dayEndsAt = this.#dayEndsAt
    let window = this.#window
    let full = false
    for (;;) {
      if (at >= window.closesAt) window = this.#windowFrom(at)
      if (lane === 'ranked' && at < window.opensAt) {
        at = window.opensAt
        if (!full) this.why = { code: 'window', values: { from: instantText(at) } }
      }
      if (at >= dayEndsAt) {
        used = unused
        dayEndsAt = this.#dayAt(at).endsAt
      }
      const released = at >= window.releaseAt
      if (leftForRanks(limit, used, released ? 0 : reserve) > 0) break
      full = released || used.all >= limit
      if (!full) this.why = { code: 'reserve', values: { reserve } }
      at = full ? dayEndsAt : Math.min(window.releaseAt, dayEndsAt)
    }
    if (full) this.why = this.#dayFull(at)
    return at
  }

  #dayFull(from: number): Reason {
    const { limit, address } = this.facts
    return { code: 'day_full', values: { limit, address, from: instantText(from) } }
  }

  #turn(flying: Used): void {
    if (this.now >= this.#dayEndsAt) {
      const { startsAt, endsAt } = this.#dayAt(this.now)
      // time zone data may change under a running day: a day never begins before the one before it ended
      this.#day = { startsAt: Math.max(startsAt, this.#dayEndsAt), endsAt }
      this.#dayEndsAt = endsAt
      this.#used = flying
    }
    if (this.now >= this.#window.closesAt) this.#window = this.#windowFrom(this.now)
  }

  #dayAt(at: number): { startsAt: number; endsAt: number } {
    const day = dayOf(this.facts.capZone, Temporal.Instant.fromEpochMilliseconds(at))
    return { startsAt: day.startsAt.epochMilliseconds, endsAt: day.endsAt.epochMilliseconds }
  }

  #windowFrom(at: number): { opensAt: number; releaseAt: number; closesAt: number } {
    const window = nextWindow(this.facts.window, Temporal.Instant.fromEpochMilliseconds(at))
    return {
      opensAt: window.opensAt.epochMilliseconds,
      releaseAt: window.releaseAt.epochMilliseconds,
      closesAt: window.closesAt.epochMilliseconds,
    }
  }
}

/** The mails that wait in one mailbox, as far as the rules need to see them. */
export interface Line<Mail> {
  /** The first direct mail whose time has come. */
  direct(now: number): Mail | undefined
  /** The first of the others: what was promised for today, then by rank; or only what is exempt from the sending times. */
  ranked(now: number, lane: 'ranked' | 'exempt'): Mail | undefined
  /** When the next mail that has a time may be looked at; Infinity for none. */
  due(lane: 'direct' | 'ranked'): number
  /** While one of them is on its way: no direct one beside a direct one, no other beside any. */
  busyUntil(lane: 'direct' | 'ranked'): number
}

export type Choice<Mail> =
  | { readonly mail: Mail; readonly lane: Lane }
  /** Nothing leaves now: when to look again (Infinity for never), and what is waited for. */
  | { readonly mail?: undefined; readonly at: number; readonly why: Reason }

/** What leaves now. Direct before the others; the others strictly in their order. */
export function choose<Mail>(gates: Gates, line: Line<Mail>): Choice<Mail> {
  const { now } = gates
  let at = Math.min(line.due('direct'), line.due('ranked'))
  let why = scheduled
  const direct = line.direct(now)
  if (direct !== undefined) {
    const from = Math.max(gates.at('direct'), line.busyUntil('direct'))
    if (from <= now) return { mail: direct, lane: 'direct' }
    if (from < at) [at, why] = [from, gates.why]
  }
  const ranked = line.ranked(now, 'ranked')
  if (ranked === undefined) return { at, why }
  const from = Math.max(gates.at('ranked'), line.busyUntil('ranked'))
  if (from <= now) return { mail: ranked, lane: 'ranked' }
  if (from < at) [at, why] = [from, gates.why]
  const exempt = line.ranked(now, 'exempt')
  if (exempt === undefined) return { at, why }
  const exemptFrom = Math.max(gates.at('exempt'), line.busyUntil('ranked'))
  if (exemptFrom <= now) return { mail: exempt, lane: 'exempt' }
  return exemptFrom < at ? { at: exemptFrom, why: gates.why } : { at, why }
}
