/** Letters that the control interface puts into the world: foreign mail into a mailbox, and a person's answer right now. */
import type { Clock } from '../clock.ts'
import { InputError, Reader } from '../json.ts'
import { isAddress, parseAddresses } from '../mime/addresses.ts'
import { compose } from '../mime/compose.ts'
import { personAt } from '../people/people.ts'
import { composeAnswer } from '../people/reply.ts'
import { arrivalNumbered, lastArrival } from '../records.ts'
import { type Account, accountAt, keepAccount } from '../store/accounts.ts'
import { messageAt } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import type { Arrival, Delivery } from '../world/delivery.ts'
import { practiceAddress, readAttachments } from './requests.ts'

export interface LetterParts {
  readonly store: Store
  readonly clock: Clock
  readonly delivery: Delivery
}

export interface Delivered {
  readonly to: string
  readonly seq: number
  readonly id: string
  readonly threadId: string
}

/** `POST /control/deliver`: one letter or many. */
export async function deliverLetters(parts: LetterParts, body: unknown): Promise<readonly Delivered[]> {
  const letters = (Array.isArray(body) ? (body as readonly unknown[]) : [body]).map(
    (each) => new Reader(each),
  )
  const ready: { readonly account: Account; readonly raw: Buffer; readonly labels: readonly string[] }[] = []
  for (const letter of letters) {
    const account = accountAt(parts.store, practiceAddress(letter, 'to'))
    if (account === undefined) throw new InputError(`There is no mailbox ${letter.text('to')}.`)
    const labels = letter.has('labels') ? letter.texts('labels') : ['UNREAD', 'INBOX']
    ready.push({ account, raw: await rawLetter(parts, letter, account), labels })
  }
  return parts.store.transaction(() =>
    ready.map(({ account, raw, labels }) => {
      const arrival = parts.delivery.deliver(account, raw, { labels, source: 'delivered' })
      return { to: account.address, seq: arrival.seq, id: arrival.id, threadId: arrival.threadId }
    }),
  )
}

async function rawLetter(parts: LetterParts, letter: Reader, account: Account): Promise<Buffer> {
  if (letter.has('rawBase64')) return Buffer.from(letter.text('rawBase64'), 'base64')
  if (letter.has('raw')) return Buffer.from(letter.text('raw'), 'utf8')
  const from = parseAddresses(letter.text('from'))[0]
  if (from === undefined || !isAddress(from.address)) throw new InputError('"from" must be an address.')
  const now = parts.clock.now()
  const headers = letter.has('headers') ? new Reader(letter.raw('headers')).entries() : []
  return compose({
    from,
    to: [{ name: account.name, address: account.address }],
    subject: letter.maybeText('subject') ?? '',
    text: letter.maybeText('text') ?? '',
    html: letter.maybeText('html'),
    messageId:
      letter.maybeText('messageId') ??
      `<${now.toString(36)}.${parts.store.next('letter').toString(36)}@${from.address.split('@')[1] ?? 'outside.example'}>`,
    dateMs: now,
    inReplyTo: letter.maybeText('inReplyTo'),
    references: letter.has('references') ? letter.texts('references') : undefined,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
    attachments: readAttachments(letter),
  })
}

/** `POST /control/people/reply`: answers the mail named by `toMessage` (arrival number or message id), or the last one. */
export async function replyNow(parts: LetterParts, body: Reader): Promise<Readonly<Record<string, unknown>>> {
  const { store, clock, delivery } = parts
  const mailbox = accountAt(store, practiceAddress(body, 'from'))
  if (mailbox === undefined) throw new InputError(`There is no mailbox ${body.text('from')}.`)
  const person = personAt(store, mailbox.address)
  const other = body.has('fromOther') ? parseAddresses(body.text('fromOther'))[0] : undefined
  if (body.has('fromOther') && (other === undefined || !isAddress(other.address)))
    throw new InputError('"fromOther" must be an address.')
  const from = other ?? { name: mailbox.name, address: mailbox.address }
  const references = REFERENCES.find((each) => each === (body.maybeText('references') ?? 'full'))
  if (references === undefined) throw new InputError(`"references" must be one of ${REFERENCES.join(', ')}.`)
  const answer = await composeAnswer(store, clock.now(), {
    mailbox,
    messageId: wantedMessage(store, mailbox, body),
    from,
    text: body.text('text'),
    html: body.maybeText('html'),
    changedSubject: body.maybeText('changedSubject'),
    quote: body.flag('quote', true),
    references,
    autoReply: body.flag('autoReply', false),
    attachments: readAttachments(body),
    client: person?.client ?? 'web',
    language: person?.language ?? mailbox.language,
  })
  if (answer === undefined) throw new InputError('That mail has no sender to answer.')
  const writer =
    other === undefined
      ? mailbox
      : keepAccount(
          store,
          {
            address: from.address,
            name: from.name === '' ? from.address : from.name,
            language: mailbox.language,
          },
          clock.now(),
        )
  const accepted = delivery.accept(writer, answer.raw, {
    source: 'person',
    labels: body.has('labels') ? body.texts('labels') : undefined,
  })
  return {
    ...firstArrival(accepted.arrivals),
    messageId: accepted.messageId,
    to: answer.to.address,
    sent: { mailbox: writer.address, id: accepted.message.id },
  }
}

const REFERENCES = ['full', 'in-reply-to', 'references', 'none'] as const

function firstArrival(arrivals: readonly Arrival[]): Readonly<Record<string, unknown>> {
  const [arrival] = arrivals
  return arrival === undefined
    ? { seq: null, id: null, threadId: null }
    : { seq: arrival.seq, id: arrival.id, threadId: arrival.threadId }
}

function wantedMessage(store: Store, mailbox: Account, body: Reader): string {
  const wanted = body.raw('toMessage')
  const arrival =
    typeof wanted === 'number' ? arrivalNumbered(store, wanted) : lastArrival(store, mailbox.key)
  if (typeof wanted === 'string' && messageAt(store, mailbox.key, wanted) !== undefined) return wanted
  if (typeof wanted === 'string' || arrival === undefined || arrival.mailbox !== mailbox.key) {
    throw new InputError(`There is no such mail in the mailbox ${mailbox.address}.`)
  }
  return arrival.id
}
