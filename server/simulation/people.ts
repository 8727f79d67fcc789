/**
 * What people do in a simulation, each act with its line in the record: connect, queue, act on mails, change settings.
 */
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Deed } from '../src/sending/acts.ts'
import { actOn } from '../src/sending/acts.ts'
import { createEnqueue } from '../src/sending/enqueue.ts'
import { syncSchedule } from '../src/sending/schedule.ts'
import type { MailKind } from '../src/sending/submission.ts'
import { rankOf } from '../src/sending/submission.ts'
import type { MailboxWish } from '../src/testing/outbox.ts'
import { addressOf, groundSender } from '../src/testing/outbox.ts'
import type { Mail, Moment, Sender } from './record.ts'
import { leaves, returns, valueAt } from './record.ts'
import type { World } from './world.ts'

export interface SenderWish extends MailboxWish {
  readonly workspace?: number
  readonly weekdays?: readonly number[]
}

export interface Wanted {
  readonly kind: MailKind
  readonly count: number
  /** Milliseconds of the epoch. */
  readonly notBefore?: number
  readonly promisedFor?: string
}

const everyDay = [1, 2, 3, 4, 5, 6, 7]

export class People {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  async connect({ workspace = 0, weekdays = everyDay, ...wish }: SenderWish): Promise<Sender> {
    const at = this.#world.workspace(workspace)
    const id = await groundSender(at, wish)
    const from = this.#world.timeline.moment()
    const sender: Sender = {
      id,
      workspace,
      address: wish.address,
      level: wish.level ?? 'full',
      weekdays,
      connected: from,
      zone: [{ from, value: wish.zone ?? 'UTC' }],
      limit: [{ from, value: wish.limit ?? 300 }],
      pace: wish.pace ?? 0,
      reserve: wish.reserve ?? 0,
    }
    this.#world.record.addSender(sender)
    if (weekdays.length < 7) await this.#change(sender, sql`window_days = ${[...weekdays]}::smallint[]`)
    return sender
  }

  async enqueue(sender: Sender, { kind, count, notBefore, promisedFor }: Wanted): Promise<Mail[]> {
    const { record, timeline } = this.#world
    const at = this.#world.workspace(sender.workspace)
    const known = record.mails.length
    const requests = Array.from({ length: count }, (_, i) => {
      const marker = `m-${known + i + 1}`
      return {
        key: marker,
        mailboxId: sender.id,
        kind,
        contactId: at.contactId,
        toAddress: addressOf('Mia Ford'),
        toName: 'Mia Ford',
        subject: `Hello [${marker}]`,
        text: 'Hello',
        ...(notBefore === undefined ? {} : { notBefore: Temporal.Instant.fromEpochMilliseconds(notBefore) }),
        ...(promisedFor === undefined ? {} : { promisedFor: Temporal.PlainDate.from(promisedFor) }),
      }
    })
    const enqueue = createEnqueue(this.#world.acting(sender.workspace))
    const outcome = await at.inside((tx) => enqueue(tx, requests))
    if (!outcome.ok) throw new Error(outcome.reason.code)
    // a double click, a retried request
    const again = await at.inside((tx) => enqueue(tx, requests.slice(0, 1)))
    if (!again.ok || again.enqueued.some((one) => !one.replayed))
      this.#world.problems.push(`${requests[0]?.key} was enqueued twice`)
    const from = timeline.moment()
    record.changed(sender.id, from)
    return outcome.enqueued.map(({ key, submissionId }) => {
      const mail: Mail = {
        marker: key,
        id: submissionId,
        kind,
        rank: rankOf(kind),
        workspace: sender.workspace,
        enqueued: from,
        mailbox: [{ from, value: sender.id }],
        notBefore: [{ from, value: notBefore ?? 0 }],
        exempt: [{ from, value: false }],
        promised: [
          {
            from,
            value: promisedFor === undefined ? undefined : { date: promisedFor, zone: zoneOf(sender, from) },
          },
        ],
        absences: [],
        doubtful: false,
      }
      record.addMail(mail)
      return mail
    })
  }

  /** A person acts on mails of one workspace. Returns those with which it could be done; the others had moved. */
  async act(mails: readonly Mail[], deed: Deed): Promise<Mail[]> {
    const [first] = mails
    if (first === undefined) return []
    const { record, timeline } = this.#world
    const parts = this.#world.acting(first.workspace)
    const ids = mails.map((mail) => mail.id)
    const refused = await this.#world
      .workspace(first.workspace)
      .inside((tx) => actOn(parts, tx, { ids, deed, by: 'Ben Ito', may: () => true }))
    const done = mails.filter((mail) => !refused.has(mail.id))
    const from = timeline.moment()
    for (const mail of done) {
      const mailboxId = valueAt(mail.mailbox, from)
      if (mailboxId !== undefined) record.changed(mailboxId, from)
      if (deed.act === 'move') record.changed(deed.to, from)
      note(mail, deed, from)
      if (deed.act === 'promise' && mailboxId !== undefined) {
        const zone = zoneOf(record.sender(mailboxId), from)
        const { date } = deed
        mail.promised.push({ from, value: date === undefined ? undefined : { date: date.toString(), zone } })
      }
    }
    return done
  }

  /** The mail is no longer true: the truth check finds out at the second of sending. */
  withdraw(mail: Mail): void {
    mail.untrue ??= this.#world.timeline.moment()
    this.#world.untrue.add(mail.id)
    this.#touched(mail)
  }

  /** A variable of it has no value until somebody mends that. */
  lack(mail: Mail): void {
    this.#world.lacking.add(mail.id)
    this.#touched(mail)
  }

  async mend(mail: Mail): Promise<void> {
    this.#world.lacking.delete(mail.id)
    this.#touched(mail)
    await this.act([mail], { act: 'release' })
  }

  /** With Send Only a person looks into Sent, and answers by what is there. */
  async decide(mail: Mail): Promise<void> {
    const taken = this.#world.provider.log.some((one) => one.marker === mail.marker)
    await this.act([mail], { act: taken ? 'confirm_sent' : 'confirm_unsent' })
  }

  async setLimit(sender: Sender, limit: number): Promise<void> {
    await this.#change(sender, sql`daily_limit = ${limit}`)
    sender.limit.push({ from: this.#world.timeline.moment(), value: limit })
  }

  async setZone(sender: Sender, zone: string): Promise<void> {
    await this.#change(sender, sql`zone = ${zone}`)
    sender.zone.push({ from: this.#world.timeline.moment(), value: zone })
  }

  async pause(sender: Sender): Promise<void> {
    await this.#change(sender, sql`health = 'paused'`)
  }

  async resume(sender: Sender): Promise<void> {
    await this.#change(sender, sql`health = 'active'`)
  }

  async #change(sender: Sender, set: RawBuilder<unknown>): Promise<void> {
    await this.#world.workspace(sender.workspace).inside(async (tx) => {
      await sql`update mailbox set ${set} where id = ${sender.id}`.execute(tx)
      await syncSchedule(tx, sender.id)
    })
    this.#world.record.changed(sender.id, this.#world.timeline.moment())
  }

  #touched(mail: Mail): void {
    const moment = this.#world.timeline.moment()
    const mailboxId = valueAt(mail.mailbox, moment)
    if (mailboxId !== undefined) this.#world.record.changed(mailboxId, moment)
  }
}

function zoneOf({ zone }: Sender, moment: Moment): string {
  return valueAt(zone, moment) ?? 'UTC'
}

function note(mail: Mail, deed: Deed, from: Mail['enqueued']): void {
  switch (deed.act) {
    case 'cancel':
      mail.cancelled = from
      return
    case 'hold':
      leaves(mail, 'held', from)
      return
    case 'release':
      returns(mail, 'held', from)
      return
    case 'confirm_unsent':
      returns(mail, 'in doubt', from)
      return
    case 'move':
      mail.mailbox.push({ from, value: deed.to })
      return
    case 'schedule':
      mail.notBefore.push({ from, value: deed.at?.epochMilliseconds ?? 0 })
      mail.exempt.push({ from, value: false })
      return
    case 'now':
      mail.notBefore.push({ from, value: 0 })
      mail.exempt.push({ from, value: mail.rank > 0 })
      return
    case 'front':
      mail.replaced = true
      return
    case 'promise':
    case 'new_address':
    case 'confirm_sent':
    case 'send_again':
  }
}
