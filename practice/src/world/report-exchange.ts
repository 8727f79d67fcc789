/** A report as Exchange writes it: a subject with the original one, words in the owner's language, the whole mail returned. */
import { mailDate } from '../clock.ts'
import { OFFICE_DOMAIN } from '../mime/addresses.ts'
import { encodeWords } from '../mime/encoded-words.ts'
import { type Report, boundaryOf, diagnosticFor, isDelay, multipart, statusPart, textPart } from './report.ts'

const POSTMASTER = `MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@${OFFICE_DOMAIN}`

const WORDS = {
  en: {
    failed: 'Undeliverable',
    delayed: 'Delivery delayed',
    said: 'Delivery has failed to these recipients or groups:',
    waits: 'Delivery to these recipients or groups is delayed and will be tried again:',
    missing: 'The address you entered could not be found. Check it and try again.',
    full: 'The recipient’s mailbox is full and cannot accept messages now.',
    other: 'The recipient’s side refused the message.',
    details: 'Diagnostic information for administrators:',
  },
  de: {
    failed: 'Unzustellbar',
    delayed: 'Zustellung verzögert',
    said: 'Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:',
    waits: 'Die Zustellung an folgende Empfänger oder Gruppen verzögert sich und wird weiter versucht:',
    missing: 'Die eingegebene Adresse wurde nicht gefunden. Prüfen Sie sie und versuchen Sie es noch einmal.',
    full: 'Das Postfach des Empfängers ist voll und nimmt zurzeit keine Nachrichten an.',
    other: 'Die Gegenseite hat die Nachricht abgelehnt.',
    details: 'Diagnoseinformationen für Administratoren:',
  },
} as const

export function exchangeReport(report: Report): Buffer {
  const { recipient, status, originalMessageId, originalSubject } = report
  const delay = isDelay(status)
  const words = report.language === 'de' ? WORDS.de : WORDS.en
  const reason = words[status.endsWith('.1.1') ? 'missing' : status.endsWith('.2.2') ? 'full' : 'other']
  const opening = delay ? words.waits : words.said
  const diagnostic = diagnosticFor(status)
  const outer = boundaryOf(report, 'report')
  const alternative = boundaryOf(report, 'text')
  const subject = `${delay ? words.delayed : words.failed}: ${originalSubject}`
  const lines = [
    `From: Microsoft Outlook <${POSTMASTER}>`,
    `To: ${report.to}`,
    `Date: ${mailDate(report.at)}`,
    `Message-ID: ${report.messageId}`,
    `In-Reply-To: ${originalMessageId}`,
    `References: ${originalMessageId}`,
    `Subject: ${/^[ -~]*$/.test(subject) ? subject : encodeWords(subject)}`,
    'Auto-Submitted: auto-replied',
    'X-Auto-Response-Suppress: DR, OOF, AutoReply',
    'X-MS-Exchange-Message-Is-Ndr:',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${outer}"`,
    'Content-Language: en-US',
    '',
    ...multipart(outer, [
      [
        `Content-Type: multipart/alternative; differences=Content-Type; boundary="${alternative}"`,
        '',
        ...multipart(alternative, [
          textPart(
            'plain',
            `${opening}\n\n${recipient}\n${reason}\n\n\n${words.details}\n\n${recipient}\n${diagnostic}\n`,
          ),
          textPart(
            'html',
            `<html><body><p><b><font color="#000066" size="3" face="Arial">${opening}</font></b></p><p><a href="mailto:${recipient}">${recipient}</a><br>${reason}</p><br><font color="#808080" size="2" face="Tahoma"><p><b>${words.details}</b></p><p>${recipient}<br>${diagnostic}</p></font></body></html>`,
          ),
        ]),
      ],
      statusPart(report, []),
      ['Content-Type: message/rfc822', '', report.original.toString('latin1').trimEnd(), ''],
    ]),
  ]
  return Buffer.from(lines.join('\r\n'), 'latin1')
}
