import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultLimits, parseMessage } from './parse.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text.replaceAll('\n', '\r\n'))
const sample = async (name: string): Promise<Uint8Array> =>
  readFile(new URL(`../../testdata/${name}`, import.meta.url))

test('an answer from Gmail', async () => {
  const { headers, text, html, ...message } = await parseMessage(await sample('reply-gmail-german.eml'))
  expect(message).toEqual({
    mediaType: { type: 'multipart/alternative', parameters: new Map([['boundary', 'gm1']]) },
    from: { address: 'lena.sommer@gmail.example', key: 'lena.sommer@gmail.example', name: 'Lena Sommer' },
    replyTo: [],
    to: [{ address: 'anna@brand.example', key: 'anna@brand.example', name: 'Anna Vogt' }],
    cc: [],
    subject: 'Re: Herbstkampagne – Anfrage',
    messageId: 'CAF1@mail.gmail.example',
    inReplyTo: ['m1@brand.example'],
    references: ['s.Zk3TqPw8AbCd@brand.example', 'm1@brand.example'],
    date: '2024-11-05T09:15:09.000Z',
    attachments: [],
    reports: { deliveryStatus: [], feedback: [], disposition: [], returned: [] },
    overLimit: [],
    problems: [],
  })
  expect(headers.length).toBe(10)
  expect(text).toContain('Können wir am Freitag sprechen?')
  expect(html).toContain('Können wir am Freitag sprechen?')
})

test('a broken message gives what can be read', async () => {
  const { headers, ...message } = await parseMessage(await sample('broken-header.eml'))
  expect(message).toMatchObject({
    subject: '✓ =?broken?Q?x',
    messageId: 'no-brackets@agentur.example',
    references: ['a@b.example', 'c@d.example', 'e@f.example'],
    to: [],
    text: 'Trotzdem lesbar.\n',
    problems: [],
  })
  expect(message.date).toBeUndefined()
  expect(headers.map((field) => field.name)).toContain('content-type')
})

test('the parts of a report are kept apart from its text', async () => {
  const message = await parseMessage(await sample('bounce-google.eml'))
  expect(
    message.reports.deliveryStatus.map((part) => part.includes('Final-Recipient: rfc822; nobody@')),
  ).toEqual([true])
  expect(message.reports.returned.map((part) => part.includes('Message-ID: <m5@brand.example>'))).toEqual([
    true,
  ])
  expect(message.text).not.toContain('Hallo')
})

const mixed = (parts: string): string => `From: a@b.example
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

${parts}
--b--
`

test('attachments keep name, type, size and Content-ID', async () => {
  const raw = mixed(`--b
Content-Type: text/html

<img src="cid:logo@x">
--b
Content-Type: IMAGE/PNG; name="l.png"
Content-ID: <logo@x>
Content-Disposition: inline
Content-Transfer-Encoding: base64

AQID
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename*=UTF-8''%C3%9Cbersicht.pdf
Content-Transfer-Encoding: base64

BAU=`)
  const { attachments } = await parseMessage(bytes(raw))
  expect(attachments).toEqual([
    {
      filename: 'l.png',
      contentType: 'image/png',
      size: 3,
      disposition: 'inline',
      contentId: 'logo@x',
      content: new Uint8Array([1, 2, 3]),
    },
    {
      filename: 'Übersicht.pdf',
      contentType: 'application/pdf',
      size: 2,
      disposition: 'attachment',
      content: new Uint8Array([4, 5]),
    },
  ])
})

test('a forwarded message stays one attachment', async () => {
  const raw = mixed(
    '--b\nContent-Type: text/plain\n\nsee below\n--b\nContent-Type: message/rfc822\n\nSubject: inner\n\ninner text',
  )
  const message = await parseMessage(bytes(raw))
  expect([message.text?.trim(), message.attachments.map((file) => file.contentType)]).toEqual([
    'see below',
    ['message/rfc822'],
  ])
})

test('iso-2022-jp and windows-1252 are read', async () => {
  const japanese = Uint8Array.from([
    ...bytes('Content-Type: text/plain; charset=iso-2022-jp\n\n'),
    0x1b,
    0x24,
    0x42,
    0x46,
    0x7c,
    0x4b,
    0x5c,
    0x1b,
    0x28,
    0x42,
  ])
  const western = Uint8Array.from([
    ...bytes('Content-Type: text/plain; charset=windows-1252\n\n'),
    0x80,
    0xfc,
  ])
  expect([(await parseMessage(japanese)).text?.trim(), (await parseMessage(western)).text?.trim()]).toEqual([
    '日本',
    '€ü',
  ])
})

test('a line of an mbox file in front of the header is passed over', async () => {
  const message = await parseMessage(bytes('From lena@x Mon Jan  1 00:00:00 2024\nSubject: yes\n\nbody'))
  expect([message.subject, message.text?.trim()]).toEqual(['yes', 'body'])
})

test('a file whose lines end with CR alone is read like any other', async () => {
  const { subject, text } = await parseMessage(
    new TextEncoder().encode('Subject: Herbst\rContent-Type: text/plain\r\rHallo\rLena\r'),
  )
  expect({ subject, text }).toEqual({ subject: 'Herbst', text: 'Hallo\nLena\n' })
})

test('a message over the limit of octets is cut, and says so', async () => {
  const raw = bytes(`Subject: long\n\n${'word '.repeat(1_000)}`)
  const message = await parseMessage(raw, { ...defaultLimits, bytes: 100 })
  expect([message.subject, message.text?.length, message.overLimit, message.problems]).toEqual([
    'long',
    84,
    ['bytes'],
    ['cut at the limit of bytes'],
  ])
})

test('a file that was cut off is left out', async () => {
  const file = '--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n'
  const raw = bytes(mixed(`${file}AQID\n${file}${'AQID'.repeat(500)}`))
  const message = await parseMessage(raw, { ...defaultLimits, bytes: 600 })
  expect(message.attachments.map((one) => one.size)).toEqual([3])
})

test('a bomb of parts is cut at the limit', async () => {
  const raw = bytes(
    mixed(Array.from({ length: 50_000 }, () => '--b\nContent-Type: text/plain\n\nx').join('\n')),
  )
  const message = await parseMessage(raw, { ...defaultLimits, parts: 20 })
  expect([message.text?.split(/\n+/).filter((line) => line !== ''), message.overLimit]).toEqual([
    Array.from({ length: 20 }, () => 'x'),
    ['parts'],
  ])
})

test('lines of dashes in a long text are no parts', async () => {
  const raw = bytes(`Subject: minutes\n\n${'-----------\ntext goes on\n'.repeat(2_000)}`)
  expect((await parseMessage(raw)).overLimit).toEqual([])
})

test('nesting beyond the limit keeps header and words', async () => {
  const deep = Array.from(
    { length: 100 },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\n\n--b${at}`,
  ).join('\n')
  const message = await parseMessage(bytes(`Subject: deep\n${deep}\n\nhere`))
  expect([message.subject, message.overLimit, message.text?.includes('here')]).toEqual([
    'deep',
    ['depth-or-headers'],
    true,
  ])
})

test('a header beyond the limit does not stop the reading', async () => {
  const message = await parseMessage(bytes(`Subject: big\n${'X-A: y\n'.repeat(300_000)}\nbody`))
  expect([message.subject, message.overLimit]).toEqual(['big', ['depth-or-headers']])
})

test('an empty message is a message', async () => {
  expect(await parseMessage(new Uint8Array())).toEqual({
    headers: [],
    mediaType: { type: 'text/plain', parameters: new Map() },
    replyTo: [],
    to: [],
    cc: [],
    subject: '',
    inReplyTo: [],
    references: [],
    attachments: [],
    reports: { deliveryStatus: [], feedback: [], disposition: [], returned: [] },
    overLimit: [],
    problems: [],
  })
})

test('no bytes make it throw', async () => {
  const piece = fc.constantFrom(
    'From: ',
    'Content-Type: multipart/mixed; boundary=b',
    '--b',
    '--b--',
    '\r\n',
    '\n',
    'Content-Transfer-Encoding: base64',
    '=?utf-8?B?',
    'x',
    '\u0000',
    'message/rfc822',
    ';',
    '"',
  )
  const raw = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.array(piece, { maxLength: 40 }).map((pieces) => bytes(pieces.join(''))),
  )
  await fc.assert(
    fc.asyncProperty(raw, async (mail) => {
      expect((await parseMessage(mail)).problems).toEqual(expect.any(Array))
    }),
    { numRuns: 200 },
  )
})
