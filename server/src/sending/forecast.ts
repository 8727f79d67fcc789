/**
 * The forecast: when each waiting mail of one mailbox leaves, and why not earlier.
 *
 * A pure walk along the rules that the lease follows: direct first, then a lifted promise, then rank, position, id;
 * the cap of the address's day, the reserve until its release, the sending window, the pace with its hashed jitter,
 * throttling and times before which a mail does not leave. Exact while nothing changes. Times are milliseconds of the
 * epoch inside, because a hundred thousand mails pass through here.
 */
import { gapAfter, rankedAllowance } from './pace.ts'
import type { Reason, StopCode } from './reasons.ts'
import { dayOf, nextWindow } from './window.ts'
import type { WindowSettings } from './window.ts'

export interface WaitingMail {
  readonly id: string
  readonly rank: number
  /** Milliseconds of the epoch. */
  readonly positionAt: number
  readonly notBefore?: number
  readonly liftAt?: number
  readonly jitterMs: number
}

export interface MailboxState {
  readonly now: number
  readonly stopped?: StopCode
  readonly throttledUntil?: number
  readonly pacedUntil?: number
  readonly paceSeconds: number
  readonly reserve: number
  readonly limit: number
  readonly used: number
  readonly usedDirect: number
  readonly capZone: string
  /** End of the day that `used` counts. */
  readonly dayEndsAt: number
  readonly window: WindowSettings
  readonly address: string
}

export interface Expected {
  readonly id: string
  /** Undefined while the mailbox is stopped. */
  readonly at?: number
  readonly position: number
  readonly reason: Reason
}

/** Expected times in the order of leaving. */
export function forecast(mailbox: MailboxState, waiting: readonly WaitingMail[]): Expected[] {
  if (mailbox.stopped !== undefined) {
    const reason = { code: mailbox.stopped }
    return waiting.toSorted(inOrder).map((mail, i) => ({ id: mail.id, position: i + 1, reason }))
  }
  const walk = new Walk(mailbox)
  const queue = new Queue(waiting)
  const expected: Expected[] = []
  for (let position = 1; ; position++) {
    const mail = queue.next(walk)
    if (mail === undefined) return expected
    const reason = walk.leave(mail, position)
    expected.push({ id: mail.id, at: walk.leftAt, position, reason })
  }
}

function inOrder(a: WaitingMail, b: WaitingMail): number {
  return a.rank - b.rank || a.positionAt - b.positionAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Mails by rank, first in first out; those with a time wait apart until it has come. */
class Queue {
  readonly #ready: WaitingMail[][] = [[], [], [], [], []]
  readonly #heads = [0, 0, 0, 0, 0]
  readonly #later: WaitingMail[]
  readonly #lifted: WaitingMail[]
  readonly #gone = new Set<string>()

  constructor(waiting: readonly WaitingMail[]) {
    for (const mail of waiting.toSorted(inOrder)) {
      if (mail.notBefore === undefined) this.#ready[mail.rank]?.push(mail)
    }
    this.#later = waiting
      .filter((mail) => mail.notBefore !== undefined)
      .toSorted((a, b) => (a.notBefore ?? 0) - (b.notBefore ?? 0))
    this.#lifted = waiting
      .filter((mail) => mail.liftAt !== undefined && mail.rank > 0)
      .toSorted((a, b) => (a.liftAt ?? 0) - (b.liftAt ?? 0) || inOrder(a, b))
  }

  /** Takes the mail that leaves next and moves the walk to the instant at which it may. */
  next(walk: Walk): WaitingMail | undefined {
    for (;;) {
      this.#admit(walk.now)
      const direct = this.#peek(0)
      const ranked = this.#peekRanked()
      const timed = this.#later[0]
      const directAt = direct === undefined ? undefined : walk.directAt()
      const rankedAt = ranked === undefined ? undefined : walk.rankedAt()
      const soonest = Math.min(directAt ?? Infinity, rankedAt ?? Infinity)
      if (soonest === Infinity && timed === undefined) return undefined
      const due = timed?.notBefore ?? Infinity
      if (due <= soonest) {
        walk.moveTo(due)
        continue
      }
      walk.moveTo(soonest)
      if (direct !== undefined && directAt === soonest) return this.#take(direct)
      return this.#take(this.#peekLifted(walk.now) ?? this.#peekRanked())
    }
  }

  #admit(now: number): void {
    while (this.#later[0] !== undefined && (this.#later[0].notBefore ?? 0) <= now) {
      const mail = this.#later.shift()
      if (mail === undefined || this.#gone.has(mail.id)) continue
      const list = this.#ready[mail.rank]
      if (list === undefined) continue
      let at = this.#heads[mail.rank] ?? 0
      let end = list.length
      while (at < end) {
        const middle = (at + end) >>> 1
        const other = list[middle]
        if (other !== undefined && inOrder(other, mail) < 0) at = middle + 1
        else end = middle
      }
      list.splice(at, 0, mail)
    }
  }

  #peek(rank: number): WaitingMail | undefined {
    const list = this.#ready[rank] ?? []
    let head = this.#heads[rank] ?? 0
    while (head < list.length && this.#gone.has(list[head]?.id ?? '')) head++
    this.#heads[rank] = head
    return list[head]
  }

  #peekRanked(): WaitingMail | undefined {
    return this.#peek(1) ?? this.#peek(2) ?? this.#peek(3) ?? this.#peek(4)
  }

  #peekLifted(now: number): WaitingMail | undefined {
    const first = this.#lifted.find(
      (mail) =>
        !this.#gone.has(mail.id) && (mail.liftAt ?? Infinity) <= now && (mail.notBefore ?? now) <= now,
    )
    return first
  }

  #take(mail: WaitingMail | undefined): WaitingMail | undefined {
    if (mail !== undefined) this.#gone.add(mail.id)
    return mail
  }
}

/** The mailbox moving through time: its day, its window, its pace. */
class Walk {
  now: number
  leftAt = 0
  readonly #mailbox: MailboxState
  #used: number
  #usedDirect: number
  #dayEndsAt: number
  #opensAt = 0
  #releaseAt = 0
  #closesAt = 0
  #pacedUntil: number
  #why: Reason = { code: 'next' }

  constructor(mailbox: MailboxState) {
    this.#mailbox = mailbox
    this.now = Math.max(mailbox.now, mailbox.throttledUntil ?? 0)
    this.#used = mailbox.used
    this.#usedDirect = mailbox.usedDirect
    this.#dayEndsAt = mailbox.dayEndsAt
    this.#pacedUntil = mailbox.pacedUntil ?? 0
    this.#roll(this.now)
  }

  moveTo(at: number): void {
    if (at > this.now) this.now = at
    this.#roll(this.now)
  }

  /** When a direct mail may leave: any time of a day with allowance. */
  directAt(): number {
    return this.#used < this.#mailbox.limit ? this.now : this.#dayEndsAt
  }

  /** When a mail of ranks 1 to 4 may leave, and why not earlier (kept for `leave`). */
  rankedAt(): number {
    let at = Math.max(this.now, this.#pacedUntil, this.#opensAt)
    let day = { used: this.#used, usedDirect: this.#usedDirect, endsAt: this.#dayEndsAt }
    let window = { opensAt: this.#opensAt, releaseAt: this.#releaseAt, closesAt: this.#closesAt }
    this.#why = this.#opensAt > this.now ? this.#windowReason(this.#opensAt) : { code: 'next' }
    for (let turns = 0; turns < 1000; turns++) {
      if (at >= window.closesAt) {
        window = this.#windowFrom(window.closesAt)
        at = Math.max(at, window.opensAt)
        this.#why = this.#windowReason(window.opensAt)
        continue
      }
      if (at >= day.endsAt) {
        day = { used: 0, usedDirect: 0, endsAt: this.#dayEndAfter(Math.max(at, day.endsAt)) }
        continue
      }
      const released = at >= window.releaseAt
      const left = rankedAllowance({
        limit: this.#mailbox.limit,
        reserve: this.#mailbox.reserve,
        released,
        ...day,
      })
      if (left > 0) return at
      const full = day.used >= this.#mailbox.limit || released
      this.#why = full
        ? { code: 'day_full', values: { limit: this.#mailbox.limit, address: this.#mailbox.address } }
        : { code: 'reserve', values: { reserve: this.#mailbox.reserve } }
      at = full ? day.endsAt : window.releaseAt
    }
    return at
  }

  leave(mail: WaitingMail, position: number): Reason {
    this.leftAt = this.now
    this.#used += 1
    const why: Reason = mail.rank === 0 ? { code: 'next' } : this.#why
    const paced = mail.rank > 0 && this.now === this.#pacedUntil
    if (mail.rank === 0) this.#usedDirect += 1
    else this.#pacedUntil = this.now + gapAfter(this.#mailbox.paceSeconds, mail.jitterMs)
    if ((mail.notBefore ?? 0) === this.now) return { code: 'scheduled' }
    if (why.code === 'next' && this.#throttledNow())
      return { code: 'throttled', values: { until: iso(this.now) } }
    if (why.code === 'next' && position > 1) return { code: 'behind', values: { position } }
    if (why.code === 'next' && paced) return { code: 'pace', values: { position } }
    return { code: why.code, values: { ...why.values, position } }
  }

  #throttledNow(): boolean {
    return (
      (this.#mailbox.throttledUntil ?? 0) > this.#mailbox.now && this.now === this.#mailbox.throttledUntil
    )
  }

  #roll(at: number): void {
    if (at >= this.#dayEndsAt) {
      this.#used = 0
      this.#usedDirect = 0
      this.#dayEndsAt = this.#dayEndAfter(at)
    }
    if (at >= this.#closesAt) {
      const window = this.#windowFrom(at)
      this.#opensAt = window.opensAt
      this.#releaseAt = window.releaseAt
      this.#closesAt = window.closesAt
    }
  }

  #dayEndAfter(at: number): number {
    return dayOf(this.#mailbox.capZone, Temporal.Instant.fromEpochMilliseconds(Math.floor(at))).endsAt
      .epochMilliseconds
  }

  #windowFrom(at: number): { opensAt: number; releaseAt: number; closesAt: number } {
    const window = nextWindow(this.#mailbox.window, Temporal.Instant.fromEpochMilliseconds(Math.floor(at)))
    return {
      opensAt: window.opensAt.epochMilliseconds,
      releaseAt: window.releaseAt.epochMilliseconds,
      closesAt: window.closesAt.epochMilliseconds,
    }
  }

  #windowReason(opensAt: number): Reason {
    return { code: 'window', values: { from: iso(opensAt) } }
  }
}

function iso(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString()
}
