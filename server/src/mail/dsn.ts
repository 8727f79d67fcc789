/**
 * Delivery reports: which recipient was not reached, whether for good, and why.
 *
 * 1. By the standard: the fields of message/delivery-status (RFC 3464 §2.3), status per RFC 3463.
 * 2. Where a mail system does not follow it, by its own words: `bounce-text.ts` finds recipients and reasons.
 * 3. What was returned (RFC 6522 §4) gives the Message-ID of the message of ours that this is about.
 *
 * A report proves nothing about its sender. Whoever acts on it must first see that the returned Message-ID is ours.
 */
import { addressKey } from './address.ts'
import { type BounceText, readBounceText } from './bounce-text.ts'
import { type Header, header, readHeaders } from './headers.ts'
import { canonical, type MessageId, parseMessageIds } from './message-id.ts'
import type { ParsedMessage } from './parse.ts'
import { readSnsNotification, type SnsNotification } from './sns-notification.ts'
import { blamesSender, enhancedStatus, isPermanent, statusOf } from './status.ts'
import { wrappedReport } from './wrapped-report.ts'

export type BouncedRecipient = {
  readonly address: string
  readonly key: string
  /** Status class 5 or, without one, the report's own words (RFC 3463 §2); never where the sender is to blame. */
  readonly permanent: boolean
  /** It came back because of whoever sent: a limit that is used up, or a sender that is blocked. */
  readonly blamesSender?: true
  /** Enhanced status code; `5.0.0` or `4.0.0` when nothing more is known. */
  readonly status: string
  readonly action: 'failed' | 'delayed'
  readonly diagnostic?: string
}

export type Bounce = {
  readonly recipients: readonly BouncedRecipient[]
  /** Message-IDs of the returned message, as written. */
  readonly originalMessageIds: readonly MessageId[]
  /** Header fields of the returned message; empty when nothing was returned. */
  readonly returnedHeaders: readonly Header[]
  readonly evidence: readonly string[]
}

export type DeliveryReport =
  | { readonly kind: 'bounce'; readonly bounce: Bounce }
  | { readonly kind: 'success' }

/** Reads a delivery report; undefined when the message is none. */
export function readDeliveryReport(received: ParsedMessage): DeliveryReport | undefined {
  const notification = readSnsNotification(received)
  if (notification !== undefined) return fromNotification(notification)
  const text = readBounceText(received)
  const message = text.isBounce ? unwrapped(received) : received
  const groups = statusGroups(message)
  const failed = groups.flatMap((group) => recipientOf(group, text))
  // the prose of a report of success names people too
  if (failed.length === 0 && groups.some(isGoodNews)) return { kind: 'success' }
  const recipients = merged(failed, text)
  if (recipients.length === 0) {
    if (groups.some((group) => field(group, 'action') !== undefined)) return { kind: 'success' }
    if (!text.isBounce) return undefined
  }
  const inText = message.reports.deliveryStatus.length === 0 && groups.length > 0
  const evidence = [...text.evidence, ...(inText ? ['delivery-status fields in the text'] : [])]
  const returnedHeaders = returnedOf(message, text)
  return {
    kind: 'bounce',
    bounce: {
      recipients,
      originalMessageIds: originalIds(message, groups, returnedHeaders),
      returnedHeaders,
      evidence,
    },
  }
}

function unwrapped(message: ParsedMessage): ParsedMessage {
  if (message.reports.deliveryStatus.length > 0) return message
  const inner = wrappedReport(message.reports.returned[0])
  return inner.deliveryStatus.length > 0 ? { ...message, reports: { ...message.reports, ...inner } } : message
}

function fromNotification({
  type,
  permanent,
  recipients,
  headers,
}: SnsNotification): DeliveryReport | undefined {
  if (type !== 'Bounce') return type === 'Delivery' ? { kind: 'success' } : undefined
  const bounced = recipients.map(({ address, status: declared, diagnostic }) => {
    const status = statusOf({ field: declared, diagnostic, delayed: !permanent })
    return {
      address,
      key: addressKey(address),
      ...verdictOf(status, diagnostic),
      status,
      action: 'failed' as const,
      diagnostic,
    }
  })
  const originalMessageIds = parseMessageIds(header(headers, 'message-id') ?? '')
  return {
    kind: 'bounce',
    bounce: {
      recipients: bounced,
      originalMessageIds,
      returnedHeaders: headers,
      evidence: ['x-amz-sns-message-id'],
    },
  }
}

function verdictOf(status: string, diagnostic: string): Pick<BouncedRecipient, 'permanent' | 'blamesSender'> {
  return blamesSender(status, diagnostic)
    ? { permanent: false, blamesSender: true }
    : { permanent: isPermanent(status) }
}

type Group = readonly Header[]

// per-recipient groups are separated by empty lines, RFC 3464 §2.1; some systems put one inside a group
function statusGroups(message: ParsedMessage): Group[] {
  const parts = message.reports.deliveryStatus
  return (parts.length > 0 ? parts : fieldsInText(message)).flatMap((part) =>
    part
      .split(/(?:\r?\n[ \t]*){2,}/)
      .flatMap(splitAtRecipients)
      .map((block) => readHeaders(block))
      .filter((group) => group.length > 0),
  )
}

// some systems write the fields into the text for people
function fieldsInText(message: ParsedMessage): string[] {
  const text = (message.text ?? '').slice(0, 100_000)
  return /^[ \t]*Final-Recipient[ \t]*:/im.test(text) && /^[ \t]*Action[ \t]*:/im.test(text)
    ? [text.replaceAll(/^[ \t]+(?=[A-Za-z-]+[ \t]*:)/gm, '')]
    : []
}

function splitAtRecipients(block: string): string[] {
  const parts = block.split(/^(?=Final-Recipient[ \t]*:)/im)
  return parts.length > 2 ? parts : [block]
}

function field(group: Group, name: string): string | undefined {
  return header(group, name)
}

function actionOf(group: Group): string | undefined {
  return (field(group, 'action') ?? '').toLowerCase().split(/[^a-z-]/)[0]
}

// RFC 3464 §2.3.3, Postfix's answer to a trial, and class 2 of RFC 3463 §2
function isGoodNews(group: Group): boolean {
  const action = actionOf(group) ?? ''
  if (['delivered', 'relayed', 'expanded', 'deliverable'].includes(action)) return true
  return /^\s*2\.\d/.test(field(group, 'status') ?? '') && !['failed', 'delayed'].includes(action)
}

function recipientOf(group: Group, text: BounceText): BouncedRecipient[] {
  const address = recipientAddress(group)
  if (address === undefined) return []
  if (isGoodNews(group)) return []
  const action = actionOf(group)
  const diagnostic = field(group, 'diagnostic-code')
    ?.replace(/^[\w-]+\s*;\s*/, '')
    .trim()
  const told = text.recipients.find((other) => other.key === addressKey(address))
  const reason = [diagnostic, told?.diagnostic].filter((part) => part !== undefined && part !== '').join(' ')
  const status = statusOf({
    field: field(group, 'status'),
    diagnostic: reason,
    delayed: action === 'delayed',
  })
  const shown = diagnostic === undefined || diagnostic === '' ? told?.diagnostic : diagnostic
  return [
    {
      address,
      key: addressKey(address),
      ...verdictOf(status, reason),
      status,
      action: action === 'delayed' ? 'delayed' : 'failed',
      ...(shown === undefined ? {} : { diagnostic: shown }),
    },
  ]
}

// what we wrote to comes first: Final-Recipient may be an address behind a forward (RFC 3464 §2.3.1)
function recipientAddress(group: Group): string | undefined {
  for (const name of [
    'original-recipient',
    'final-recipient',
    'x-actual-recipient',
    'x-original-recipient',
  ]) {
    const address = addressIn(field(group, name))
    if (address !== undefined) return address
  }
  return undefined
}

function addressIn(value: string | undefined): string | undefined {
  const found = /<([^<>\s]+@[^<>\s]+)>|([^\s<>;"]+@[^\s<>;"]+)/.exec(
    (value ?? '').slice(0, 1_000).replace(/^[^;@]*;/, ''),
  )
  return (found?.[1] ?? found?.[2])?.replace(/[.,]+$/, '')
}

function merged(fromStatus: readonly BouncedRecipient[], text: BounceText): BouncedRecipient[] {
  const byKey = new Map<string, BouncedRecipient>()
  for (const recipient of fromStatus.length > 0 ? fromStatus : fromText(text)) {
    if (!byKey.has(recipient.key)) byKey.set(recipient.key, recipient)
  }
  return [...byKey.values()]
}

function fromText(text: BounceText): BouncedRecipient[] {
  if (!text.isBounce) return []
  return text.recipients.map((told) => {
    const own = enhancedStatus(told.diagnostic) === undefined && !/\b[45]\d\d\b/.test(told.diagnostic)
    const reason = own ? `${told.diagnostic} ${text.reason}` : told.diagnostic
    const status = statusOf({ field: undefined, diagnostic: reason, delayed: text.delayed })
    return {
      address: told.address,
      key: told.key,
      ...verdictOf(status, reason),
      status,
      action: text.delayed ? ('delayed' as const) : ('failed' as const),
      ...(told.diagnostic === '' ? {} : { diagnostic: told.diagnostic }),
    }
  })
}

function returnedOf(message: ParsedMessage, text: BounceText): Header[] {
  const fromParts = message.reports.returned
    .map((part) => readHeaders(part))
    .find((headers) => headers.length > 0)
  return fromParts ?? readHeaders(text.returned)
}

function originalIds(
  message: ParsedMessage,
  groups: readonly Group[],
  returned: readonly Header[],
): MessageId[] {
  const values = [
    header(returned, 'message-id'),
    header(returned, 'x-original-message-id'),
    ...groups.flatMap((group) => [
      field(group, 'x-original-message-id'),
      field(group, 'original-message-id'),
    ]),
    header(message.headers, 'x-original-message-id'),
  ]
  const ids = values.flatMap((value) => parseMessageIds(value ?? ''))
  const all = ids.length > 0 ? ids : [...message.inReplyTo, ...message.references.slice(-1)]
  return [...new Map(all.map((id) => [canonical(id), id])).values()]
}
