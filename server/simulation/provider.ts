/**
 * The provider of the simulation. It keeps its own log of what it took, from which address and when; the verdict is read
 * from that log. It knows neither mails nor ranks: a mail is known by the marker in its subject.
 */
import type { Accepted, Outcome, SentHints } from '../src/mailboxes/provider.ts'
import type { Fate } from './fates.ts'
import type { Moment } from './record.ts'

/** One mail that the provider took. */
export interface Taken {
  readonly marker: string
  readonly mailboxId: string
  readonly address: string
  /** When the worker that sent it had claimed it. */
  readonly claimed: Moment
  readonly called: Moment
  readonly taken: Moment
  /** The sender had given up before it was taken. */
  readonly late: boolean
  readonly inSentFrom: number
}

export interface Call {
  readonly mailboxId: string
  readonly address: string
  readonly claimed: Moment
  readonly fate: Fate
}

/** What the world does for the provider: time, things that happen later, and a worker that waits for the answer. */
export interface Outside {
  moment(): Moment
  later(after: number, what: () => void | Promise<void>): void
  answer(outcome: Outcome<Accepted>): Promise<void>
}

export class SimulatedProvider {
  readonly log: Taken[] = []
  /** Markers that were refused for good. */
  readonly refused = new Set<string>()
  /** Sabotage: the next mail is answered with yes and dropped. */
  dropNext = false
  readonly #heads = new Map<string, { readonly text: string; readonly taken: Taken }[]>()

  /** A mail comes in. Answers at once, or undefined when the answer comes later by `answer`. */
  receive(raw: Uint8Array, call: Call, outside: Outside): Outcome<Accepted> | undefined {
    const head = new TextDecoder().decode(raw.subarray(0, 4096))
    const marker = markerOf(head)
    const { fate } = call
    const called = outside.moment()
    const { takenAfter, answeredAfter } = fate
    const take = () => {
      if (this.dropNext) this.dropNext = false
      else this.#take(head, { ...call, marker, called, taken: outside.moment(), late: isLate(fate) })
    }
    if (fate.name === 'refused' || fate.name === 'refused_late') this.refused.add(marker)
    if (takenAfter === 0) take()
    else if (takenAfter !== undefined) outside.later(takenAfter, take)
    if (answeredAfter === 0) return answerOf(fate, called)
    if (answeredAfter !== undefined)
      outside.later(answeredAfter, () => outside.answer(answerOf(fate, outside.moment())))
    return undefined
  }

  /** Sabotage: somebody hands a mail over once more. */
  takeAgain(one: Taken, moment: Moment): void {
    this.log.push({ ...one, taken: moment })
  }

  find(address: string, hints: SentHints, now: number): Outcome<Accepted | undefined> {
    const found = (this.#heads.get(address) ?? []).find(
      ({ text, taken }) => taken.inSentFrom <= now && text.includes(hints.token),
    )
    return { ok: true, value: found && { providerMessageId: `found-${found.taken.marker}` } }
  }

  #take(text: string, { fate, ...one }: Call & Omit<Taken, 'inSentFrom'>): void {
    const taken = { ...one, inSentFrom: one.taken.at + fate.inSentAfter }
    this.log.push(taken)
    const heads = this.#heads.get(one.address) ?? []
    this.#heads.set(one.address, heads)
    heads.push({ text, taken })
  }
}

/** Subjects carry what a mail is known by: `[m-17]`. */
function markerOf(head: string): string {
  return /^Subject: .*\[(m-\d+)\]/m.exec(head)?.[1] ?? 'unknown'
}

function isLate({ takenAfter = 0, answeredAfter = Infinity }: Fate): boolean {
  return takenAfter > answeredAfter
}

function answerOf({ name, waitFor }: Fate, { at, seq }: Moment): Outcome<Accepted> {
  const until = Temporal.Instant.fromEpochMilliseconds(at + waitFor)
  switch (name) {
    case 'refused':
    case 'refused_late':
      return failed({
        kind: 'rejected',
        why: 'recipient_invalid',
        permanent: true,
        diagnostic: 'no such box',
      })
    case 'stumbles':
    case 'stumbles_late':
      return failed({ kind: 'transient', diagnostic: '503' })
    case 'throttles':
      return failed({ kind: 'throttled', until, diagnostic: '429' })
    case 'day_is_full':
      return failed({ kind: 'quota_day', until, diagnostic: 'daily limit' })
    case 'token_refused':
      return failed({ kind: 'unauthorised', why: 'token_refused', diagnostic: '401' })
    case 'we_are_unknown':
      return failed({ kind: 'our_config', diagnostic: 'invalid_client' })
    case 'cut_before':
    case 'cut_after':
    case 'stalls_too_long':
    case 'takes_late':
      return failed({ kind: 'unknown_outcome', diagnostic: 'the connection was cut' })
    case 'taken':
    case 'stalls':
    case 'freezes':
    case 'freezes_before_the_call':
    case 'dies_holding':
    case 'dies_before_the_call':
    case 'dies_before':
    case 'dies_after':
      return { ok: true, value: { providerMessageId: `p${seq}`, providerThreadId: `t${seq}` } }
  }
}

function failed<F>(failure: F): { readonly ok: false; readonly failure: F } {
  return { ok: false, failure }
}
