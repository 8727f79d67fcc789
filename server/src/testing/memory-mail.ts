/**
 * The mailboxes of the in-memory provider: what lies in them, in which thread, and in what order it came. Threads are
 * made by References and In-Reply-To as a mailbox knows them, never by subject.
 */
import { addressKey, canonical, parseMessageIds, tokenOf } from '../mail/index.ts'
import { header, readAddresses, readHeaders } from '../mail/headers.ts'
import type { Change } from '../mailboxes/provider.ts'

export interface MemoryMessage {
  readonly id: string
  readonly threadId: string
  readonly raw: Uint8Array
  readonly receivedAt: Temporal.Instant
  readonly own: boolean
  /** Message-ID without brackets. */
  readonly messageId: string
}

/** One mailbox; its history is the order of `messages`. */
export interface MemoryBox {
  readonly address: string
  readonly messages: MemoryMessage[]
  /** Cursors of earlier epochs have expired. */
  epoch: number
}

/** Header fields as the messages of the in-memory provider are read. */
export function fieldOf(raw: Uint8Array, name: string): string | undefined {
  return header(readHeaders(Buffer.from(raw).toString('latin1')), name)
}

/** Puts a message into a mailbox, into the thread of what it answers. */
export function file(
  box: MemoryBox,
  message: Omit<MemoryMessage, 'threadId' | 'messageId'>,
  wantedThread?: string,
): MemoryMessage {
  const ids = ['message-id', 'references', 'in-reply-to'].map((name) =>
    parseMessageIds(fieldOf(message.raw, name) ?? ''),
  )
  const [own = [], references = [], inReplyTo = []] = ids
  const answered = new Set([...references, ...inReplyTo].map(canonical))
  const known = box.messages.find((each) => {
    return parseMessageIds(each.messageId).some((id) => answered.has(canonical(id)))
  })
  const filed = {
    ...message,
    messageId: own[0] ?? '',
    threadId: wantedThread ?? known?.threadId ?? `t-${message.id}`,
  }
  box.messages.push(filed)
  return filed
}

/** Address keys of everyone a message is addressed to. */
export function recipientsOf(raw: Uint8Array): readonly string[] {
  const named = ['to', 'cc', 'bcc'].flatMap((name) => readAddresses(fieldOf(raw, name) ?? ''))
  return [...new Set(named.map((each) => addressKey(each.address)))]
}

/** The message with another Message-ID, as some providers write it. */
export function withMessageId(raw: Uint8Array, id: string): Uint8Array {
  const text = Buffer.from(raw).toString('latin1')
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length
  const head = text.slice(0, end).replace(/^message-id:.*(?:\r?\n[ \t].*)*\r?\n/im, '')
  return Buffer.from(`Message-ID: <${id}>\r\n${head}${text.slice(end)}`, 'latin1')
}

/** The message from this address; who it said it was from is kept beside, as Gmail does (providers.md A4). */
export function fromAnother(raw: Uint8Array, address: string): Uint8Array {
  const text = Buffer.from(raw).toString('latin1')
  const kept = text.replace(/^from: *(.*(?:\r?\n[ \t].*)*)/im, (_all, wish: string) => {
    return `From: ${address}\r\nX-Google-Original-From: ${wish}`
  })
  return Buffer.from(kept, 'latin1')
}

const headerNames = {
  messageId: 'message-id',
  inReplyTo: 'in-reply-to',
  references: 'references',
} as const

/** The headers of a match. */
export function headersOf(raw: Uint8Array): Partial<Record<keyof typeof headerNames, string>> {
  return Object.fromEntries(
    Object.entries(headerNames).flatMap(([key, name]) => {
      const value = fieldOf(raw, name)
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

/** Whether a message is the copy of what these hints tell of. */
export function bears(
  message: MemoryMessage,
  hints: { readonly token: string; readonly messageId: string },
): boolean {
  const [root] = parseMessageIds(hints.token)
  const token = (root === undefined ? undefined : tokenOf(root)) ?? hints.token
  const wanted = new Set(parseMessageIds(hints.messageId).map(canonical))
  return (
    parseMessageIds(fieldOf(message.raw, 'references') ?? '').some((id) => tokenOf(id) === token) ||
    parseMessageIds(message.messageId).some((id) => wanted.has(canonical(id)))
  )
}

/** A message by its identifiers. */
export function changeOf({ id, threadId, own }: MemoryMessage): Change {
  return { providerMessageId: id, providerThreadId: threadId, own }
}
