/**
 * Takes one captured message apart: what it is, what it says, what may be shown. Runs in a worker thread with limits of
 * time and memory, because the bytes come from outside; knows no database and no clock. What breaks a limit is shown as
 * text, as far as it was read.
 */
import type { Classification, ParseLimit, ParseLimits } from '../mail/index.ts'
import {
  classify,
  declineEvidence,
  defaultLimits,
  header,
  longestLayout,
  messageReply,
  parseMessage,
  parseMessageIds,
  sanitizeMailHtml,
} from '../mail/index.ts'

export interface ReadAttachment {
  readonly filename: string
  readonly contentType: string
  readonly contentId?: string
  readonly content: Uint8Array
}

export interface ReportedRecipient {
  readonly address: string
  readonly permanent: boolean
  readonly status: string
  /** It came back because of our own mailbox. */
  readonly blamesSender?: true
  /** What the other side said. */
  readonly why?: string
}

export interface Report {
  readonly recipients: readonly ReportedRecipient[]
  /** Ids of the returned message and those in its References, where our token stands. */
  readonly aboutIds: readonly string[]
  /** Of a complaint: `abuse`, `opt-out`, … */
  readonly complaint?: string
}

/**
 * `layout`: its HTML is too long to be shown; `text`: and nothing else tells its text to the end. `effort`: it took too much time
 * or memory, and its beginning was read.
 */
export type OverLimit = ParseLimit | 'layout' | 'text' | 'effort'

export interface ReadMessage {
  readonly kind: 'reply' | 'auto-reply' | 'bounce' | 'complaint' | 'other'
  readonly kindEvidence: readonly string[]
  /** Of a bounce and a complaint: whom it names, and by which ids it says what it is about. Believed by nobody yet. */
  readonly report?: Report
  readonly messageId?: string
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
  readonly fromName: string
  readonly fromAddress: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly quoted: string
  readonly html?: string
  readonly remoteImages: number
  readonly attachments: readonly ReadAttachment[]
  /** With any, there is no HTML, and words may be missing. */
  readonly overLimit: readonly OverLimit[]
  /** The sentence by which the writer seems to decline. */
  readonly declines?: string
}

const longestWhy = 500

/** Of a message that broke the limits of its thread; so little is read at once whatever it holds. */
const beginning: ParseLimits = { bytes: 128 * 1024, parts: 20, depth: 10, headerBytes: 64 * 1024 }

/** Parses, classifies, cuts and sanitises. Resolves also for broken messages. */
export function readMessage(raw: Uint8Array): Promise<ReadMessage> {
  return read(raw, defaultLimits, [])
}

/** Reads the beginning alone, as text: for a message that took too much time or memory as a whole. */
export function readBeginning(raw: Uint8Array): Promise<ReadMessage> {
  return read(raw, beginning, ['effort'])
}

const example = new TextEncoder().encode(
  'From: a@example.com\r\nSubject: Re: b\r\nContent-Type: text/html\r\n\r\n<p>Yes <a href="https://example.com">c</a></p><blockquote>d</blockquote>\r\n',
)

/** Reads an example, so that the first real message need not wait for what is compiled when it is first used. */
export async function readForOnce(): Promise<void> {
  await readMessage(example)
}

async function read(
  raw: Uint8Array,
  limits: ParseLimits,
  broken: readonly OverLimit[],
): Promise<ReadMessage> {
  const parsed = await parseMessage(raw, limits)
  const found = classify(parsed)
  const { html = '' } = parsed
  const long = html.length > longestLayout
  const hasText = parsed.text !== undefined && parsed.text.trim() !== ''
  const reply = messageReply(long && hasText ? { text: parsed.text } : parsed)
  const declines =
    found.kind === 'reply' || found.kind === 'other' ? declineEvidence(reply.visible) : undefined
  const tooLong: readonly OverLimit[] = !long ? [] : hasText ? ['layout'] : ['layout', 'text']
  const overLimit = [...new Set([...broken, ...parsed.overLimit, ...tooLong])]
  const safe = parsed.html === undefined || overLimit.length > 0 ? undefined : sanitizeMailHtml(html)
  return storable({
    kind: found.kind,
    kindEvidence: found.evidence,
    ...reportOf(found),
    ...(parsed.messageId === undefined ? {} : { messageId: parsed.messageId }),
    inReplyTo: parsed.inReplyTo,
    references: parsed.references,
    fromName: parsed.from?.name ?? '',
    fromAddress: parsed.from?.address ?? '',
    to: [...parsed.to, ...parsed.cc].map((one) => one.address),
    subject: parsed.subject,
    text: reply.signature === undefined ? reply.visible : `${reply.visible}\n\n${reply.signature}`,
    quoted: reply.quoted,
    ...(safe === undefined ? {} : { html: safe.html }),
    remoteImages: safe?.remoteImages ?? 0,
    attachments: parsed.attachments.map((file) => ({
      filename: file.filename ?? '',
      contentType: file.contentType,
      ...(file.contentId === undefined ? {} : { contentId: file.contentId }),
      content: file.content,
    })),
    overLimit,
    ...(declines === undefined ? {} : { declines }),
  })
}

/** PostgreSQL's text takes no NUL; one in a mail must not keep the whole of it from being stored. */
function storable<Value>(value: Value): Value {
  if (typeof value === 'string')
    return (value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value) as Value
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(storable) as Value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, storable(each)])) as Value
}

function reportOf(found: Classification): { readonly report?: Report } {
  if (found.kind === 'bounce') {
    const { recipients, originalMessageIds, returnedHeaders } = found.bounce
    const referred = parseMessageIds(header(returnedHeaders, 'references') ?? '')
    return {
      report: {
        aboutIds: [...new Set([...originalMessageIds, ...referred])],
        recipients: recipients.map(({ address, permanent, status, blamesSender, diagnostic }) => ({
          address,
          permanent,
          status,
          ...(blamesSender === undefined ? {} : { blamesSender }),
          ...(diagnostic === undefined ? {} : { why: diagnostic.slice(0, longestWhy) }),
        })),
      },
    }
  }
  if (found.kind !== 'complaint') return {}
  const { type, recipients, originalMessageIds, returnedIds } = found.complaint
  return {
    report: {
      complaint: type,
      aboutIds: [...new Set([...originalMessageIds, ...returnedIds])],
      recipients: recipients.map(({ address }) => ({ address, permanent: true, status: '' })),
    },
  }
}
