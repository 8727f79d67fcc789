/**
 * Abuse feedback (RFC 5965): a recipient pressed "this is spam" and the provider says so.
 *
 * Reports of failed authentication (RFC 6591) and of "not spam" use the same format and are no complaints about us
 * by a person; their type is returned and the caller tells them apart.
 */
import { addressKey } from './address.ts'
import { addressesIn, header, readAddresses, readHeaders } from './headers.ts'
import { type MessageId, parseMessageIds } from './message-id.ts'
import type { ParsedMessage } from './parse.ts'
import { readSnsNotification, type SnsNotification } from './sns-notification.ts'

export type FeedbackReport = {
  /** `abuse`, `fraud`, `opt-out` … in lower case; `abuse` when the report names none. */
  readonly type: string
  /** Who complained, as far as the report tells (Original-Rcpt-To, RFC 5965 §3.2). */
  readonly recipients: readonly { readonly address: string; readonly key: string }[]
  readonly originalMessageIds: readonly MessageId[]
  /** Ids in References of the returned message. */
  readonly returnedIds: readonly MessageId[]
  readonly evidence: readonly string[]
}

/** Reads a feedback report; undefined when the message is none. */
export function readFeedbackReport(message: ParsedMessage): FeedbackReport | undefined {
  const declared = message.mediaType.parameters.get('report-type')?.toLowerCase() === 'feedback-report'
  const part = message.reports.feedback[0]
  const attached = message.reports.returned.map((text) => readHeaders(text))[0] ?? []
  const cfl = header([...message.headers, ...attached], 'x-hmxmroriginalrecipient')
  // some gateways pass our own message on with the mark in its header
  const returned = attached.length === 0 && cfl !== undefined ? message.headers : attached
  if (header(message.headers, 'x-apple-unsubscribe') !== undefined) return optOut(message)
  const notification = readSnsNotification(message)
  if (notification?.type === 'Complaint') return fromNotification(notification)
  if (!declared && part === undefined && cfl === undefined) return undefined
  const fields = readHeaders(part ?? '')
  const values = [
    ...fields
      .filter((one) => ['original-rcpt-to', 'removal-recipient', 'redacted-address'].includes(one.name))
      .map((one) => one.value),
    ...(cfl === undefined ? [] : [cfl]),
  ]
  const named = values.flatMap((value) => readAddresses(value)).filter(({ address }) => isTold(address))
  const recipients =
    named.length > 0 ? named : addressesIn(returned, 'to').filter(({ address }) => isTold(address))
  return {
    type: (header(fields, 'feedback-type') ?? 'abuse').toLowerCase(),
    recipients: [
      ...new Map(
        recipients.map(({ address }) => [addressKey(address), { address, key: addressKey(address) }]),
      ).values(),
    ],
    originalMessageIds: parseMessageIds(header(returned, 'message-id') ?? ''),
    returnedIds: parseMessageIds(header(returned, 'references') ?? ''),
    evidence: [
      ...(declared ? ['report-type=feedback-report'] : []),
      ...(part === undefined ? [] : ['message/feedback-report']),
      ...(cfl === undefined ? [] : ['X-HmXmrOriginalRecipient']),
    ],
  }
}

// AOL and others put a word in the place of the address
function isTold(address: string): boolean {
  return /^(?!redacted@).+@.+/i.test(address)
}

// Apple Mail's "Unsubscribe" writes a mail where others press a link
function optOut(message: ParsedMessage): FeedbackReport {
  const recipients =
    message.from === undefined ? [] : [{ address: message.from.address, key: message.from.key }]
  return {
    type: 'opt-out',
    recipients,
    originalMessageIds: message.inReplyTo,
    returnedIds: message.references,
    evidence: ['X-Apple-Unsubscribe'],
  }
}

function fromNotification({ recipients, headers }: SnsNotification): FeedbackReport {
  return {
    type: 'abuse',
    recipients: recipients.map(({ address }) => ({ address, key: addressKey(address) })),
    originalMessageIds: parseMessageIds(header(headers, 'message-id') ?? ''),
    returnedIds: parseMessageIds(header(headers, 'references') ?? ''),
    evidence: ['x-amz-sns-message-id'],
  }
}
