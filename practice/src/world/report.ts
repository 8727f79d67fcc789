/**
 * The reports that come back when a recipient cannot be reached (RFC 3464 in a multipart/report of RFC 6522). Which words
 * and which shape they have is the matter of the sender's own provider: `report-google.ts` and `report-exchange.ts`.
 */
import { mailDate } from '../clock.ts'
import { PRACTICE_DOMAIN } from '../mime/addresses.ts'
import { joinMessage, splitMessage, valueOf } from '../mime/headers.ts'

export interface Report {
  readonly to: string
  readonly recipient: string
  /** RFC 3463 status, `5.1.1`. */
  readonly status: string
  readonly originalMessageId: string
  readonly originalSubject: string
  readonly original: Buffer
  readonly messageId: string
  readonly at: number
  readonly language: string
}

/** Four days, as long as mail servers usually go on trying. */
const KEEPS_TRYING_MS = 4 * 86_400_000

/** Class 4 of RFC 3463: the provider goes on trying, and says so. */
export function isDelay(status: string): boolean {
  return status.startsWith('4')
}

/** What the receiving side says for a status; unknown ones get a general sentence. */
export function diagnosticFor(status: string): string {
  return (
    DIAGNOSTIC.get(status) ??
    `${isDelay(status) ? '451' : '550'} ${status} The message could not be delivered`
  )
}

const DIAGNOSTIC = new Map([
  [
    '5.1.1',
    '550-5.1.1 The account that you tried to reach does not exist. Please check the address for typing errors.',
  ],
  ['4.2.2', '452-4.2.2 The recipient has no room left for new mail.'],
  ['5.2.2', '552-5.2.2 The recipient has no room left for new mail.'],
  ['5.4.5', '550-5.4.5 Daily user sending limit exceeded.'],
  ['5.1.8', '550-5.1.8 Access denied, bad outbound sender.'],
  [
    '5.7.232',
    '550-5.7.232 Your message was not sent: the trial tenant exceeded its limit of external recipients.',
  ],
  [
    '5.7.233',
    '550-5.7.233 Your message was not sent: the tenant exceeded its daily limit of external recipients.',
  ],
  ['5.7.1', '550-5.7.1 The recipient does not accept mail from this sender.'],
])

/** The machine's part (RFC 3464 §2.2 for the message, §2.3 for the recipient), with its own header fields. */
export function statusPart(report: Report, more: readonly string[]): readonly string[] {
  const { recipient, status, at } = report
  const delay = isDelay(status)
  return [
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; mail.${PRACTICE_DOMAIN}`,
    `Arrival-Date: ${mailDate(at)}`,
    ...more,
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${delay ? 'delayed' : 'failed'}`,
    `Status: ${status}`,
    `Remote-MTA: dns; mx.${recipient.slice(recipient.lastIndexOf('@') + 1)}`,
    `Diagnostic-Code: smtp; ${diagnosticFor(status)}`,
    `Last-Attempt-Date: ${mailDate(at)}`,
    ...(delay ? [`Will-Retry-Until: ${mailDate(at + KEEPS_TRYING_MS)}`] : []),
    '',
  ]
}

/** What was sent, without its body. */
export function returnedHeaders(original: Buffer): string {
  const { headers } = splitMessage(original)
  const fields = headers.map((field) => ({ name: field.name, raw: `${field.name}: ${valueOf(field)}` }))
  return joinMessage({ headers: fields, body: Buffer.alloc(0) })
    .toString('latin1')
    .trimEnd()
}

export function boundaryOf(report: Report, part: string): string {
  return `${part}-${report.messageId.replaceAll(/\W/g, '').slice(0, 24)}`
}

/** One part after the other (RFC 2046 §5.1). */
export function multipart(boundary: string, parts: readonly (readonly string[])[]): readonly string[] {
  return [...parts.flatMap((part) => [`--${boundary}`, ...part]), `--${boundary}--`, '']
}

/** Text in UTF-8 under its header, in base64 so that no line is too long. */
export function textPart(type: 'plain' | 'html', text: string): readonly string[] {
  const encoded =
    Buffer.from(text, 'utf8')
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  return [
    `Content-Type: text/${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...encoded,
    '',
  ]
}
