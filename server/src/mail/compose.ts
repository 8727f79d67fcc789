/**
 * Writes one message as bytes (RFC 5322, MIME per RFC 2045 to 2049), the same bytes for the same input.
 *
 * 1. Everything that will stand in a header is checked first: a value with a control character is refused, not
 *    repaired, before any encoder sees it.
 * 2. The composer gets boundary, date and Message-ID from the caller and may open neither files nor URLs.
 * 3. There is always a text/plain body; HTML stands beside it.
 * 4. The finished headers are read back, and their addresses must equal those the caller gave: providers deliver
 *    to whatever stands in To and Cc.
 */
import { Buffer } from 'node:buffer'
import { Readable, Writable } from 'node:stream'
import type MailComposer from 'nodemailer/lib/mail-composer'
import type MimeNode from 'nodemailer/lib/mime-node'
import type { Address } from './address.ts'
import { addressKey, isAddress, parseAddress } from './address.ts'
import { hasBidiControl, hasControlCharacter, octets } from './characters.ts'
import { addressesIn, readHeaders } from './headers.ts'
import { htmlToText } from './html-text.ts'
import { formatMessageIds, type MessageId } from './message-id.ts'
import { type Unsubscribe, unsubscribeHeaders } from './unsubscribe.ts'

export type OutgoingAttachment = {
  readonly filename: string
  /** `type/subtype`, parameters allowed; never multipart. */
  readonly contentType: string
  readonly content: Uint8Array
  /** Content-ID without angle brackets, for images that the HTML shows. */
  readonly cid?: string | undefined
}

export type OutgoingHeaders = {
  readonly listUnsubscribe?: Unsubscribe | undefined
  /** RFC 3834 §5. */
  readonly autoSubmitted?: 'auto-generated' | 'auto-replied' | undefined
  /** Exchange's X-Auto-Response-Suppress, for example `['OOF', 'AutoReply']`. */
  readonly autoResponseSuppress?: readonly ('DR' | 'RN' | 'NRN' | 'OOF' | 'AutoReply' | 'All')[] | undefined
}

export type Outgoing = {
  readonly from: Named
  readonly to: readonly Named[]
  readonly cc?: readonly Named[] | undefined
  readonly replyTo?: Named | undefined
  readonly subject: string
  /** Derived from the HTML when empty. */
  readonly text: string
  readonly html?: string | undefined
  readonly messageId: MessageId
  readonly inReplyTo?: MessageId | undefined
  readonly references: readonly MessageId[]
  /** Instant or its ISO 8601 text; written in UTC with seconds. */
  readonly date: Temporal.Instant | string
  /** Unique per message, letters, digits, `_`, `-`. */
  readonly boundarySeed: string
  readonly attachments?: readonly OutgoingAttachment[] | undefined
  readonly headers?: OutgoingHeaders | undefined
}

export type Named = Pick<Address, 'address' | 'name'>

export type ComposeProblem =
  | 'control-character'
  | 'bidi-control'
  | 'address'
  | 'no-recipient'
  | 'message-id'
  | 'too-long'
  | 'attachment'
  | 'list-unsubscribe'
  | 'boundary'
  | 'date'
  | 'recipients-differ'

/** Why a message cannot be written; `field` names the part of the input. */
export class ComposeError extends Error {
  override readonly name = 'ComposeError'
  readonly kind: ComposeProblem
  readonly field: string
  constructor(kind: ComposeProblem, field: string, options?: ErrorOptions) {
    super(`${field}: ${kind}`, options)
    this.kind = kind
    this.field = field
  }
}

const subjectLimit = 900
const filenameLimit = 255
const textBytes = 16 * 1024
const pieceBytes = 57 * 1024
// base64 in lines of 76 characters (RFC 2045 §6.8)
const base64Grows = (4 / 3) * (78 / 76)
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const [cr, lf] = [13, 10]
const crlf = Buffer.from('\r\n')

// asked for again, a module costs a tenth of a mail
let Composer: typeof MailComposer | undefined

/**
 * The message as bytes with CRLF line ends.
 * @throws ComposeError (as a rejection) when any part of the input must not be sent
 */
export async function compose(outgoing: Outgoing): Promise<Uint8Array> {
  checkHeaderInput(outgoing)
  const attachments = (outgoing.attachments ?? []).map(checkedAttachment)
  Composer ??= (await import('nodemailer/lib/mail-composer')).default
  const composer = new Composer({
    from: mailbox(outgoing.from, 'from'),
    to: outgoing.to.map((named) => mailbox(named, 'to')),
    cc: (outgoing.cc ?? []).map((named) => mailbox(named, 'cc')),
    replyTo: outgoing.replyTo === undefined ? undefined : mailbox(outgoing.replyTo, 'replyTo'),
    subject: outgoing.subject,
    messageId: formatMessageIds([outgoing.messageId]),
    inReplyTo: formatMessageIds(writable(outgoing.inReplyTo === undefined ? [] : [outgoing.inReplyTo])),
    references: formatMessageIds(writable(outgoing.references)),
    date: internetDate(outgoing.date),
    text: textBody(outgoing),
    html: outgoing.html === undefined ? undefined : lines(outgoing.html),
    headers: extraHeaders(outgoing.headers ?? {}),
    attachments,
    baseBoundary: freeBoundary(outgoing),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const raw = await filled(composer.compile(), outgoing.attachments ?? [])
  checkRecipients(raw, outgoing)
  return new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength)
}

/** What a message is written into: its place from the beginning, because put together at the end large files stand in memory three times. */
class Written extends Writable {
  #raw: Buffer
  #length = 0

  constructor(expectedBytes: number) {
    super({ decodeStrings: true })
    this.#raw = Buffer.allocUnsafe(Math.ceil(expectedBytes))
  }

  get bytes(): Buffer {
    return this.#raw.subarray(0, this.#length)
  }

  override _write(piece: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    try {
      this.#addLines(piece)
      done()
    } catch (error) {
      // no room for it in memory ends this mail, and not the process
      done(error as Error)
    }
  }

  override _final(done: () => void): void {
    if (this.#raw[this.#length - 1] !== lf) this.#add(crlf)
    done()
  }

  #addLines(piece: Buffer): void {
    let from = 0
    for (let at = piece.indexOf(lf); at >= 0; at = piece.indexOf(lf, at + 1)) {
      const before = at === 0 ? this.#raw[this.#length - 1] : piece[at - 1]
      if (before === cr) continue
      this.#add(piece.subarray(from, at))
      this.#add(crlf)
      from = at + 1
    }
    this.#add(piece.subarray(from))
  }

  #add(piece: Buffer): void {
    const lacks = this.#length + piece.length - this.#raw.length
    if (lacks > 0)
      this.#raw = Buffer.concat([this.#raw, Buffer.allocUnsafe(Math.max(lacks, this.#raw.length))])
    this.#raw.set(piece, this.#length)
    this.#length += piece.length
  }
}

/** Straight from the composer: the chain of streams that it would put in between costs as much as writing the message does. */
async function filled(message: MimeNode, attachments: readonly OutgoingAttachment[]): Promise<Buffer> {
  const expected = attachments.reduce((sum, { content }) => sum + content.length * base64Grows, textBytes)
  const written = new Written(expected)
  await new Promise<void>((resolve, reject) => {
    written.once('error', reject)
    message.stream(written, {}, (error) => {
      if (error) reject(error)
      else written.end(resolve)
    })
  })
  return written.bytes
}

/** Date as RFC 5322 §3.3 writes it, in UTC. */
export function internetDate(date: Temporal.Instant | string): string {
  const at = instant(date)
  const [year = '', month, day, time] = at.toString({ smallestUnit: 'second' }).split(/(?<=\d)-|T|Z/)
  // the first day of the epoch was a Thursday
  const weekday = weekdays[(((Math.floor(at.epochMilliseconds / 86_400_000) + 4) % 7) + 7) % 7]
  return `${weekday}, ${day} ${months[Number(month) - 1]} ${year} ${time} +0000`
}

function instant(date: Temporal.Instant | string): Temporal.Instant {
  if (typeof date !== 'string') return date
  try {
    return Temporal.Instant.from(date)
  } catch (cause) {
    throw new ComposeError('date', 'date', { cause })
  }
}

function checkHeaderInput(outgoing: Outgoing): void {
  if (outgoing.to.length === 0) throw new ComposeError('no-recipient', 'to')
  checkText(outgoing.subject, 'subject', subjectLimit)
  if (!isWritableId(outgoing.messageId)) throw new ComposeError('message-id', 'messageId')
  if (!/^[\w-]{1,60}$/.test(outgoing.boundarySeed)) throw new ComposeError('boundary', 'boundarySeed')
  const ids = [...outgoing.references, ...(outgoing.inReplyTo === undefined ? [] : [outgoing.inReplyTo])]
  for (const id of ids) checkText(id, 'references', 998)
}

function checkText(text: string, field: string, limit: number): void {
  if (hasControlCharacter(text)) throw new ComposeError('control-character', field)
  if (octets(text) > limit) throw new ComposeError('too-long', field)
}

function mailbox(named: Named, field: string): { address: string; name: string } {
  const name = named.name ?? ''
  checkText(name, field, 200)
  if (hasBidiControl(name)) throw new ComposeError('bidi-control', field)
  const parsed = parseAddress(named.address)
  if (!isAddress(parsed) || parsed.name !== undefined || parsed.address !== named.address) {
    throw new ComposeError('address', field)
  }
  // a local part beyond ASCII needs SMTPUTF8 (RFC 6531 §3.4) all the way, which the providers do not promise
  const at = named.address.lastIndexOf('@')
  if (!/^[!-~]+$/.test(named.address.slice(0, at))) throw new ComposeError('address', field)
  return { address: named.address, name }
}

// foreign ids that no header can carry are left out: a lost link weighs less than an answer that cannot leave
function writable(ids: readonly MessageId[]): MessageId[] {
  return ids.filter(isWritableId)
}

function isWritableId(id: MessageId): boolean {
  return /^[!-;=?-~]{3,900}$/.test(id)
}

function checkedAttachment(file: OutgoingAttachment, position: number) {
  const field = `attachments[${position}]`
  checkText(file.filename, field, filenameLimit)
  if (hasBidiControl(file.filename)) throw new ComposeError('bidi-control', field)
  const type = /^[\w.+-]+\/[\w.+-]+(?:;\s*[\w-]+=(?:[\w.+-]+|"[\w .+-]*"))*$/
  if (file.filename === '' || !type.test(file.contentType) || /^multipart\//i.test(file.contentType)) {
    throw new ComposeError('attachment', field)
  }
  if (file.cid !== undefined && !/^[\w.+@-]{1,200}$/.test(file.cid))
    throw new ComposeError('attachment', field)
  return {
    filename: file.filename,
    contentType: file.contentType,
    content: Readable.from(inPieces(file.content)),
    ...(file.cid === undefined ? {} : { cid: file.cid }),
  }
}

function extraHeaders(headers: OutgoingHeaders) {
  const fields: { key: string; value: { value: string; prepared: true; foldLines: false } }[] = []
  const add = (key: string, value: string | undefined) => {
    if (value !== undefined) fields.push({ key, value: { value, prepared: true, foldLines: false } })
  }
  if (headers.listUnsubscribe !== undefined) {
    const values = unsubscribeValues(headers.listUnsubscribe)
    add('List-Unsubscribe', values.listUnsubscribe)
    add('List-Unsubscribe-Post', values.listUnsubscribePost)
  }
  add('Auto-Submitted', headers.autoSubmitted)
  add('X-Auto-Response-Suppress', headers.autoResponseSuppress?.join(', '))
  for (const field of fields) checkText(field.value.value, field.key, 998)
  return fields
}

function unsubscribeValues(unsubscribe: Unsubscribe): ReturnType<typeof unsubscribeHeaders> {
  try {
    return unsubscribeHeaders(unsubscribe)
  } catch (cause) {
    throw new ComposeError('list-unsubscribe', 'headers.listUnsubscribe', { cause })
  }
}

// a bare CR is no line end in a message, RFC 5322 §2.3
function lines(body: string): string {
  return body.toWellFormed().replaceAll(/\r\n?/g, '\n')
}

// the composer leaves out an empty text part, and a message without one is what spam looks like
function textBody(outgoing: Outgoing): string {
  const text = lines(outgoing.text)
  if (text.trim() !== '') return text
  const derived = outgoing.html === undefined ? '' : htmlToText(outgoing.html)
  return derived.trim() === '' ? '\n' : derived
}

// the composer encodes at once what comes at once
function* inPieces(content: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < content.length; from += pieceBytes)
    yield content.subarray(from, from + pieceBytes)
}

// a body that contains the delimiter would end its own part; RFC 2046 §5.1.1
function freeBoundary(outgoing: Outgoing): string {
  const bodies = [outgoing.text, outgoing.html ?? '']
  for (const file of outgoing.attachments ?? []) {
    if (/^message\//i.test(file.contentType)) bodies.push(Buffer.from(file.content).toString('latin1'))
  }
  let seed = outgoing.boundarySeed
  while (bodies.some((body) => body.includes(seed))) seed += '_'
  return seed
}

function checkRecipients(raw: Buffer, outgoing: Outgoing): void {
  const headers = readHeaders(raw.toString('latin1', 0, raw.indexOf('\r\n\r\n') + 2))
  for (const field of ['from', 'to', 'cc'] as const) {
    const given = field === 'from' ? [outgoing.from] : (outgoing[field] ?? [])
    const wanted = given.map((named) => addressKey(named.address))
    const written = addressesIn(headers, field).map((address) => address.key)
    if (wanted.length !== written.length || wanted.some((key, at) => key !== written[at])) {
      throw new ComposeError('recipients-differ', field)
    }
  }
}
