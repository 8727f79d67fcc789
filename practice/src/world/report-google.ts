/** A report as the large provider of Gmail's kind writes it: a card in HTML with its picture, the status, the returned headers. */
import { mailDate } from '../clock.ts'
import { PRACTICE_DOMAIN } from '../mime/addresses.ts'
import {
  type Report,
  boundaryOf,
  diagnosticFor,
  isDelay,
  multipart,
  returnedHeaders,
  statusPart,
  textPart,
} from './report.ts'

const MAILER_DAEMON = `mailer-daemon@${PRACTICE_DOMAIN}`

/** A grey square; the real one draws an envelope. */
const ICON =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR42mPIyMjAihiGlgQA5P0sAcn4QWAAAAAASUVORK5CYII='

const WORDS = {
  en: {
    missing: ['Address not found', 'because the address could not be found or cannot receive mail.'],
    full: [
      'Mailbox full',
      'because the mailbox has no room left. It will be tried again for up to four days.',
    ],
    other: ['Message not delivered', 'because the other side refused it.'],
    failed: 'Your message to {recipient} was not delivered,',
    delayed: 'There was a temporary problem. Your message to {recipient} has not been delivered yet,',
    answer: 'The answer of the other side was:',
  },
  de: {
    missing: ['Adresse nicht gefunden', 'weil es sie nicht gibt oder sie keine E-Mails empfangen kann.'],
    full: [
      'Postfach voll',
      'weil im Postfach kein Platz mehr ist. Bis zu vier Tage lang wird es weiter versucht.',
    ],
    other: ['Nachricht nicht zugestellt', 'weil die Gegenseite sie abgelehnt hat.'],
    failed: 'Ihre Nachricht an {recipient} wurde nicht zugestellt,',
    delayed: 'Es gibt ein vorübergehendes Problem. Ihre Nachricht an {recipient} ist noch nicht zugestellt,',
    answer: 'Die Antwort der Gegenseite war:',
  },
} as const

export function googleReport(report: Report): Buffer {
  const { recipient, status, originalMessageId, at } = report
  const delay = isDelay(status)
  const words = report.language === 'de' ? WORDS.de : WORDS.en
  const [title, reason] =
    words[status.endsWith('.1.1') ? 'missing' : status.endsWith('.2.2') ? 'full' : 'other']
  const sentence = (delay ? words.delayed : words.failed).replace('{recipient}', recipient)
  const diagnostic = diagnosticFor(status)
  const [outer, related, alternative] = ['report', 'related', 'text'].map((part) => boundaryOf(report, part))
  const card = multipart(alternative ?? '', [
    textPart('plain', `** ${title} **\n\n${sentence} ${reason}\n\n${words.answer}\n\n${diagnostic}\n`),
    textPart(
      'html',
      `<html><body><table cellpadding="0" cellspacing="0" style="padding-top:32px;background-color:#fff"><tr><td><img src="cid:icon.png" alt="" width="48"></td><td><h2>${title}</h2><p>${sentence} ${reason}</p></td></tr></table><p>${words.answer}<br><tt>${diagnostic}</tt></p></body></html>`,
    ),
  ])
  const icon = [
    'Content-Type: image/png; name="icon.png"',
    'Content-Disposition: attachment; filename="icon.png"',
    'Content-Transfer-Encoding: base64',
    'Content-ID: <icon.png>',
    '',
    ICON,
    '',
  ]
  const lines = [
    'Return-Path: <>',
    `Delivered-To: ${report.to}`,
    `From: Mail Delivery Subsystem <${MAILER_DAEMON}>`,
    `To: ${report.to}`,
    'Auto-Submitted: auto-replied',
    `Subject: Delivery Status Notification (${delay ? 'Delay' : 'Failure'})`,
    `Message-ID: ${report.messageId}`,
    `In-Reply-To: ${originalMessageId}`,
    `References: ${originalMessageId}`,
    ...(delay ? [] : [`X-Failed-Recipients: ${recipient}`]),
    `Date: ${mailDate(at)}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; boundary="${outer}"; report-type=delivery-status`,
    '',
    ...multipart(outer ?? '', [
      [
        `Content-Type: multipart/related; boundary="${related}"`,
        '',
        ...multipart(related ?? '', [
          [`Content-Type: multipart/alternative; boundary="${alternative}"`, '', ...card],
          icon,
        ]),
      ],
      statusPart(report, [`X-Original-Message-ID: ${originalMessageId}`]),
      ['Content-Type: text/rfc822-headers', '', returnedHeaders(report.original), ''],
    ]),
  ]
  return Buffer.from(lines.join('\r\n'), 'latin1')
}
