/**
 * Message-ID: the name of one message (RFC 5322 §3.6.4), and the token by which an answer finds its way home.
 *
 * A `MessageId` is kept as its owner wrote it, without angle brackets; `canonical` is the form for comparison.
 * Reading is generous (folded, commented, encoded, unbracketed ids all occur), writing is strict.
 *
 * The token is a Message-ID of ours that no message bears: `<s.TOKEN@DOMAIN>`. It opens References of all that
 * we send; clients copy References into their answers, so it comes back even where the provider replaced our
 * Message-ID. It is recognised by the token alone, because a domain may change.
 */
import { decodeWords } from 'postal-mime'

export type MessageId = string & { readonly brand: 'MessageId' }

const headerLimit = 65_536
const idLimit = 998

/** Every Message-ID in a header value, in order, without repetition. Broken pieces are passed over. */
export function parseMessageIds(headerValue: string): MessageId[] {
  const value = decoded(headerValue.slice(0, headerLimit))
  const found = value.includes('<') ? bracketed(value) : bare(value)
  return [...new Set(found)]
}

/** The form for comparison: the domain ignores case, the left side does not. */
export function canonical(id: MessageId): string {
  const at = id.lastIndexOf('@')
  return at < 0 ? id : id.slice(0, at) + id.slice(at).toLowerCase()
}

/**
 * A Message-ID for a message of ours.
 * @throws RangeError when the result would not be a valid msg-id
 */
export function newMessageId(unique: string, domain: string): MessageId {
  const id = `${unique}@${domain}`
  if (
    !/^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(id) ||
    id.length > 250
  ) {
    throw new RangeError(`not a Message-ID: ${JSON.stringify(id)}`)
  }
  return brand(id)
}

/**
 * The synthetic root of References that carries a token.
 * @throws RangeError when the token is not 8 to 128 letters, digits, `_`, `-`
 */
export function newToken(token: string, domain: string): MessageId {
  if (!/^[\w-]{8,128}$/.test(token)) throw new RangeError(`not a token: ${JSON.stringify(token)}`)
  return newMessageId(`s.${token}`, domain)
}

/** The token in a Message-ID, or undefined when it carries none. */
export function tokenOf(id: MessageId): string | undefined {
  return /^s\.([\w-]{8,128})@/.exec(id)?.[1]
}

/** Ids as a header field writes them. */
export function formatMessageIds(ids: readonly MessageId[]): string {
  return ids.map((id) => `<${id}>`).join(' ')
}

// RFC 2047 §5 forbids encoded words inside a msg-id; some gateways write them all the same
function decoded(value: string): string {
  return value.includes('=?') ? decodeWords(value) : value
}

function bracketed(value: string): MessageId[] {
  const ids: MessageId[] = []
  for (const piece of value.split('<').slice(1)) {
    const close = piece.indexOf('>')
    const id = clean(close < 0 ? (piece.trim().split(/[\s,]/)[0] ?? '') : piece.slice(0, close))
    if (id !== '' && (close >= 0 || /.@./.test(id))) ids.push(brand(id))
  }
  return ids
}

function bare(value: string): MessageId[] {
  return withoutComments(value)
    .split(/[\s,;]+/)
    .map(clean)
    .filter((word) => /^[^@]+@[^@]+$/.test(word))
    .map(brand)
}

// a fold inside an id leaves white space in it; "id" in quotes and a trailing > also occur
function clean(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}<>]+/gu, '')
    .replace(/^"([^"]*)"$/, '$1')
    .slice(0, idLimit)
}

function withoutComments(value: string): string {
  let depth = 0
  let kept = ''
  for (const character of value) {
    if (character === '(') depth += 1
    if (depth === 0) kept += character
    if (character === ')' && depth > 0) depth -= 1
  }
  return kept
}

function brand(id: string): MessageId {
  return id as MessageId
}
