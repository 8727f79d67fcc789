/**
 * The report that comes back when a recipient cannot be reached (RFC 3464 in a multipart/report of RFC 6522), shaped like
 * the reports of the large provider: sent by mailer-daemon, answering the original by In-Reply-To and References.
 */
import { mailDate } from '../clock.ts'
import { PRACTICE_DOMAIN } from '../mime/addresses.ts'
import { joinMessage, splitMessage, valueOf } from '../mime/headers.ts'

export interface Report {
  readonly to: string
  readonly recipient: string
  /** RFC 3463 status, `5.1.1`. */
  readonly status: string
  readonly diagnostic: string
  readonly originalMessageId: string
  readonly original: Buffer
  readonly messageId: string
  readonly at: number
}

const MAILER_DAEMON = `mailer-daemon@${PRACTICE_DOMAIN}`

/** What the receiving side says for a status; unknown ones get a general sentence. */
export function diagnosticFor(status: string): string {
  return (
    DIAGNOSTIC.get(status) ??
    `${status.startsWith('4') ? '451' : '550'} ${status} The message could not be delivered`
  )
}

const DIAGNOSTIC = new Map([
  [
    '5.1.1',
    '550-5.1.1 The account that you tried to reach does not exist. Please check the address for typing errors.',
  ],
  ['4.2.2', '452-4.2.2 The recipient has no room left for new mail.'],
  ['5.2.2', '552-5.2.2 The recipient has no room left for new mail.'],
  ['5.7.1', '550-5.7.1 The recipient does not accept mail from this sender.'],
])

export function composeReport(report: Report): Buffer {
  const boundary = `report-${report.messageId.replaceAll(/\W/g, '').slice(0, 24)}`
  const reason = report.status.startsWith('4')
    ? 'has not been delivered yet and will not be tried again'
    : 'could not be delivered'
  const original = splitMessage(report.original)
  const headersOnly = joinMessage({
    headers: original.headers.map((field) => ({ name: field.name, raw: `${field.name}: ${valueOf(field)}` })),
    body: Buffer.alloc(0),
  })
  const lines = [
    'Return-Path: <>',
    `Delivered-To: ${report.to}`,
    `Date: ${mailDate(report.at)}`,
    `From: Mail Delivery Subsystem <${MAILER_DAEMON}>`,
    `To: ${report.to}`,
    `Message-ID: ${report.messageId}`,
    `In-Reply-To: ${report.originalMessageId}`,
    `References: ${report.originalMessageId}`,
    `Subject: Delivery Status Notification (${report.status.startsWith('4') ? 'Delay' : 'Failure'})`,
    'Auto-Submitted: auto-replied',
    `X-Failed-Recipients: ${report.recipient}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; boundary="${boundary}"; report-type=delivery-status`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=UTF-8',
    '',
    `Your message to ${report.recipient} ${reason}.`,
    '',
    'The answer of the other side was:',
    '',
    report.diagnostic,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; mail.${PRACTICE_DOMAIN}`,
    `Arrival-Date: ${mailDate(report.at)}`,
    `X-Original-Message-ID: ${report.originalMessageId}`,
    '',
    `Final-Recipient: rfc822; ${report.recipient}`,
    'Action: failed',
    `Status: ${report.status}`,
    `Remote-MTA: dns; mx.${report.recipient.slice(report.recipient.lastIndexOf('@') + 1)}`,
    `Diagnostic-Code: smtp; ${report.diagnostic}`,
    `Last-Attempt-Date: ${mailDate(report.at)}`,
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    headersOnly.toString('latin1').trimEnd(),
    '',
    `--${boundary}--`,
    '',
  ]
  return Buffer.from(lines.join('\r\n'), 'latin1')
}
