/**
 * What the simulation asked of the product, and when: the one side of the verdict. The other is the provider's own log.
 * Everything has a moment: the simulated time and its number in the order of things, because one thing happens at a time.
 */
import type { MailKind } from '../src/sending/submission.ts'

export interface Moment {
  readonly at: number
  readonly seq: number
}

/** A value that was in force from a moment on. */
export interface Since<T> {
  readonly from: Moment
  readonly value: T
}

export interface Absence {
  readonly why: 'held' | 'in doubt'
  readonly from: Moment
  to?: Moment
}

export interface Promised {
  readonly date: string
  readonly zone: string
}

/** One mail that was asked for, with all that decides when it may leave beside the rules of its mailbox. */
export interface Mail {
  readonly marker: string
  readonly id: string
  readonly kind: MailKind
  readonly rank: number
  readonly workspace: number
  readonly enqueued: Moment
  readonly mailbox: Since<string>[]
  /** Not before this time; 0 for none. */
  readonly notBefore: Since<number>[]
  readonly exempt: Since<boolean>[]
  /** First of all ranks but direct from this calendar day on, in the zone that its mailbox had when it was promised. */
  readonly promised: Since<Promised | undefined>[]
  /** While it was not free to leave, by a person's act or because nobody knew whether it had left. */
  readonly absences: Absence[]
  /** Somebody gave it another place among those of its rank. */
  replaced?: boolean
  cancelled?: Moment
  /** No longer true from here on: the truth check must leave it out. */
  untrue?: Moment
  /** An attempt ended so that somebody may rightly not know. */
  doubtful: boolean
}

export interface Sender {
  readonly id: string
  readonly workspace: number
  readonly address: string
  readonly level: 'full' | 'send_only'
  readonly weekdays: readonly number[]
  readonly connected: Moment
  readonly zone: Since<string>[]
  readonly limit: Since<number>[]
  /** Seconds between two mails of ranks 1 to 4. */
  readonly pace: number
  /** Mails a day that are kept for direct mail. */
  readonly reserve: number
}

/** Something that makes an earlier forecast of an address obsolete. */
export interface Change extends Moment {
  readonly address: string
}

export class Record {
  readonly mails: Mail[] = []
  readonly senders: Sender[] = []
  readonly changes: Change[] = []
  readonly #byMarker = new Map<string, Mail>()
  readonly #byId = new Map<string, Mail>()
  readonly #senders = new Map<string, Sender>()

  addMail(mail: Mail): void {
    this.mails.push(mail)
    this.#byMarker.set(mail.marker, mail)
    this.#byId.set(mail.id, mail)
  }

  addSender(sender: Sender): void {
    this.senders.push(sender)
    this.#senders.set(sender.id, sender)
  }

  mail(marker: string): Mail | undefined {
    return this.#byMarker.get(marker)
  }

  mailById(id: string): Mail | undefined {
    return this.#byId.get(id)
  }

  sender(id: string): Sender {
    const sender = this.#senders.get(id)
    if (sender === undefined) throw new Error(`no mailbox ${id}`)
    return sender
  }

  changed(mailboxId: string, moment: Moment): void {
    this.changes.push({ ...moment, address: this.sender(mailboxId).address })
  }
}

/** The value in force at a moment. */
export function valueAt<T>(history: readonly Since<T>[], { seq }: Moment): T | undefined {
  return history.findLast((one) => one.from.seq <= seq)?.value
}

export function leaves(mail: Mail, why: Absence['why'], from: Moment): void {
  if (mail.absences.some((one) => one.to === undefined && one.why === why)) return
  mail.absences.push({ why, from })
}

export function returns(mail: Mail, why: Absence['why'], to: Moment): void {
  const open = mail.absences.find((one) => one.to === undefined && one.why === why)
  if (open !== undefined) open.to = to
}

/** The zone whose days count for an address: that of the mailbox that was connected first. */
export function zonesOf(senders: readonly Sender[]): readonly Since<string>[] {
  return senders.toSorted((a, b) => a.connected.seq - b.connected.seq)[0]?.zone ?? []
}

/** The limit of an address: the lowest of all mailboxes connected to it. */
export function limitAt(senders: readonly Sender[], moment: Moment): number {
  return Math.min(...senders.map((one) => valueAt(one.limit, moment) ?? Infinity))
}
