/**
 * What this world tells other programs by itself. A push is a row that outlives a restart; it leaves at its time, is answered with a
 * success or tried again with growing waits, for as long as the provider keeps it. Pushes wait for nothing of one another, so they may overtake.
 * The faults on order (lost, twice, delayed) meet each push once, before its first attempt.
 */
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import { Reader } from '../json.ts'
import type { Outbound } from '../outbound.ts'
import { recordPush } from '../push-records.ts'
import type { Message } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import { hideUntil, seenFrom } from '../store/unseen.ts'
import type { Due } from './due.ts'

export type PushKind = 'gmail' | 'graph' | 'graph-lifecycle'

export interface Push {
  readonly kind: PushKind
  readonly mailbox: string
  readonly url: string
  readonly body: Readonly<Record<string, unknown>>
  /** Practice time at which it leaves; now unless given. */
  readonly at?: number | undefined
  /** Whose signed token comes with it, and for whom it is meant. */
  readonly token?: { readonly serviceAccount: string; readonly audience: string } | undefined
}

export interface PushParts {
  readonly store: Store
  readonly clock: Clock
  readonly faults: Faults
  readonly outbound: Outbound
  readonly queue: Due
  /** A signed token for a push; it is made anew for each attempt. */
  readonly sign: (serviceAccount: string, audience: string) => Promise<string>
}

const LONGEST_WAIT_MS = 600_000
/** How long an unanswered push is tried: as long as a topic keeps its messages, and as Graph says of its own. */
const TRIED_MS: Readonly<Record<PushKind, number>> = {
  gmail: 7 * 86_400_000,
  graph: 4 * 3_600_000,
  'graph-lifecycle': 4 * 3_600_000,
}

export class Pushes {
  readonly #parts: PushParts

  constructor(parts: PushParts) {
    this.#parts = parts
    parts.queue.on('push', (detail) => this.#attempt(new Reader(detail)))
  }

  /** Tells of a change, unless a fault has it otherwise. Call it inside the transaction that makes the change. */
  tell(push: Push): void {
    const { clock, faults } = this.#parts
    if (faults.strike('pushLost', push.mailbox) !== undefined) {
      this.leaveOut(push, 'lost')
      return
    }
    const late = faults.strike('pushDelayed', push.mailbox)?.ms ?? 0
    const at = (push.at ?? clock.now()) + late
    const twice = faults.strike('pushTwice', push.mailbox) !== undefined
    for (let left = twice ? 2 : 1; left > 0; left -= 1) this.send({ ...push, at })
  }

  /** Tells, whatever faults are on order. */
  send(push: Push): void {
    const { clock } = this.#parts
    const at = push.at ?? clock.now()
    this.#plan(at, {
      kind: push.kind,
      mailbox: push.mailbox,
      url: push.url,
      body: JSON.stringify(push.body),
      until: at + TRIED_MS[push.kind],
      attempt: 1,
      token: push.token,
    })
  }

  /** Writes down a push that never leaves. */
  leaveOut(push: Push, outcome: 'lost' | 'dropped'): void {
    const { store, clock } = this.#parts
    const { mailbox, kind, url } = push
    const body = JSON.stringify(push.body)
    recordPush(store, { at: clock.now(), mailbox, kind, url, attempt: 0, outcome, status: 0, body })
  }

  /** When a message may be told of: as soon as it is seen, or, on order, before that. */
  timeFor(message: Message): number {
    const { store, clock, faults } = this.#parts
    const now = clock.now()
    const early = faults.strike('pushEarly', message.account)
    if (early !== undefined) hideUntil(store, message, now + early.ms)
    return early === undefined ? (seenFrom(store, message, now) ?? now) : now
  }

  #plan(at: number, detail: Readonly<Record<string, unknown>>): void {
    const { store, queue } = this.#parts
    queue.schedule(at, { kind: 'push', lane: `push.${store.next('push')}`, detail })
    // after the transaction that this stands in
    queueMicrotask(() => queue.wake())
  }

  async #attempt(detail: Reader): Promise<() => void> {
    const { store, clock, faults, outbound } = this.#parts
    const [url, body, kind] = [detail.text('url'), detail.text('body'), detail.text('kind')]
    const [attempt, mailbox] = [detail.number('attempt'), detail.text('mailbox')]
    const withinMs = faults.behaves('pushAnswerSeconds', mailbox) * 1000
    const heard = await outbound.post(url, { headers: await this.#headers(detail), body, withinMs })
    return () => {
      const outcome = heard === undefined ? 'unanswered' : 'answered'
      const status = heard?.status ?? 0
      const at = clock.now()
      recordPush(store, { at, mailbox, kind, url, attempt, outcome, status, body })
      if (isTaken(kind, status)) return
      const first = faults.behaves('pushRetrySeconds', mailbox) * 1000
      const wait = Math.min(first * 2 ** (attempt - 1), Math.max(first, LONGEST_WAIT_MS))
      if (wait > 0 && at + wait <= detail.number('until'))
        this.#plan(at + wait, { ...Object.fromEntries(detail.entries()), attempt: attempt + 1 })
    }
  }

  async #headers(detail: Reader): Promise<Readonly<Record<string, string>>> {
    const token = detail.maybeReader('token')
    const type = { 'content-type': 'application/json; charset=utf-8' }
    if (token === undefined) return type
    const signed = await this.#parts.sign(token.text('serviceAccount'), token.text('audience'))
    return { ...type, authorization: `Bearer ${signed}` }
  }
}

/** A topic takes fewer answers for a yes than Graph does. */
function isTaken(kind: string, status: number): boolean {
  return kind === 'gmail' ? [200, 201, 202, 204].includes(status) : status >= 200 && status < 300
}
