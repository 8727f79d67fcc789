/**
 * What a person can do with mails of the outbox. Each is one fenced move; a mail that moved meanwhile is refused with a
 * code and nothing is lost. Everything is written into the activity log by whoever asks (routes-act.ts).
 */
import { contactsById } from '../contacts/index.ts'
import { addressKey } from '../mail/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { NewEvent } from '../platform/events/index.ts'
import type { SendingParts } from './parts.ts'
import type { Reason } from './reasons.ts'
import { acceptUncertain } from './reconcile.ts'
import type { ReexamineParts } from './reexamine.ts'
import { reexamine } from './reexamine.ts'
import { eventOf } from './settle.ts'
import type { ActedOn } from './store-acts.ts'
import { exempt, lockMails, moveToFront, promise, readdress, reassign, schedule } from './store-acts.ts'
import { copySubmissions } from './store-enqueue.ts'
import { askedFor } from './store-decision.ts'
import { isGone, mailboxesSettings, mailboxSettings } from './store-schedule.ts'
import {
  lockUncertain,
  moveToHeld,
  moveToQueued,
  moveUnsent,
  settleUnsent,
  submissionById,
  submissionsById,
} from './store-submission.ts'
import { isFinal } from './submission.ts'
import { startOf } from './window.ts'
import { wake } from './wake.ts'

export type Deed = DeedOnAll | DeedOnOne

/** Done to all mails in the same statements. `from`: the place of the first of them, when it is one step of many. */
type DeedOnAll = { readonly act: 'front'; readonly from?: string } | { readonly act: 'send_again' }
/** Done to one mail after the other. */
type DeedOnOne =
  | { readonly act: 'cancel' | 'hold' | 'release' | 'now' | 'new_address' }
  | { readonly act: 'confirm_sent' | 'confirm_unsent' }
  | { readonly act: 'move'; readonly to: string }
  | { readonly act: 'promise'; readonly date: Temporal.PlainDate | undefined }
  | { readonly act: 'schedule'; readonly at: Temporal.Instant | undefined }

/** Why a mail was left as it is. */
export type ActRefusal =
  | 'unknown_mail'
  | 'moved_meanwhile'
  | 'may_not_send'
  | 'still_held'
  | 'same_mailbox'
  | 'no_address'
  | 'address_same'
  | 'always_first'
  | 'unconfirmed'
  | 'again_already'
  | 'mailbox_disconnected'
  | 'call_may_run'

export interface ActWish {
  /** At most a thousand. */
  readonly ids: readonly string[]
  readonly deed: Deed
  /** Name of whoever asks, for the reason that is shown. */
  readonly by: string
  /** Whether this person may act on the mail. */
  readonly may: (mail: ActedOn) => boolean
}

/** Does it to every mail it can; returns those that were left as they are, each with the reason. */
export async function actOn(parts: ReexamineParts, tx: Tx, wish: ActWish): Promise<Map<string, ActRefusal>> {
  const { deed, by } = wish
  const mails = new Map((await lockMails(tx, wish.ids)).map((mail) => [mail.id, mail]))
  const allowed = [...mails.values()].filter(wish.may)
  const refused = await doAll(parts, tx, allowed, deed, by)
  for (const id of wish.ids)
    if (!allowed.some((mail) => mail.id === id))
      refused.set(id, mails.has(id) ? 'may_not_send' : 'unknown_mail')
  await tellAll(
    parts,
    tx,
    allowed.filter((mail) => !refused.has(mail.id)),
    deed,
  )
  return refused
}

/** Takes one mail back before it leaves. False when it is on its way or settled. */
export async function cancelMail(
  parts: Pick<SendingParts, 'emit' | 'ids'>,
  tx: Tx,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<boolean> {
  const [mail] = await lockMails(tx, [id])
  if (mail === undefined || !(await cancel(tx, id, by))) return false
  await tellAll(parts, tx, [mail], { act: 'cancel' })
  return true
}

// A mail that went from one state to another tells so itself; of all others the page is told once.
async function tellAll(
  parts: Pick<SendingParts, 'emit' | 'ids'>,
  tx: Tx,
  mails: readonly ActedOn[],
  { act }: Deed,
): Promise<void> {
  const after = await submissionsById(tx, idsOf(mails))
  const touched = new Set<string>()
  const events: NewEvent[] = []
  for (const mail of mails) {
    const now = after.get(mail.id)
    if (now === undefined) continue
    touched.add(mail.mailboxId).add(now.mailboxId)
    if (now.state !== mail.state && act !== 'confirm_sent')
      events.push(eventOf(now, `submission.${now.state}`))
  }
  const [first] = after.values()
  if (first === undefined) return
  await wake(parts, tx, [...touched].toSorted())
  const { workspaceId } = first
  await parts.emit(tx, ...events, {
    workspaceId,
    type: 'outbox.changed',
    payload: { act, count: mails.length },
  })
}

function idsOf(mails: readonly ActedOn[]): string[] {
  return mails.map((mail) => mail.id)
}

/** Those that were left as they are, each with the reason. */
async function doAll(
  parts: ReexamineParts,
  tx: Tx,
  mails: readonly ActedOn[],
  deed: Deed,
  by: string,
): Promise<Map<string, ActRefusal>> {
  if (deed.act === 'send_again') return await sendAgain(parts, tx, mails)
  const refused = new Map<string, ActRefusal>()
  if (deed.act === 'front') {
    const front = await moveToFront(tx, idsOf(mails), deed.from)
    for (const { id } of mails) if (!front.has(id)) refused.set(id, 'moved_meanwhile')
    return refused
  }
  for (const mail of mails) {
    const why = await doOne(parts, tx, mail, deed, by)
    if (why !== undefined) refused.set(mail.id, why)
  }
  return refused
}

async function doOne(
  parts: ReexamineParts,
  tx: Tx,
  mail: ActedOn,
  deed: DeedOnOne,
  by: string,
): Promise<ActRefusal | undefined> {
  const { id } = mail
  switch (deed.act) {
    case 'cancel':
      return moved(await cancel(tx, id, by))
    case 'hold':
      return moved(await moveToHeld(tx, id, { states: ['queued'] }, byPerson(by)))
    case 'release':
      return await release(parts, tx, mail)
    case 'now':
      return moved(await exempt(tx, id))
    case 'new_address':
      return await toNewAddress(parts, tx, mail)
    case 'confirm_sent':
      return await confirmSent(parts, tx, id, by)
    case 'confirm_unsent':
      return await confirmUnsent(tx, mail)
    case 'move':
      return deed.to === mail.mailboxId ? 'same_mailbox' : moved(await reassign(tx, id, deed.to))
    case 'promise':
      if (mail.kind === 'direct') return 'always_first'
      return moved(await promise(tx, id, await liftAt(tx, mail, deed.date)))
    case 'schedule':
      return moved(await schedule(tx, id, deed.at))
  }
}

async function cancel(tx: Tx, id: string, by: string): Promise<boolean> {
  return await settleUnsent(tx, id, { states: ['queued', 'held'] }, 'cancelled', byPerson(by))
}

function byPerson(name: string): Reason {
  return { code: 'by_person', values: { name } }
}

function moved(done: boolean): ActRefusal | undefined {
  return done ? undefined : 'moved_meanwhile'
}

// What a person held waits again; what a condition held is looked at first, so that it is not held again in the night.
async function release(parts: ReexamineParts, tx: Tx, mail: ActedOn): Promise<ActRefusal | undefined> {
  if (mail.state !== 'held') return 'moved_meanwhile'
  if (mail.reason?.code === 'provider_trouble' || mail.reason?.code === 'sender_full')
    return moved(await moveToQueued(tx, mail.id, { states: ['held'] }))
  return (await reexamine(parts, tx, mail.id)) === undefined ? undefined : 'still_held'
}

async function toNewAddress(parts: ReexamineParts, tx: Tx, mail: ActedOn): Promise<ActRefusal | undefined> {
  if (mail.state !== 'held' && mail.state !== 'queued') return 'moved_meanwhile'
  const to = (await presentAddresses(tx, [mail])).get(mail.contactId ?? '')
  if (to === undefined) return 'no_address'
  const submission = await submissionById(tx, mail.id)
  if (submission !== undefined && addressKey(submission.toAddress) === to.key && mail.state === 'queued')
    return 'address_same'
  if (!(await readdress(tx, mail.id, to))) return 'moved_meanwhile'
  if (mail.state === 'queued') return undefined
  return (await reexamine(parts, tx, mail.id)) === undefined ? undefined : 'still_held'
}

/** Where people are written to now, by the id of the contact; without those who have no address. */
async function presentAddresses(
  tx: Tx,
  mails: readonly ActedOn[],
): Promise<Map<string, { address: string; key: string; name: string }>> {
  const wanted = new Set(mails.flatMap(({ contactId }) => (contactId === undefined ? [] : [contactId])))
  const contacts = await contactsById(tx, [...wanted])
  return new Map(
    contacts.flatMap(({ id, address, name }) =>
      address === '' ? [] : [[id, { address, key: addressKey(address), name }]],
    ),
  )
}

async function confirmSent(
  parts: Pick<SendingParts, 'emit' | 'ids'>,
  tx: Tx,
  id: string,
  name: string,
): Promise<ActRefusal | undefined> {
  const row = await lockUncertain(tx, id)
  const reason: Reason = { code: 'accepted_by_person', values: { name } }
  return moved(row !== undefined && (await acceptUncertain(parts, tx, row, {}, reason)))
}

// Where its mailbox is gone it waits for a person to say from which it shall leave: who asks for it now wants it sent.
async function confirmUnsent(tx: Tx, { id, state, mailboxId }: ActedOn): Promise<ActRefusal | undefined> {
  if (!(await moveUnsent(tx, id))) return state === 'in_doubt' ? 'call_may_run' : 'moved_meanwhile'
  if (!(await isGone(tx, mailboxId))) return undefined
  return moved(await moveToHeld(tx, id, { states: ['queued'] }, askedFor))
}

// Each a new, linked mail, to the person's present address. A mail is repeated once: asked twice, or asked by two, it makes one.
async function sendAgain(
  parts: Pick<SendingParts, 'emit' | 'ids'>,
  tx: Tx,
  mails: readonly ActedOn[],
): Promise<Map<string, ActRefusal>> {
  const mailboxes = await mailboxesSettings(tx, [...new Set(mails.map((mail) => mail.mailboxId))])
  const connected = new Set(
    mailboxes.flatMap(({ mailboxId, health }) => (health === 'disconnected' ? [] : [mailboxId])),
  )
  const refused = new Map<string, ActRefusal>()
  for (const { id, state, mailboxId } of mails)
    if (state === 'in_doubt') refused.set(id, 'unconfirmed')
    else if (!isFinal(state)) refused.set(id, 'moved_meanwhile')
    else if (!connected.has(mailboxId)) refused.set(id, 'mailbox_disconnected')
  const repeated = mails.filter(({ id }) => !refused.has(id))
  const addresses = await presentAddresses(tx, repeated)
  const made = await copySubmissions(
    tx,
    repeated.map(({ id, contactId = '' }) => ({
      of: id,
      id: parts.ids.uuid(),
      address: addresses.get(contactId),
    })),
  )
  const copies = await submissionsById(tx, [...made.values()])
  await parts.emit(tx, ...[...copies.values()].map((copy) => eventOf(copy, 'submission.queued')))
  for (const { id } of repeated) if (!made.has(id)) refused.set(id, 'again_already')
  return refused
}

async function liftAt(
  tx: Tx,
  { mailboxId }: ActedOn,
  date: Temporal.PlainDate | undefined,
): Promise<Temporal.Instant | undefined> {
  const mailbox = date === undefined ? undefined : await mailboxSettings(tx, mailboxId)
  return date === undefined || mailbox === undefined ? undefined : startOf(date, mailbox.window.zone)
}
