/**
 * The MIME tree of a message (RFC 2045, 2046): parts, their types and decoded contents. Only what Gmail shows of it;
 * forgiving about a missing final boundary and unknown encodings.
 */
import { decodeCharset, decodeWords } from './encoded-words.ts'
import { type Header, headerValue, splitMessage } from './headers.ts'

export interface Part {
  /** Gmail's numbering: '' for the whole message, then '0', '1', '1.0'. */
  readonly id: string
  readonly mimeType: string
  readonly filename: string
  readonly headers: readonly Header[]
  /** Decoded from its transfer encoding; empty for a multipart. */
  readonly content: Buffer
  readonly charset: string | undefined
  readonly parts: readonly Part[]
}

const MAX_DEPTH = 20

export function parseParts(raw: Buffer): Part {
  return parsePart(raw, '', 0)
}

function parsePart(raw: Buffer, id: string, depth: number): Part {
  const { headers, body } = splitMessage(raw)
  const type = parameters(headerValue(headers, 'content-type') ?? 'text/plain')
  const disposition = parameters(headerValue(headers, 'content-disposition') ?? '')
  const boundary = type.values.get('boundary')
  const shared = {
    id,
    mimeType: type.head === '' ? 'text/plain' : type.head,
    filename: decodeWords(disposition.values.get('filename') ?? type.values.get('name') ?? ''),
    headers,
    charset: type.values.get('charset'),
  }
  if (type.head.startsWith('multipart/') && boundary !== undefined && depth < MAX_DEPTH) {
    const inner = splitBoundary(body, boundary)
    const parts = inner.map((each, index) =>
      parsePart(each, id === '' ? String(index) : `${id}.${index}`, depth + 1),
    )
    return { ...shared, content: Buffer.alloc(0), parts }
  }
  return {
    ...shared,
    content: decodeTransfer(body, headerValue(headers, 'content-transfer-encoding')),
    parts: [],
  }
}

/** A delimiter begins a line and ends it, blanks aside (RFC 2046 §5.1.1). */
function splitBoundary(body: Buffer, boundary: string): Buffer[] {
  const text = body.toString('latin1')
  const marker = `--${boundary}`
  const rest = /(--)?[ \t]*(?=\r?\n|$)/y
  const pieces: Buffer[] = []
  let start = -1
  for (let at = text.indexOf(marker); at !== -1; at = text.indexOf(marker, at + 1)) {
    if (at > 0 && text[at - 1] !== '\n') continue
    rest.lastIndex = at + marker.length
    const ended = rest.exec(text)
    if (ended === null) continue
    const lineEnd = text.startsWith('\r\n', at - 2) ? 2 : 1
    if (start !== -1) pieces.push(body.subarray(start, Math.max(start, at - lineEnd)))
    if (ended[1] !== undefined) return pieces
    const after = rest.lastIndex
    start = after + (text.startsWith('\r\n', after) ? 2 : 1)
  }
  if (start !== -1) pieces.push(body.subarray(start))
  return pieces
}

function decodeTransfer(body: Buffer, encoding: string | undefined): Buffer {
  const kind = encoding?.trim().toLowerCase()
  if (kind === 'base64') return Buffer.from(body.toString('latin1'), 'base64')
  if (kind !== 'quoted-printable') return body
  const text = body
    .toString('latin1')
    .replaceAll(/[ \t]+(?=\r?\n)/g, '')
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-Fa-f]{2})/g, (_code, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(text, 'latin1')
}

interface Parameters {
  readonly head: string
  readonly values: ReadonlyMap<string, string>
}

/** `type/subtype; name=value` with RFC 2231 extended values and continuations. */
function parameters(value: string): Parameters {
  const [head = '', ...rest] = value.match(/(?:"(?:\\.|[^"\\])*"|[^;"])+/g) ?? []
  const values = new Map<string, string>()
  for (const piece of rest) {
    const at = piece.indexOf('=')
    if (at === -1) continue
    const [, name = '', , extended] = /^\s*([^*\s]+)(\*\d+)?(\*)?\s*$/.exec(piece.slice(0, at)) ?? []
    const key = name.toLowerCase()
    const content = unquote(piece.slice(at + 1).trim())
    values.set(key, (values.get(key) ?? '') + (extended === undefined ? content : percentDecoded(content)))
  }
  return { head: head.trim().toLowerCase(), values }
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.replace(/^"|"$/g, '').replaceAll(/\\(.)/g, '$1') : text
}

function percentDecoded(text: string): string {
  const [charset, , tail] = text.split("'")
  if (tail === undefined) return text
  const bytes = tail.replaceAll(/%([0-9A-Fa-f]{2})/g, (_code, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return decodeCharset(Buffer.from(bytes, 'latin1'), charset)
}

/** Every part, outermost first. */
export function* walk(part: Part): Generator<Part> {
  yield part
  for (const inner of part.parts) yield* walk(inner)
}

/** Text of a text part. */
export function textOf(part: Part): string {
  return decodeCharset(part.content, part.charset)
}

/** The first part of that type that is no attachment, as text. */
export function bodyText(root: Part, mimeType: 'text/plain' | 'text/html'): string | undefined {
  for (const part of walk(root)) {
    if (part.mimeType === mimeType && part.filename === '') return textOf(part)
  }
  return undefined
}

/** HTML as plain text, good enough for a snippet or a quotation. */
export function plainFromHtml(html: string): string {
  return html
    .replaceAll(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, '')
    .replaceAll(/<(?:br|\/p|\/div|\/tr|\/li|\/h\d)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(nbsp|amp|lt|gt|quot|#39);/g, (_entity, name: string) => ENTITY.get(name) ?? ' ')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

const ENTITY = new Map([
  ['nbsp', ' '],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#39', "'"],
])

/** The words a person reads, from plain text or else from HTML. */
export function readableText(root: Part): string {
  return bodyText(root, 'text/plain') ?? plainFromHtml(bodyText(root, 'text/html') ?? '')
}

/** Gmail's snippet: the first 200 characters in one line, escaped as HTML. */
export function snippetOf(root: Part): string {
  const line = readableText(root).slice(0, 2000).replaceAll(/\s+/g, ' ').trim().slice(0, 200)
  return line.replaceAll(/[&<>"']/g, (character) => ESCAPE.get(character) ?? character)
}

const ESCAPE = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])
