/**
 * `sendMail`: the whole message in base64 (text/plain), or a JSON message. Answers 202 with nothing, and that means only that
 * it was taken. The sender of the MIME form is always the signed-in user.
 */
import { afterwards, cutBefore } from '../afterwards.ts'
import type { Call } from '../calls.ts'
import { InputError, Reader } from '../json.ts'
import {
  type NamedAddress,
  addressKey,
  formatAddress,
  isAddress,
  isPracticeAddress,
  parseAddresses,
} from '../mime/addresses.ts'
import { compose } from '../mime/compose.ts'
import { header, headerValue, joinMessage, splitMessage } from '../mime/headers.ts'
import type { GraphCall, GraphParts, GraphReply } from './graph-call.ts'
import { badRequest, sendAsDenied } from './graph-errors.ts'

/** 4 MB, the whole request. */
export const SEND_CALL = 'graph.me.sendMail'
const MOST_REQUEST_BYTES = 4 * 1024 * 1024
const MOST_RECIPIENTS = 500
const MOST_HEADERS = 5
const SPOKEN = [
  'subject',
  'body',
  'toRecipients',
  'ccRecipients',
  'bccRecipients',
  'from',
  'internetMessageHeaders',
]

export async function sendMail(parts: GraphParts, call: GraphCall): Promise<GraphReply> {
  if (call.contentType.startsWith('text/plain'))
    return submit(parts, call, readMime(call.body), 'kept in Sent')
  if (!call.contentType.startsWith('application/json'))
    throw badRequest('UnsupportedMediaType', `No way to read ${call.contentType}.`)
  const body = readJson(call.body)
  refuseStrangers(body, ['message', 'saveToSentItems'], 'sendMail')
  const message = body.reader('message')
  refuseStrangers(message, SPOKEN, 'message')
  const kept = body.flag('saveToSentItems', true) ? 'kept in Sent' : 'not kept'
  return submit(parts, call, await composed(parts, call, message), kept)
}

/** What may be asked for at once: as ordered, else the provider's own limit. */
export function mostBytes({ faults }: Pick<GraphParts, 'faults'>, mailbox: string, call: Call): number {
  const ordered = faults.behaves('mostMailBytes', mailbox, call)
  return ordered === 0 ? MOST_REQUEST_BYTES : ordered
}

function readMime(body: Buffer): Buffer {
  const text = body.toString('latin1').replaceAll(/\s/g, '')
  if (text === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    throw badRequest('ErrorMimeContentInvalidBase64String', 'Invalid base64 string for MIME content.')
  return Buffer.from(text, 'base64')
}

export function readJson(body: Buffer): Reader {
  try {
    return new Reader(JSON.parse(body.toString('utf8')))
  } catch (failure) {
    if (failure instanceof SyntaxError || failure instanceof InputError)
      throw badRequest('ErrorInvalidRequest', 'The request body is not valid JSON.')
    throw failure
  }
}

/** Throws Graph's 400 for a property that the type does not have, or that would pass unheard here. */
export function refuseStrangers(body: Reader, known: readonly string[], type: string): void {
  const stranger = body.entries().find(([name]) => !known.includes(name))?.[0]
  if (stranger !== undefined)
    throw badRequest(
      'BadRequest',
      `The property '${stranger}' does not exist on type 'microsoft.graph.${type}', or is not spoken here.`,
    )
}

async function composed(parts: GraphParts, call: GraphCall, message: Reader): Promise<Buffer> {
  const { account } = call
  const wanted = message.maybeReader('from')?.reader('emailAddress').text('address')
  if (wanted !== undefined && addressKey(wanted) !== account.key) throw sendAsDenied()
  const body = message.maybeReader('body')
  const isHtml = (body?.maybeText('contentType') ?? 'text').toLowerCase() === 'html'
  const content = body?.maybeText('content') ?? ''
  const raw = await compose({
    from: { name: account.name, address: account.address },
    to: recipientsIn(message, 'toRecipients'),
    subject: message.maybeText('subject') ?? '',
    text: isHtml ? content.replaceAll(/<[^>]*>/g, '') : content,
    html: isHtml ? content : undefined,
    messageId: `<${parts.store.next('office-message-id')}.office@office.practice.example>`,
    dateMs: parts.clock.now(),
    headers: ownHeaders(message),
  })
  const { headers, body: bytes } = splitMessage(raw)
  const others = (['Cc', 'Bcc'] as const).flatMap((name) => {
    const list = recipientsIn(message, name === 'Cc' ? 'ccRecipients' : 'bccRecipients')
    return list.length === 0 ? [] : [header(name, list.map(formatAddress).join(', '))]
  })
  return joinMessage({ headers: [...headers, ...others], body: bytes })
}

function recipientsIn(message: Reader, name: string): readonly NamedAddress[] {
  return message.readers(name).map((each) => {
    const address = each.reader('emailAddress')
    return { name: address.maybeText('name') ?? '', address: address.maybeText('address') ?? '' }
  })
}

function ownHeaders(message: Reader): Readonly<Record<string, string>> {
  const headers = message.readers('internetMessageHeaders')
  if (headers.length > MOST_HEADERS) {
    throw badRequest(
      'InvalidInternetMessageHeaderCollection',
      'Maximum number of headers in one message should be less than or equal to 5.',
    )
  }
  const named = headers.map((each) => [each.text('name'), each.maybeText('value') ?? ''] as const)
  const foreign = named.find(([name]) => !/^x-/i.test(name))?.[0]
  if (foreign !== undefined) {
    throw badRequest(
      'InvalidInternetMessageHeader',
      `The internet message header name '${foreign}' should start with 'x-' or 'X-'.`,
    )
  }
  return Object.fromEntries(named)
}

function submit(
  parts: GraphParts,
  call: GraphCall,
  raw: Buffer,
  copy: 'kept in Sent' | 'not kept',
): GraphReply {
  const { account } = call
  checkRecipients(raw)
  const answering = { mailbox: account.key, call: call.call, usual: SEND_CALL }
  cutBefore(parts.faults, answering)
  const { message } = parts.delivery.accept(account, raw, {
    source: 'mail',
    keepsNoCopy: copy === 'not kept',
    call: call.call,
  })
  return {
    status: 202,
    body: undefined,
    messages: [message.id],
    threads: [message.threadId],
    ...afterwards(parts.faults, answering),
  }
}

function checkRecipients(raw: Buffer): void {
  const { headers } = splitMessage(raw)
  const all = ['To', 'Cc', 'Bcc'].flatMap((name) => parseAddresses(headerValue(headers, name)))
  const wrong = all.some((each) => !isAddress(each.address) || !isPracticeAddress(each.address))
  if (all.length === 0 || all.length > MOST_RECIPIENTS || wrong)
    throw badRequest('ErrorInvalidRecipients', 'At least one recipient is not valid.')
}
