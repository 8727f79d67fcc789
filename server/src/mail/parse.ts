/**
 * Reads a raw message into what Kontor knows about one. Never throws on what it was sent: broken mail gives what
 * could be read and a list of problems.
 *
 * 1. Bound the work before parsing: over-long mail is cut, part bombs are cut at the last allowed delimiter.
 * 2. Parse; nested messages stay whole parts, because in a report they are evidence and not text.
 * 3. If the parser refuses, keep the headers and read the rest as plain text.
 */
import { Buffer } from 'node:buffer'
import type { Attachment as PostalAttachment, Email } from 'postal-mime'
import PostalMime from 'postal-mime'
import type { Address } from './address.ts'
import { hideFlowed, unflow } from './flowed.ts'
import {
  addressesIn,
  type Header,
  header,
  type MediaType,
  newHeader,
  readAddresses,
  readHeaders,
  readMediaType,
} from './headers.ts'
import { type MessageId, parseMessageIds } from './message-id.ts'
import { asWritten } from './mislabelled.ts'

export type ParseLimits = {
  /** Octets of the raw message that are read. */
  readonly bytes: number
  /** MIME part delimiters that are followed. */
  readonly parts: number
  /** Nesting of multiparts. */
  readonly depth: number
  /** Octets of all header fields together. */
  readonly headerBytes: number
}

/** Which of them a message broke; its depth and its headers are the parser's to judge, at once. */
export type ParseLimit = 'bytes' | 'parts' | 'depth-or-headers'

export type ReceivedAttachment = {
  readonly filename?: string
  readonly contentType: string
  /** Octets after decoding. */
  readonly size: number
  readonly disposition: 'attachment' | 'inline'
  /** Content-ID without angle brackets (RFC 2392). */
  readonly contentId?: string
  readonly content: Uint8Array
}

export type ParsedMessage = {
  readonly headers: readonly Header[]
  readonly mediaType: MediaType
  readonly from?: Address
  readonly sender?: Address
  readonly replyTo: readonly Address[]
  readonly to: readonly Address[]
  readonly cc: readonly Address[]
  readonly subject: string
  readonly messageId?: MessageId
  readonly inReplyTo: readonly MessageId[]
  readonly references: readonly MessageId[]
  /** ISO 8601 in UTC, when the Date field can be read. */
  readonly date?: string
  readonly text?: string
  readonly html?: string
  readonly attachments: readonly ReceivedAttachment[]
  /** Bodies of machine-readable parts, as text. */
  readonly reports: Reports
  readonly overLimit: readonly ParseLimit[]
  readonly problems: readonly string[]
}

export type Reports = {
  /** message/delivery-status (RFC 3464 §2) and message/global-delivery-status (RFC 6533 §4). */
  readonly deliveryStatus: readonly string[]
  /** message/feedback-report (RFC 5965 §3). */
  readonly feedback: readonly string[]
  /** message/disposition-notification (RFC 8098 §3). */
  readonly disposition: readonly string[]
  /** The returned message or its headers: message/rfc822, text/rfc822-headers (RFC 6522 §4). */
  readonly returned: readonly string[]
}

export const defaultLimits: ParseLimits = {
  bytes: 50 * 1024 * 1024,
  parts: 500,
  depth: 40,
  headerBytes: 1024 * 1024,
}

const reportTextLimit = 262_144

/** Reads a message; resolves always. */
export async function parseMessage(
  raw: Uint8Array,
  limits: ParseLimits = defaultLimits,
): Promise<ParsedMessage> {
  const bounded = boundedBytes(withFolds(withoutMboxLine(withLineFeeds(raw))), limits)
  try {
    const { bytes, flowed, deleteSpace } = hideFlowed(bounded.bytes)
    const mail = await PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      maxNestingDepth: limits.depth,
      maxHeadersSize: limits.headerBytes,
    })
    if (flowed && mail.text !== undefined) mail.text = unflow(mail.text, deleteSpace)
    return fromMail(mail, bounded)
  } catch (cause) {
    return headersOnly(bounded, cause)
  }
}

type Bounded = { bytes: Uint8Array; cut: ('bytes' | 'parts')[] }

function fromMail(mail: Email, bounded: Bounded): ParsedMessage {
  const headers = mail.headers.map((field) => newHeader(field.key, field.value))
  // a cut message ends inside a part, and half a file is worse than none
  const files = bounded.cut.includes('bytes') ? mail.attachments.slice(0, -1) : mail.attachments
  const attachments = files.map(received)
  const nothing = mail.text === undefined && mail.html === undefined && attachments.length === 0
  return {
    ...envelopeOf(headers, mail.date),
    ...(nothing ? bodyAsText(bounded.bytes) : {}),
    ...(mail.text === undefined ? {} : { text: asWritten(mail.text) }),
    ...(mail.html === undefined ? {} : { html: asWritten(mail.html) }),
    attachments,
    reports: reportsOf(attachments),
    overLimit: bounded.cut,
    problems: bounded.cut.map((limit) => `cut at the limit of ${limit}`),
  }
}

// a multipart whose delimiters are missing has its words where nobody looks
function bodyAsText(bytes: Uint8Array): { text?: string } {
  const text = reportText(bytes).replaceAll('\r\n', '\n')
  const end = text.indexOf('\n\n')
  return end < 0 || text.slice(end).trim() === '' ? {} : { text: text.slice(end + 2) }
}

function headersOnly(bounded: Bounded, cause: unknown): ParsedMessage {
  return {
    ...envelopeOf(readHeaders(reportText(bounded.bytes)), undefined),
    ...bodyAsText(bounded.bytes),
    attachments: [],
    reports: { deliveryStatus: [], feedback: [], disposition: [], returned: [] },
    overLimit: [...bounded.cut, 'depth-or-headers'],
    problems: [cause instanceof Error ? cause.message : String(cause)],
  }
}

function envelopeOf(headers: Header[], date: string | undefined) {
  const one = (name: string) => addressesIn(headers, name)[0]
  const many = (name: string) =>
    headers.filter((field) => field.name === name).flatMap((field) => readAddresses(field.raw))
  const ids = (name: string) => parseMessageIds(header(headers, name) ?? '')
  const [from, sender, messageId] = [one('from'), one('sender'), ids('message-id')[0]]
  return {
    headers,
    mediaType: readMediaType(header(headers, 'content-type') ?? 'text/plain'),
    ...(from === undefined ? {} : { from }),
    ...(sender === undefined ? {} : { sender }),
    replyTo: many('reply-to'),
    to: many('to'),
    cc: many('cc'),
    subject: (header(headers, 'subject') ?? '').replaceAll(/\s+/g, ' ').trim(),
    ...(messageId === undefined ? {} : { messageId }),
    inReplyTo: ids('in-reply-to'),
    references: ids('references'),
    ...(date !== undefined && /^\d{4}-.*Z$/.test(date) ? { date } : {}),
  }
}

function received(file: PostalAttachment): ReceivedAttachment {
  const content = typeof file.content === 'string' ? Buffer.from(file.content) : new Uint8Array(file.content)
  const contentId = file.contentId?.replaceAll(/[<>\s]/g, '') ?? ''
  return {
    ...(file.filename === null || file.filename === '' ? {} : { filename: file.filename }),
    contentType: file.mimeType.toLowerCase(),
    size: content.byteLength,
    disposition: file.disposition === 'inline' || file.related === true ? 'inline' : 'attachment',
    ...(contentId === '' ? {} : { contentId }),
    content,
  }
}

function reportsOf(attachments: readonly ReceivedAttachment[]): Reports {
  const texts = (...types: string[]) =>
    attachments.filter((file) => types.includes(file.contentType)).map((file) => reportText(file.content))
  return {
    deliveryStatus: texts('message/delivery-status', 'message/global-delivery-status'),
    feedback: texts('message/feedback-report'),
    disposition: texts('message/disposition-notification', 'message/global-disposition-notification'),
    returned: texts(
      'message/rfc822',
      'message/global',
      'text/rfc822-headers',
      'message/rfc822-headers',
      'message/global-headers',
    ),
  }
}

function reportText(content: Uint8Array): string {
  return Buffer.from(content.subarray(0, reportTextLimit)).toString('utf8')
}

// files of old Macs end their lines with CR alone, which RFC 5322 §2.3 knows only together with LF
function withLineFeeds(raw: Uint8Array): Uint8Array {
  const start = raw.subarray(0, 65_536)
  if (start.includes(0x0a) || !start.includes(0x0d)) return raw
  return raw.map((byte) => (byte === 0x0d ? 0x0a : byte))
}

const lostFold = /;[ \t]*\r?\n(?=(?:boundary|charset|report-type)=)/gi

// a parameter at the beginning of a line has lost the space that makes it part of its field, RFC 5322 §2.2.3
function withFolds(raw: Uint8Array): Uint8Array {
  const start = Buffer.from(raw.subarray(0, 65_536)).toString('latin1')
  const end = start.search(/\r?\n\r?\n/)
  const head = start.slice(0, Math.max(0, end))
  const folded = head.replaceAll(lostFold, '$&\t')
  return folded === head ? raw : Buffer.concat([Buffer.from(folded, 'latin1'), raw.subarray(head.length)])
}

// "From sender date" in front of the headers comes from mbox files (RFC 4155)
function withoutMboxLine(raw: Uint8Array): Uint8Array {
  const start = raw.findIndex((byte) => byte !== 0x0a && byte !== 0x0d)
  if (start < 0) return raw
  const message = raw.subarray(start)
  if (!/^>?From /.test(Buffer.from(message.subarray(0, 6)).toString('latin1'))) return message
  return message.subarray(message.indexOf(0x0a) + 1)
}

function boundedBytes(raw: Uint8Array, limits: ParseLimits): Bounded {
  const bytes = raw.subarray(0, limits.bytes)
  const cut: Bounded['cut'] = raw.byteLength > limits.bytes ? ['bytes'] : []
  const end = lastAllowedDelimiter(bytes, limits.parts)
  return end === undefined ? { bytes, cut } : { bytes: bytes.subarray(0, end), cut: [...cut, 'parts'] }
}

// every line that could be a delimiter of a declared boundary counts, RFC 2046 §5.1.1
function lastAllowedDelimiter(bytes: Uint8Array, limit: number): number | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let seen = 0
  for (let at = text.indexOf('\n--'); at >= 0; at = text.indexOf('\n--', at + 3)) {
    if (!isDelimiter(text, at + 1)) continue
    seen += 1
    if (seen > limit) return at + 1
  }
  return undefined
}

// dashes drawn in a text are no delimiter: what follows one is a field, an empty line or the end
function isDelimiter(text: Buffer, at: number): boolean {
  const lineEnd = text.indexOf(0x0a, at)
  if (lineEnd < 0 || lineEnd - at > 80) return false
  const next = text.subarray(lineEnd + 1, lineEnd + 80).toString('latin1')
  return /^(?:\r?\n|[!-9;-~]+:|--)/.test(next)
}
