/**
 * A worker of the simulation: the product's own lease and dispatch, with a provider and a machine that meet each attempt
 * with its fate. A worker that dies takes every mail on its way with it; a new one goes on under its name.
 */
import type { Accepted, MailProvider, Outcome } from '../src/mailboxes/provider.ts'
import { sendingProvider } from '../src/testing/sending-provider.ts'
import type { Database } from '../src/platform/db/index.ts'
import { createDispatcher } from '../src/sending/dispatch.ts'
import { leaseSeconds } from '../src/sending/store-lease.ts'
import { lease } from '../src/sending/lease.ts'
import type { SendingParts } from '../src/sending/parts.ts'
import type { Lease } from '../src/sending/store-lease.ts'
import type { Fate } from './fates.ts'
import { leavesDoubt } from './fates.ts'
import { Flight } from './flight.ts'
import type { SimulatedProvider } from './provider.ts'
import type { Mail, Moment, Record } from './record.ts'
import type { Timeline } from './timeline.ts'

export interface WorkerParts {
  readonly name: string
  readonly database: Database
  readonly sending: Omit<SendingParts, 'database' | 'openMailbox'>
  readonly timeline: Timeline
  readonly record: Record
  readonly provider: SimulatedProvider
  /** What becomes of the next attempt of a mail. */
  readonly fateOf: (mail: Mail) => Fate
  /** Whether the provider has no answer when it is asked for this mail in Sent. */
  readonly lookFails: (token: string) => boolean
}

/** A mail that waits for its turn at the provider. */
interface Going {
  readonly taken: Lease
  readonly claimed: Moment
  readonly fate: Fate
  readonly flight: Flight
  readonly turn: PromiseWithResolvers<void>
}

const noAnswer = { ok: false, failure: { kind: 'transient', diagnostic: '503' } } as const

export class Worker {
  deaths = 0
  readonly #parts: WorkerParts
  readonly #flights = new Map<Flight, Mail>()

  constructor(parts: WorkerParts) {
    this.#parts = parts
  }

  /** Takes what may leave now, of at most so many mailboxes, and sends it. Returns how many that were. */
  async takeAndSend(mailboxes: number): Promise<number> {
    const { database, name } = this.#parts
    const taken = await lease(database, { mailboxes, ttlSeconds: leaseSeconds, worker: name })
    for (const together of Map.groupBy(taken, ({ workspaceId }) => workspaceId).values())
      await this.#send(together)
    return taken.length
  }

  /** The parts with which this worker looks for what is uncertain. */
  get reconciling(): SendingParts {
    const { database, sending, provider, record, timeline, lookFails } = this.#parts
    return {
      ...sending,
      database,
      openMailbox: (_workspaceId, mailboxId) => {
        const { address } = record.sender(mailboxId)
        const port = sendingProvider(
          () => Promise.reject(new Error('looking does not send')),
          (hints) =>
            Promise.resolve(lookFails(hints.token) ? noAnswer : provider.find(address, hints, timeline.now)),
        )
        return Promise.resolve({ ok: true, value: port })
      },
    }
  }

  /** Written together as the product does it, then called for one after another, so that every run is the same. */
  async #send(together: readonly Lease[]): Promise<void> {
    const { deaths } = this
    const { record, timeline, database, sending } = this.#parts
    const claimed = timeline.moment()
    const going = new Map<string, Going>()
    for (const taken of together) {
      const mail = record.mailById(taken.submissionId)
      if (mail === undefined) throw new Error(`nobody asked for ${taken.submissionId}`)
      const fate = this.deaths > deaths ? undefined : this.#parts.fateOf(mail)
      // a worker that has just died holds the rest of what it took
      if (fate === undefined || fate.name !== 'taken') record.changed(taken.mailboxId, claimed)
      if (fate === undefined) continue
      if (leavesDoubt(fate)) mail.doubtful = true
      if (fate.name === 'dies_holding') {
        this.#die()
        continue
      }
      const flight = new Flight()
      this.#flights.set(flight, mail)
      going.set(taken.mailboxId, { taken, claimed, fate, flight, turn: Promise.withResolvers<void>() })
    }
    const dispatch = createDispatcher({
      ...sending,
      database,
      openMailbox: async (_workspaceId, mailboxId) => {
        const one = going.get(mailboxId)
        if (one === undefined) throw new Error(`${mailboxId} was not leased`)
        await one.turn.promise
        return await this.#open(mailboxId, one)
      },
    })
    const ends = dispatch([...going.values()].map(({ taken }) => taken))
    for (const [n, { taken, flight, turn }] of [...going.values()].entries()) {
      if (flight.dead) record.changed(taken.mailboxId, claimed)
      else
        await flight.start(async () => {
          turn.resolve()
          await ends[n]
          this.#flights.delete(flight)
        })
    }
  }

  async #open(
    mailboxId: string,
    { claimed, fate, flight }: { claimed: Moment; fate: Fate; flight: Flight },
  ): Promise<Outcome<MailProvider>> {
    const { record, provider, timeline } = this.#parts
    if (fate.name === 'dies_before_the_call') {
      const { held } = flight.park<never>()
      this.#die()
      return await held
    }
    if (fate.frozenFor !== undefined) {
      const frozen = flight.park<undefined>()
      timeline.later(fate.frozenFor, () => (flight.dead ? undefined : frozen.resume(undefined)))
      await frozen.held
    }
    const { address } = record.sender(mailboxId)
    const send: MailProvider['send'] = async (raw) => {
      let answer: (outcome: Outcome<Accepted>) => Promise<void> = () => Promise.resolve()
      const outcome = provider.receive(
        raw,
        { mailboxId, address, claimed, fate },
        {
          moment: () => timeline.moment(),
          later: (after, what) => timeline.later(after, what),
          answer: async (said) => {
            if (flight.dead) return
            record.changed(mailboxId, timeline.moment())
            await answer(said)
          },
        },
      )
      if (outcome !== undefined) return outcome
      const waiting = flight.park<Outcome<Accepted>>()
      answer = waiting.resume
      if (fate.answeredAfter === undefined) this.#die()
      return await waiting.held
    }
    return {
      ok: true,
      value: sendingProvider(send, () => Promise.reject(new Error('sending does not look'))),
    }
  }

  #die(): void {
    this.deaths += 1
    for (const [flight, mail] of this.#flights) {
      flight.dead = true
      mail.doubtful = true
    }
    this.#flights.clear()
  }
}
