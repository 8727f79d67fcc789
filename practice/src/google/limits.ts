/**
 * The limits of the provider, off unless a behaviour sets them: units per minute and mailbox, mails per rolling 24 hours and
 * mailbox. Minutes are counted in memory, as they are forgotten at once; days are counted from the record of mails.
 */
import type { Call } from '../calls.ts'
import { type Clock, isoTime } from '../clock.ts'
import type { Faults } from '../faults.ts'
import type { Store } from '../store/store.ts'
import { rateLimited, unitsSpent } from './gmail-errors.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

export interface LimitParts {
  readonly store: Store
  readonly clock: Clock
  readonly faults: Faults
}

export class Limits {
  readonly #parts: LimitParts
  readonly #spent = new Map<string, { readonly minute: number; readonly units: number }>()

  constructor(parts: LimitParts) {
    this.#parts = parts
  }

  /** Spends units of this minute; throws Google's 429 when they are used up. */
  spend(mailbox: string, call: Call, units: number): void {
    const { clock, faults } = this.#parts
    const unitsPerMinute = faults.behaves('unitsPerMinute', mailbox, call)
    if (unitsPerMinute === 0) return
    const minute = Math.floor(clock.now() / MINUTE_MS)
    const before = this.#spent.get(mailbox)
    const spent = before?.minute === minute ? before.units : 0
    if (spent + units > unitsPerMinute) throw unitsSpent()
    this.#spent.set(mailbox, { minute, units: spent + units })
  }

  /** Throws Google's 429 with the time of the next free place when a day's mails are sent. */
  checkDay(mailbox: string, call: Call): void {
    const { store, clock, faults } = this.#parts
    const sendsPerDay = faults.behaves('sendsPerDay', mailbox, call)
    if (sendsPerDay === 0) return
    const row = store.one(
      'select at from mail_record where mailbox = ? and at > ? order by at desc limit 1 offset ?',
      mailbox,
      clock.now() - DAY_MS,
      sendsPerDay - 1,
    )
    if (row !== undefined) throw rateLimited(isoTime(row.int('at') + DAY_MS), { what: 'sending', as: '' })
  }
}
