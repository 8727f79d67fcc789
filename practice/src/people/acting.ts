/**
 * People who act by themselves. An arrival in a person's mailbox plans a reaction (its time by the pace); when it is due the
 * person opens the brief page, writes, or leaves it. Everything is decided by seed, address and message, so that the same
 * run gives the same answers.
 */
import { chanceOf } from '../chance.ts'
import type { Clock } from '../clock.ts'
import { Reader } from '../json.ts'
import { describe } from '../mime/describe.ts'
import { headerValue, splitMessage } from '../mime/headers.ts'
import { bodyText, parseParts, readableText } from '../mime/parts.ts'
import { accountAt } from '../store/accounts.ts'
import { messageAt, rawOf } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import type { Arrival, Delivery, Refusal } from '../world/delivery.ts'
import type { Due } from '../world/due.ts'
import { applyTo, briefLink, declineAt } from './brief.ts'
import { enclosuresFor } from './enclosures.ts'
import { type Affair, type Person, affairOf, keepAffair, personAt } from './people.ts'
import { type Pace, PACES, readPace, waitWithin } from './pace.ts'
import { type Plan, planFor, refuses } from './plan.ts'
import { composeAnswer } from './reply.ts'
import type { Intent } from './texts/intents.ts'
import { textFor } from './texts/texts.ts'

export interface Acting {
  readonly on: boolean
  readonly pace: Pace
  readonly seed: string
}

const ACTING = 'people.acting'
const ASLEEP: Acting = { on: false, pace: PACES.minutes, seed: 'practice' }
const MOST_ANSWERS = 3
const SOONEST_REPORT_MS = 1500
const CHANGED_SUBJECTS = 0.1
/** What the other side says about a person who cannot be reached. */
const REFUSED = new Map<Person['temperament'], string>([
  ['full', '4.2.2'],
  ['gone', '5.1.1'],
])

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
    parts.delivery.onAddressing((recipient) => this.#refusal(recipient))
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
    const { store, due } = this.#parts
    store.keep(ACTING, JSON.stringify(acting))
    this.#acting = acting
    // who was still thinking it over does not keep anybody waiting
    if (acting.on && acting.pace.maxMs === 0) due.hurry('person')
  }

  /** Reads the kept setting again, after everything was emptied. */
  reload(): void {
    this.#acting = this.#readActing()
  }

  #readActing(): Acting {
    const kept = this.#parts.store.setting(ACTING)
    if (kept === undefined) return ASLEEP
    const reader = new Reader(JSON.parse(kept))
    return {
      on: reader.flag('on', false),
      pace: readPace(reader.raw('pace')),
      seed: reader.maybeText('seed') ?? ASLEEP.seed,
    }
  }

  /** Mail servers take their time before they give up, and take none while everything is to happen at once. */
  #refusal(recipient: string): Refusal | undefined {
    const status = REFUSED.get(personAt(this.#parts.store, recipient)?.temperament ?? 'applies')
    if (status === undefined) return undefined
    return {
      status,
      afterMs: SOONEST_REPORT_MS + waitWithin(this.#acting.pace, this.#acting.seed, 'report', recipient),
    }
  }

  #arrived(arrival: Arrival): void {
    const { on, pace, seed } = this.#acting
    if (!on || (arrival.source !== 'mail' && arrival.source !== 'delivered')) return
    const person = personAt(this.#parts.store, arrival.mailbox)
    if (person === undefined) return
    const wait = waitWithin(pace, seed, 'pace', person.key, arrival.subject)
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
    const message = withMarker(textFor('apply', person, '', this.#acting.seed), person)
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
    const { seed } = this.#acting
    const text = textFor(intent, person, senderName, seed)
    const asManager = intent === 'manager' && person.manager !== ''
    const from = asManager
      ? { name: `Management ${person.name}`, address: person.manager }
      : { name: person.name, address: person.address }
    const { attachments, picture } = enclosuresFor(intent, person, text)
    const answer = await composeAnswer(store, at, {
      mailbox,
      messageId,
      from,
      text: withMarker(text, person),
      signature: asManager || intent === 'away' ? '' : signatureOf(person),
      changedSubject:
        chanceOf(seed, 'subject', person.key, intent) < CHANGED_SUBJECTS
          ? ownSubject(intent, person)
          : undefined,
      quote: intent !== 'away',
      references: 'full',
      autoReply: intent === 'away',
      attachments,
      picture,
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

/** Some have a line under their name; who writes on the phone does not. */
function signatureOf(person: Person): string {
  if (person.client === 'phone' || chanceOf('signature', person.key) < 0.5) return ''
  return `${person.name}\n${person.handle}`
}

/** A new subject over an answer, as people do who think of their own matter. */
function ownSubject(intent: Intent, person: Person): string | undefined {
  const german = person.language === 'de'
  if (intent === 'question')
    return german ? `Kurze Frage von ${person.name}` : `A question from ${person.name}`
  if (intent === 'negotiate') return german ? `Konditionen ${person.name}` : `Terms, ${person.name}`
  if (intent === 'thanks') return german ? 'Danke!' : 'Thank you!'
  return undefined
}

function withMarker(text: string, person: Person): string {
  return person.marker === '' ? text : `${text}\n${person.marker}`
}

/** RFC 3834 §2: nobody answers an automatic message. Our own campaign mail may say auto-generated and is answered. */
function isAutomatic(raw: Buffer): boolean {
  const value = headerValue(splitMessage(raw).headers, 'auto-submitted')?.toLowerCase() ?? 'no'
  return value.startsWith('auto-replied') || value.startsWith('auto-notified')
}
