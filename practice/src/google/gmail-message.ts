/** A message as Gmail shows it in its four formats. */
import { decodeWords } from '../mime/encoded-words.ts'
import { type Header, valueOf } from '../mime/headers.ts'
import { type Part, parseParts, textOf } from '../mime/parts.ts'
import type { Message } from '../store/mailboxes.ts'

export type Format = 'minimal' | 'metadata' | 'full' | 'raw'

export function isFormat(text: string): text is Format {
  return ['minimal', 'metadata', 'full', 'raw'].includes(text)
}

export type Resource = Readonly<Record<string, unknown>>

/** `wantedHeaders` limits `metadata`; empty means all headers. */
export function messageResource(
  message: Message,
  raw: Buffer,
  format: Format,
  wantedHeaders: readonly string[],
): Resource {
  const head = {
    id: message.id,
    threadId: message.threadId,
    labelIds: message.labels,
    snippet: message.snippet,
    sizeEstimate: message.size,
    historyId: String(message.historyId),
    internalDate: String(message.internalDate),
  }
  if (format === 'minimal') return head
  if (format === 'raw') return { ...head, raw: raw.toString('base64url') }
  const root = parseParts(raw)
  if (format === 'full') return { ...head, payload: partResource(root, message.id) }
  const wanted = new Set(wantedHeaders.map((name) => name.toLowerCase()))
  const headers = root.headers.filter((field) => wanted.size === 0 || wanted.has(field.name.toLowerCase()))
  return {
    ...head,
    payload: {
      mimeType: root.mimeType,
      ...(headers.length === 0 ? {} : { headers: headers.map(headerResource) }),
    },
  }
}

function headerResource(field: Header): Resource {
  return { name: field.name, value: decodeWords(valueOf(field)) }
}

function partResource(part: Part, messageId: string): Resource {
  const content =
    part.mimeType.startsWith('text/') && part.filename === ''
      ? Buffer.from(textOf(part), 'utf8')
      : part.content
  const inline = part.filename === '' || content.length === 0
  const held = inline
    ? { data: content.toString('base64url') }
    : { attachmentId: attachmentId(messageId, part.id) }
  return {
    partId: part.id,
    mimeType: part.mimeType,
    filename: part.filename,
    headers: part.headers.map(headerResource),
    body:
      part.parts.length > 0 || content.length === 0
        ? { size: content.length }
        : { size: content.length, ...held },
    ...(part.parts.length === 0 ? {} : { parts: part.parts.map((inner) => partResource(inner, messageId)) }),
  }
}

/** Opaque to clients; says which part of which message it is. */
export function attachmentId(messageId: string, partId: string): string {
  return `ANG${Buffer.from(`${messageId}/${partId}`).toString('base64url')}`
}
