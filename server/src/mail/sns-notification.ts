/**
 * Amazon SES tells of bounces and complaints by a JSON notification, which SNS can send as mail (docs.aws.amazon.com,
 * "Amazon SNS notification contents for Amazon SES"). People whose IMAP mailbox sends through SES receive these
 * instead of reports by the standard.
 */
import { type Header, header } from './headers.ts'
import type { ParsedMessage } from './parse.ts'

export type SnsNotification = {
  readonly type: 'Bounce' | 'Complaint' | 'Delivery'
  readonly recipients: readonly {
    readonly address: string
    readonly status: string | undefined
    readonly diagnostic: string
  }[]
  /** Transient bounces are retried by nobody; `permanent` is what SES says. */
  readonly permanent: boolean
  /** Header fields of the message it is about, as far as the notification repeats them. */
  readonly headers: readonly Header[]
}

type Json = Readonly<Record<string, unknown>>

/** Reads the notification; undefined when the message is none. */
export function readSnsNotification(message: ParsedMessage): SnsNotification | undefined {
  if (header(message.headers, 'x-amz-sns-message-id') === undefined) return undefined
  const outer = json(firstObject(message.text ?? ''))
  const content = typeof outer['Message'] === 'string' ? json(outer['Message']) : outer
  const type = content['notificationType'] ?? content['eventType']
  if (type !== 'Bounce' && type !== 'Complaint' && type !== 'Delivery') return undefined
  const told = object(content[type.toLowerCase()])
  const listed = type === 'Complaint' ? told['complainedRecipients'] : told['bouncedRecipients']
  return {
    type,
    permanent: told['bounceType'] !== 'Transient',
    recipients: list(listed).flatMap((one) => {
      const entry = object(one)
      const address = text(entry['emailAddress']) ?? ''
      return address === ''
        ? []
        : [{ address, status: text(entry['status']), diagnostic: text(entry['diagnosticCode']) ?? '' }]
    }),
    headers: list(object(content['mail'])['headers']).flatMap((one) => {
      const [name, value] = [text(object(one)['name']), text(object(one)['value'])]
      return name === undefined || value === undefined
        ? []
        : [{ name: name.toLowerCase(), value, raw: value }]
    }),
  }
}

// some relays break the one long line with "!", a line end and a space
function firstObject(body: string): string {
  const joined = body.replaceAll(/!\r?\n /g, '')
  const end = joined.search(/\r?\n--\r?\n/)
  const notice = end < 0 ? joined : joined.slice(0, end)
  return notice.slice(notice.indexOf('{'), notice.lastIndexOf('}') + 1)
}

function json(source: string): Json {
  try {
    return object(JSON.parse(source))
  } catch {
    return {}
  }
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
