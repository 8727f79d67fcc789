/**
 * The header block of a message as it lies on the wire (RFC 5322 §2.2): split, read, changed, put together again. What is
 * not touched stays byte for byte. The block is held as latin1, so that eight-bit bytes survive.
 */

export interface Header {
  readonly name: string
  /** The whole field with its folding, without the last line end, latin1. */
  readonly raw: string
}

export interface SplitMessage {
  readonly headers: readonly Header[]
  readonly body: Buffer
}

/** Splits at the first empty line. Lines that are no field (an mbox "From " line) are dropped. Accepts bare LF. */
export function splitMessage(raw: Buffer): SplitMessage {
  const end = headerEnd(raw)
  const block = raw.subarray(0, end.block).toString('latin1')
  return { headers: parseHeaders(block), body: raw.subarray(end.body) }
}

function headerEnd(raw: Buffer): { readonly block: number; readonly body: number } {
  const crlf = raw.indexOf('\r\n\r\n', 0, 'latin1')
  const lf = raw.indexOf('\n\n', 0, 'latin1')
  if (raw.subarray(0, 2).toString('latin1') === '\r\n') return { block: 0, body: 2 }
  if (crlf === -1 && lf === -1) return { block: raw.length, body: raw.length }
  if (crlf !== -1 && (lf === -1 || crlf < lf)) return { block: crlf, body: crlf + 4 }
  return { block: lf, body: lf + 2 }
}

function parseHeaders(block: string): Header[] {
  const fields: string[] = []
  for (const line of block.split(/\r?\n/)) {
    if (/^[ \t]/.test(line) && fields.length > 0) fields[fields.length - 1] += `\r\n${line}`
    else fields.push(line)
  }
  return fields.flatMap((raw) => {
    const name = /^([!-9;-~]+)[ \t]*:/.exec(raw)?.[1]
    return name === undefined ? [] : [{ name, raw }]
  })
}

/** A field with a value that needs no folding or is folded already; the value is UTF-8 text. */
export function header(name: string, value: string): Header {
  return { name, raw: `${name}: ${Buffer.from(value, 'utf8').toString('latin1')}` }
}

/** The value unfolded (RFC 5322 §2.2.3), trimmed, bytes read as UTF-8. */
export function valueOf(field: Header): string {
  const value = field.raw.slice(field.raw.indexOf(':') + 1).replaceAll(/\r\n(?=[ \t])/g, '')
  return Buffer.from(value, 'latin1').toString('utf8').trim()
}

/** Value of the first field of that name, in any case; undefined when there is none. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase()
  const found = headers.find((field) => field.name.toLowerCase() === wanted)
  return found === undefined ? undefined : valueOf(found)
}

export function without(headers: readonly Header[], ...names: readonly string[]): readonly Header[] {
  const unwanted = new Set(names.map((name) => name.toLowerCase()))
  return headers.filter((field) => !unwanted.has(field.name.toLowerCase()))
}

/** The fields with the first one of that name replaced in its place; at the end when there was none, further ones dropped. */
export function withHeader(headers: readonly Header[], field: Header): readonly Header[] {
  const wanted = field.name.toLowerCase()
  const place = headers.findIndex((each) => each.name.toLowerCase() === wanted)
  if (place === -1) return [...headers, field]
  return headers.flatMap((each, index) => {
    if (index === place) return [field]
    return each.name.toLowerCase() === wanted ? [] : [each]
  })
}

export function joinMessage(message: SplitMessage): Buffer {
  const block = message.headers.map((field) => `${field.raw}\r\n`).join('')
  return Buffer.concat([Buffer.from(`${block}\r\n`, 'latin1'), message.body])
}

/** Every msg-id in a value, brackets included (RFC 5322 §3.6.4, tolerant of folding and comments between them). */
export function messageIds(value: string | undefined): readonly string[] {
  return value?.match(/<[^<>\s]+>/g) ?? []
}

/** Comparison form of a msg-id. */
export function messageKey(id: string): string {
  return id.replaceAll(/[<>\s]/g, '')
}
