import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type Bounce, readDeliveryReport } from './dsn.ts'
import { header } from './headers.ts'
import { parseMessage } from './parse.ts'

async function reportIn(raw: Uint8Array): Promise<Bounce | 'success' | undefined> {
  const report = readDeliveryReport(await parseMessage(raw))
  return report?.kind === 'bounce' ? report.bounce : report?.kind
}

async function sample(name: string): Promise<Bounce> {
  const report = await reportIn(await readFile(new URL(`../../testdata/${name}`, import.meta.url)))
  if (report === undefined || report === 'success') throw new Error(`${name} is no bounce`)
  return report
}

async function verdicts(...lines: string[]): Promise<string[] | 'success' | undefined> {
  const report = await reportIn(new TextEncoder().encode(lines.join('\r\n')))
  return typeof report === 'object' ? report.recipients.map((one) => `${one.address} ${one.status}`) : report
}

test('a report by the standard gives recipient, status, reason and the message it is about', async () => {
  const { returnedHeaders, ...bounce } = await sample('bounce-google.eml')
  expect(bounce).toEqual({
    recipients: [
      {
        address: 'nobody@gmail.example',
        key: 'nobody@gmail.example',
        permanent: true,
        status: '5.1.1',
        action: 'failed',
        diagnostic: '550-5.1.1 The email account that you tried to reach does not exist.',
      },
    ],
    originalMessageIds: ['m5@brand.example'],
    evidence: ['report-type=delivery-status', 'message/delivery-status'],
  })
  expect(header(returnedHeaders, 'subject')).toBe('Herbstkampagne')
})

test('a delay is not permanent and names the address we wrote to', async () => {
  const { recipients, originalMessageIds } = await sample('bounce-delayed.eml')
  expect([recipients, originalMessageIds]).toEqual([
    [
      {
        address: 'info@studio.example',
        key: 'info@studio.example',
        permanent: false,
        status: '4.4.1',
        action: 'delayed',
        diagnostic: 'connect to mx.studio.example[192.0.2.9]:25: Connection timed out',
      },
    ],
    ['m9@brand.example'],
  ])
})

test.each([
  ['bounce-exchange-german.eml', ['frueher@agentur.example 5.1.10'], ['m6@brand.example']],
  ['bounce-qmail-two.eml', ['weg@old.example 5.1.1', 'voll@old.example 4.2.2'], ['m7@brand.example']],
  ['bounce-exim.eml', ['weg@hoster.example 5.1.1'], ['m8@brand.example']],
  ['bounce-without-delimiters.eml', ['weg@studio.example 5.7.1'], []],
])('%s', async (name, recipients, originalMessageIds) => {
  const bounce = await sample(name)
  expect([bounce.recipients.map((one) => `${one.address} ${one.status}`), bounce.originalMessageIds]).toEqual(
    [recipients, originalMessageIds],
  )
})

const report = (...fields: string[]) => [
  'From: MAILER-DAEMON@relay.example',
  'To: anna@brand.example',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
  '',
  '--b',
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; relay.example',
  '',
  ...fields,
  '--b--',
]

test.each<[string, string[], string[] | 'success']>([
  [
    'two recipients',
    [
      'Final-Recipient: rfc822; a@x.example',
      'Action: failed',
      'Status: 5.1.1',
      '',
      'Final-Recipient: rfc822; b@x.example',
      'Action: failed',
      'Status: 5.2.2',
    ],
    ['a@x.example 5.1.1', 'b@x.example 5.2.2'],
  ],
  [
    'groups without an empty line between',
    [
      'Final-Recipient: rfc822; a@x.example',
      'Status: 5.1.1',
      'Final-Recipient: rfc822; b@x.example',
      'Status: 5.2.2',
      'Final-Recipient: rfc822; c@x.example',
      'Status: 5.2.1',
    ],
    ['a@x.example 5.1.1', 'b@x.example 5.2.2', 'c@x.example 5.2.1'],
  ],
  [
    'one delivered, one failed',
    [
      'Final-Recipient: rfc822; a@x.example',
      'Action: delivered',
      'Status: 2.0.0',
      '',
      'Final-Recipient: rfc822; b@x.example',
      'Action: failed',
      'Status: 5.1.1',
    ],
    ['b@x.example 5.1.1'],
  ],
  ['only good news', ['Final-Recipient: rfc822; a@x.example', 'Action: relayed', 'Status: 2.0.0'], 'success'],
  [
    'an address in brackets',
    ['Final-Recipient: rfc822; <a@x.example>', 'Action: failed', 'Status: 5.1.1'],
    ['a@x.example 5.1.1'],
  ],
  [
    'no address type',
    ['Final-Recipient: a@x.example', 'Action: failed', 'Status: 5.1.1'],
    ['a@x.example 5.1.1'],
  ],
  [
    'internationalised',
    ['Final-Recipient: utf-8; jürgen@x.example', 'Action: failed', 'Status: 5.6.7'],
    ['jürgen@x.example 5.6.7'],
  ],
  [
    'no status',
    ['Final-Recipient: rfc822; a@x.example', 'Action: failed', 'Diagnostic-Code: smtp; 550 no such user'],
    ['a@x.example 5.1.1'],
  ],
  [
    'the same recipient twice',
    [
      'Final-Recipient: rfc822; a@x.example',
      'Action: failed',
      'Status: 5.1.1',
      '',
      'Final-Recipient: rfc822; A@X.example',
      'Action: failed',
      'Status: 5.1.1',
    ],
    ['a@x.example 5.1.1'],
  ],
])('fields: %s', async (_, fields, expected) => {
  expect(await verdicts(...report(...fields))).toEqual(expected)
})

const prose = (subject: string, ...body: string[]) => [
  'Return-Path: <>',
  'From: MAILER-DAEMON@relay.example',
  'To: anna@brand.example',
  `Subject: ${subject}`,
  '',
  ...body,
]

test.each<[string, string[], string[]]>([
  [
    'sendmail',
    prose(
      'Returned mail: User unknown',
      '   ----- The following addresses had permanent fatal errors -----',
      '<weg@x.example>',
      '',
      '   ----- Transcript of session follows -----',
      '550 5.1.1 <weg@x.example>... User unknown',
      '',
      '   ----- Unsent message follows -----',
      'To: other@x.example',
    ),
    ['weg@x.example 5.1.1'],
  ],
  [
    'GMX',
    prose(
      'Mail delivery failed: returning message to sender',
      'This message was created automatically by mail delivery software.',
      '',
      'A message that you sent could not be delivered to',
      'one or more of its recipients. The following',
      'addresses failed:',
      '',
      '"weg@x.example":',
      'SMTP error from remote server after RCPT command:',
      'host: mx.x.example',
      '5.1.1 <weg@x.example> User is unknown',
      '',
      '--- The header of the original message is following. ---',
      'To: weg@x.example',
    ),
    ['weg@x.example 5.1.1'],
  ],
  [
    'Yahoo',
    prose(
      'Failure Notice',
      'Sorry, we were unable to deliver your message to the following address.',
      '',
      '<weg@x.example>:',
      "554: delivery error: This user doesn't have an x.example account",
      '',
      '--- Below this line is a copy of the message.',
    ),
    ['weg@x.example 5.1.1'],
  ],
  [
    'a bulleted list',
    prose(
      'Delivery status notification',
      'Delivery to the following recipients was aborted after 5 hours:',
      '',
      '  * weg@x.example',
    ),
    ['weg@x.example 4.4.7'],
  ],
  [
    'a German report',
    prose(
      'Unzustellbar: Anfrage',
      'Ihre Nachricht konnte nicht zugestellt werden an weg@x.example',
      'Grund: Das Postfach ist voll',
    ),
    ['weg@x.example 4.2.2'],
  ],
  [
    'a warning',
    prose(
      'Warning: message delayed',
      'Your message to weg@x.example has been delayed.',
      'The server will keep trying.',
    ),
    ['weg@x.example 4.0.0'],
  ],
  [
    'only the returned message names the recipient',
    prose(
      'Undeliverable mail',
      'Your mail could not be delivered.',
      '',
      '----- Original message -----',
      'From: anna@brand.example',
      'To: weg@x.example',
    ),
    ['weg@x.example 5.0.0'],
  ],
  [
    'our own address is not the one that failed',
    prose(
      'Undeliverable',
      'Message from anna@brand.example could not be delivered to weg@x.example: unknown user',
    ),
    ['weg@x.example 5.1.1'],
  ],
])('prose: %s', async (_, lines, expected) => {
  expect(await verdicts(...lines)).toEqual(expected)
})

test.each<[string, string[]]>([
  [
    'a person writing about a bounce',
    [
      'From: tom@creator.example',
      'Subject: Undelivered Mail Returned to Sender',
      '',
      'could not be delivered',
    ],
  ],
  [
    'an absence notice with an empty return path',
    [
      'Return-Path: <>',
      'Auto-Submitted: auto-replied',
      'From: tom@creator.example',
      'Subject: Abwesend',
      '',
      'I am unable to deliver before Monday.',
    ],
  ],
  [
    'a daemon that says nothing of the kind',
    ['From: postmaster@relay.example', 'Subject: Quota report', '', 'All is well.'],
  ],
])('%s is no report', async (_, lines) => {
  expect(await verdicts(...lines)).toBeUndefined()
})

test('a hostile report is read in bounded time', { timeout: 5_000 }, async () => {
  const bodies = [
    'a'.repeat(100_000),
    'a@'.repeat(50_000),
    `<${'a@b.c>:\n<'.repeat(15_000)}`,
    '-'.repeat(100_000),
    'to '.repeat(33_000),
    'mailbox '.repeat(12_000),
  ]
  for (const body of bodies) {
    expect(await verdicts(...prose('Undeliverable', 'could not be delivered', body))).toEqual(
      expect.any(Array),
    )
    expect(
      await verdicts(...report(`Final-Recipient: ${body.replaceAll('\n', '')}`, 'Action: failed')),
    ).toBeDefined()
  }
})
