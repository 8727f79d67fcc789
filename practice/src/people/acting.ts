/**
 * People who act by themselves. An arrival in a person's mailbox plans a reaction (its time by the pace); when it is due the
 * person opens the brief page, writes, or leaves it. Everything is decided by seed, address and message, so that the same
 * run gives the same answers.
 */
import { chanceOf, pick } from '../chance.ts'
import type { Clock } from '../clock.ts'
import { Reader } from '../json.ts'
import { describe } from '../mime/describe.ts'
import { headerValue, splitMessage } from '../mime/headers.ts'
import { bodyText, parseParts, readableText } from '../mime/parts.ts'
import { accountAt } from '../store/accounts.ts'
import { messageAt, rawOf } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import type { Arrival, Delivery } from '../world/delivery.ts'
import type { Due } from '../world/due.ts'
import { applyTo, briefLink, declineAt } from './brief.ts'
import { type Affair, type Person, affairOf, keepAffair, personAt } from './people.ts'
import { type Plan, planFor, refuses } from './plan.ts'
import { composeAnswer } from './reply.ts'
import { type Intent, fill, textsFor } from './texts.ts'

export interface Pace {
  readonly minMs: number
  readonly maxMs: number
}

export interface Acting {
  readonly on: boolean
  readonly pace: Pace
  readonly seed: string
}

const ACTING = 'people.acting'
const ASLEEP: Acting = { on: false, pace: { minMs: 60_000, maxMs: 3_600_000 }, seed: 'practice' }
const MOST_ANSWERS = 3

export interface ActingParts {
  readonly store: Store
  readonly clock: Clock
  readonly due: Due
  readonly delivery: Delivery
}

export class People {
  readonly #parts: ActingParts
  #acting: Acting

  constructor(parts: ActingParts) {
    this.#parts = parts
    this.#acting = this.#readActing()
    parts.delivery.onArrival((arrival) => this.#arrived(arrival))
    parts.delivery.onAddressing((recipient) =>
      personAt(parts.store, recipient)?.temperament === 'full'
        ? { status: '4.2.2', afterMs: 1500 }
        : undefined,
    )
    parts.due.on('person', (detail, at) => this.#react(new Reader(detail), at))
  }

  get acting(): Acting {
    return this.#acting
  }

  /** True once somebody said whether people act. */
  get decided(): boolean {
    return this.#parts.store.setting(ACTING) !== undefined
  }

  setActing(acting: Acting): void {
    this.#parts.store.keep(ACTING, JSON.stringify(acting))
    this.#acting = acting
  }

  /** Reads the kept setting again, after everything was emptied. */
  reload(): void {
    this.#acting = this.#readActing()
  }

  #readActing(): Acting {
    const kept = this.#parts.store.setting(ACTING)
    if (kept === undefined) return ASLEEP
    const reader = new Reader(JSON.parse(kept))
    const pace = reader.reader('pace')
    return {
      on: reader.flag('on', false),
      pace: { minMs: pace.number('minMs'), maxMs: pace.number('maxMs') },
      seed: reader.maybeText('seed') ?? ASLEEP.seed,
    }
  }

  #arrived(arrival: Arrival): void {
    const { on, pace, seed } = this.#acting
    if (!on || (arrival.source !== 'mail' && arrival.source !== 'delivered')) return
    const person = personAt(this.#parts.store, arrival.mailbox)
    if (person === undefined) return
    const wait =
      pace.minMs + Math.floor(chanceOf(seed, 'pace', person.key, arrival.subject) * (pace.maxMs - pace.minMs))
    this.#parts.due.schedule(arrival.at + wait, {
      kind: 'person',
      lane: person.key,
      detail: { person: person.key, id: arrival.id },
    })
  }

  async #react(detail: Reader, at: number): Promise<() => void> {
    const { store } = this.#parts
    const person = personAt(store, detail.text('person'))
    const message = messageAt(store, detail.text('person'), detail.text('id'))
    const raw = rawOf(store, detail.text('person'), detail.text('id'))
    if (person === undefined || message === undefined || raw === undefined || isAutomatic(raw))
      return () => undefined
    const parts = parseParts(raw)
    const link =
      briefLink(`${bodyText(parts, 'text/plain') ?? ''}\n${bodyText(parts, 'text/html') ?? ''}`) ?? ''
    const affair = affairOf(store, person.key, message.threadId, message.sender, link)
    const known =
      affair !== undefined && (link === '' || affair.link === '' || affair.link === link) ? affair : undefined
    const openLink = link === '' ? (known?.link ?? '') : link
    const plan = planFor({
      temperament: person.temperament,
      stage: known?.stage,
      hasLink: openLink !== '',
      refusing: refuses(readableText(parts)),
    })
    if (plan === undefined || (known?.answers ?? 0) >= MOST_ANSWERS) return () => undefined
    const senderName = describe(raw).from[0]?.name ?? ''
    await this.#visit(plan, person, openLink)
    const letter =
      plan.write === undefined ? undefined : await this.#write(person, message.id, plan.write, senderName, at)
    const next: Affair = {
      person: person.key,
      threadId: known?.threadId ?? message.threadId,
      sender: message.sender,
      link: openLink,
      stage: plan.next,
      answers: (known?.answers ?? 0) + (letter === undefined ? 0 : 1),
    }
    return () => {
      letter?.()
      keepAffair(store, next)
    }
  }

  async #visit(plan: Plan, person: Person, link: string): Promise<void> {
    if (plan.visit === undefined || link === '') return
    const names = { brand: '', name: firstName(person.name), handle: person.handle }
    const text = fill(pick(textsFor(person.language, 'apply'), this.#acting.seed, 'apply', person.key), names)
    const message = withMarker(text, person)
    const visit =
      plan.visit === 'apply' ? await applyTo(link, { message, name: person.name }) : await declineAt(link)
    if (visit === 'unreachable') throw new Error(`${link} could not be reached`)
  }

  async #write(
    person: Person,
    messageId: string,
    intent: Intent,
    senderName: string,
    at: number,
  ): Promise<(() => void) | undefined> {
    const { store, delivery } = this.#parts
    const mailbox = accountAt(store, person.address)
    if (mailbox === undefined) return undefined
    const names = { brand: firstName(senderName), name: firstName(person.name), handle: person.handle }
    const text = fill(pick(textsFor(person.language, intent), this.#acting.seed, intent, person.key), names)
    const asManager = intent === 'manager' && person.manager !== ''
    const from = asManager
      ? { name: `Management ${person.name}`, address: person.manager }
      : { name: person.name, address: person.address }
    const answer = await composeAnswer(store, at, {
      mailbox,
      messageId,
      from,
      text: withMarker(text, person),
      quote: intent !== 'away',
      references: 'full',
      autoReply: intent === 'away',
      attachments: [],
      client: person.client,
      language: person.language,
    })
    if (answer === undefined) return undefined
    return () => {
      const writer = asManager ? (accountAt(store, person.manager) ?? mailbox) : mailbox
      delivery.accept(writer, answer.raw, { source: 'person', at })
    }
  }
}

function withMarker(text: string, person: Person): string {
  return person.marker === '' ? text : `${text}\n${person.marker}`
}

function firstName(name: string): string {
  return name.split(' ')[0] ?? name
}

/** RFC 3834 §2: nobody answers an automatic message. Our own campaign mail may say auto-generated and is answered. */
function isAutomatic(raw: Buffer): boolean {
  const value = headerValue(splitMessage(raw).headers, 'auto-submitted')?.toLowerCase() ?? 'no'
  return value.startsWith('auto-replied') || value.startsWith('auto-notified')
}
