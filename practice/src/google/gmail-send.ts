/** Sending: the checks that the provider makes before it accepts, then the post office, then the faults on order. */
import { afterwards, cutBefore } from '../afterwards.ts'
import type { Faults } from '../faults.ts'
import { InputError, Reader } from '../json.ts'
import { isAddress, isPracticeAddress, parseAddresses } from '../mime/addresses.ts'
import { decodeWords } from '../mime/encoded-words.ts'
import { type Header, headerValue, messageIds, splitMessage } from '../mime/headers.ts'
import { subjectKey } from '../mime/subject.ts'
import type { Account } from '../store/accounts.ts'
import { threadKnows, threadSubjectKey } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import type { Delivery } from '../world/delivery.ts'
import type { GmailCall, GmailReply } from './gmail-call.ts'
import { badRequest, notFound, tooLarge } from './gmail-errors.ts'
import { RESOURCES } from './known-fields.ts'

/** JSON bodies above this are refused; the upload path takes more. */
const MOST_JSON_BYTES = 5 * 1024 * 1024
/** 35 MiB, the size in the discovery document. */
export const MOST_UPLOAD_BYTES = 36_700_160

export const SEND_CALL = 'gmail.users.messages.send'
const MOST_RECIPIENTS = 500

export interface SendParts {
  readonly store: Store
  readonly delivery: Delivery
  readonly faults: Faults
}

/** `POST …/messages/send` with `{raw, threadId?}`. */
export function sendJson(parts: SendParts, call: GmailCall): GmailReply {
  if (call.body.length > mostBytes(parts, call, MOST_JSON_BYTES)) throw tooLarge()
  const { raw, threadId } = readMessage(readJson(call.body))
  if (raw === undefined)
    throw badRequest("'raw' RFC822 payload message string or uploading message via /upload/* URL required")
  if (!/^[\w+/=\s-]*$/.test(raw))
    throw badRequest("Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed")
  return submit(parts, call, Buffer.from(raw, 'base64url'), threadId)
}

/** What counts of a message resource: the bytes and the thread. Other fields of it are taken and pass unheard. */
export function readMessage(reader: Reader): {
  readonly raw: string | undefined
  readonly threadId: string | undefined
} {
  const stranger = reader.entries().find(([name]) => RESOURCES['Message']?.[name] === undefined)?.[0]
  if (stranger !== undefined)
    throw badRequest(
      `Invalid JSON payload received. Unknown name "${stranger}" at 'message': Cannot find field.`,
    )
  try {
    return { raw: reader.maybeText('raw'), threadId: reader.maybeText('threadId') }
  } catch (failure) {
    if (failure instanceof InputError) throw badRequest(`Invalid value: ${failure.message}`)
    throw failure
  }
}

/** What may be sent at once: as ordered, else the provider's own limit. */
export function mostBytes({ faults }: SendParts, { account, call }: GmailCall, own: number): number {
  const ordered = faults.behaves('mostMailBytes', account.key, call)
  return ordered === 0 ? own : ordered
}

/** A JSON object body, or Google's 400. */
export function readJson(body: Buffer): Reader {
  try {
    return new Reader(body.length === 0 ? {} : JSON.parse(body.toString('utf8')))
  } catch (failure) {
    if (failure instanceof SyntaxError || failure instanceof InputError)
      throw badRequest('Invalid JSON payload received.')
    throw failure
  }
}

/** Checks and accepts one message; answers what Gmail answers. */
export function submit(
  parts: SendParts,
  { account, call }: Pick<GmailCall, 'account' | 'call'>,
  raw: Buffer,
  threadId: string | undefined,
): GmailReply {
  const answering = { mailbox: account.key, call, usual: SEND_CALL }
  const { headers } = splitMessage(raw)
  checkRecipients(headers)
  if (threadId !== undefined) checkThread(parts.store, account, headers, threadId)
  cutBefore(parts.faults, answering)
  const { message } = parts.delivery.accept(account, raw, { source: 'mail', threadId, call })
  return {
    body: { id: message.id, threadId: message.threadId, labelIds: message.labels },
    ids: [message.id],
    threadIds: [message.threadId],
    ...afterwards(parts.faults, answering),
  }
}

function checkRecipients(headers: readonly Header[]): void {
  let count = 0
  for (const name of ['To', 'Cc', 'Bcc']) {
    for (const field of headers.filter((each) => each.name.toLowerCase() === name.toLowerCase())) {
      const addresses = parseAddresses(headerValue([field], name))
      if (addresses.some((each) => !isAddress(each.address))) throw badRequest(`Invalid ${name} header`)
      const foreign = addresses.find((each) => !isPracticeAddress(each.address))
      if (foreign !== undefined)
        throw badRequest(`practice mail stays inside: ${foreign.address} is no practice address`)
      count += addresses.length
    }
  }
  if (count === 0) throw badRequest('Recipient address required')
  if (count > MOST_RECIPIENTS) throw badRequest('Too many recipients')
}

/** A thread id is honoured only with References or In-Reply-To into that thread and the same subject. */
function checkThread(store: Store, account: Account, headers: readonly Header[], threadId: string): void {
  if (!/^[0-9a-f]{1,16}$/.test(threadId)) throw badRequest('Invalid thread_id value')
  const begun = threadSubjectKey(store, account.key, threadId)
  if (begun === undefined) throw notFound()
  const ids = [
    ...messageIds(headerValue(headers, 'in-reply-to')),
    ...messageIds(headerValue(headers, 'references')),
  ]
  const answers = threadKnows(store, account.key, threadId, ids)
  if (!answers || begun !== subjectKey(decodeWords(headerValue(headers, 'subject') ?? ''))) {
    throw badRequest(
      'Invalid thread_id value: References or In-Reply-To and Subject must belong to the thread',
    )
  }
}
