/**
 * What the provider does to the bytes that a client hands over: Message-ID replaced, sender checked, Date added; and what
 * each recipient's copy looks like. Everything else stays byte for byte.
 */
import { mailDate } from '../clock.ts'
import { type NamedAddress, addressKey, formatAddress, parseAddresses } from '../mime/addresses.ts'
import { type SplitMessage, header, headerValue, joinMessage, withHeader, without } from '../mime/headers.ts'

export interface Identity {
  readonly address: string
  readonly name: string
}

export interface Rewriting {
  /** Replaces the client's Message-ID; without it the client's stays, and one is added only when missing. */
  readonly messageId: string
  readonly keepClientMessageId: boolean
  /** Who the account may send as, the primary one first. */
  readonly identities: readonly [Identity, ...Identity[]]
  /** Header that keeps a sender who was not allowed; undefined where the wish is forgotten. */
  readonly wishKeptIn: string | undefined
  readonly at: number
}

/** The sender's own copy, which still names the Bcc recipients. */
export function rewriteSubmitted(message: SplitMessage, rewriting: Rewriting): SplitMessage {
  let headers = message.headers
  const kept = rewriting.keepClientMessageId && headerValue(headers, 'message-id') !== undefined
  if (!kept) headers = withHeader(headers, header('Message-ID', rewriting.messageId))
  const from = headerValue(headers, 'from')
  const sender = allowedSender(parseAddresses(from)[0], rewriting.identities)
  if (sender !== undefined) {
    headers = withHeader(headers, header('From', formatAddress(sender)))
    if (rewriting.wishKeptIn !== undefined && from !== undefined && from !== '')
      headers = withHeader(headers, header(rewriting.wishKeptIn, from))
  }
  if (headerValue(headers, 'date') === undefined)
    headers = [...headers, header('Date', mailDate(rewriting.at))]
  return { headers, body: message.body }
}

/** Undefined when the sender may stay as written. */
function allowedSender(
  wanted: NamedAddress | undefined,
  identities: Rewriting['identities'],
): NamedAddress | undefined {
  const [primary] = identities
  if (wanted === undefined) return primary
  const allowed = identities.some((each) => addressKey(each.address) === addressKey(wanted.address))
  return allowed
    ? undefined
    : { name: wanted.name === '' ? primary.name : wanted.name, address: primary.address }
}

/** A recipient's copy: without Bcc, with the trace of its way (RFC 5321 §4.4). */
export function recipientCopy(message: SplitMessage, from: string, to: string, at: number): Buffer {
  const trace = [
    header('Return-Path', `<${from}>`),
    header('Delivered-To', to),
    header('Received', `by mx.practice.example with HTTP for <${to}>; ${mailDate(at)}`),
  ]
  return joinMessage({
    headers: [...trace, ...without(message.headers, 'bcc', 'return-path', 'delivered-to')],
    body: message.body,
  })
}
