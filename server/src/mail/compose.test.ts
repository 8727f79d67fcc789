import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ComposeError, compose, internetDate, type Outgoing } from './compose.ts'
import { header, readHeaders } from './headers.ts'
import { newMessageId, newToken, parseMessageIds } from './message-id.ts'
import { parseMessage } from './parse.ts'

const messageId = newMessageId('0190aaaa', 'brand.example')
const token = newToken('Zk3TqPw8', 'brand.example')

function outgoing(changes: Partial<Outgoing> = {}): Outgoing {
  return {
    from: { address: 'anna@brand.example', name: 'Anna Vogt' },
    to: [{ address: 'lena@agentur.example', name: 'Lena Sommer' }],
    subject: 'Herbstkampagne',
    text: 'Hallo Lena,\n\nwas kostet ein Beitrag?\n',
    messageId,
    references: [token],
    date: '2024-11-05T09:02:03+01:00',
    boundarySeed: '0190aaaa',
    ...changes,
  }
}

async function written(changes: Partial<Outgoing> = {}): Promise<string> {
  return new TextDecoder().decode(await compose(outgoing(changes)))
}

async function refusal(changes: Partial<Outgoing>): Promise<unknown> {
  return compose(outgoing(changes)).then(
    () => undefined,
    (error: unknown) => (error instanceof ComposeError ? [error.kind, error.field] : error),
  )
}

test('a plain message', async () => {
  expect(await written()).toMatchInlineSnapshot(`
    "From: Anna Vogt <anna@brand.example>
    To: Lena Sommer <lena@agentur.example>
    References: <s.Zk3TqPw8@brand.example>
    Subject: Herbstkampagne
    Message-ID: <0190aaaa@brand.example>
    Date: Tue, 05 Nov 2024 08:02:03 +0000
    Content-Transfer-Encoding: 7bit
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8

    Hallo Lena,

    was kostet ein Beitrag?
    "
  `)
})

test('a message with HTML, an inline image, a file and a way out', async () => {
  expect(
    await written({
      html: '<p>Hallo <img src="cid:logo@brand.example"></p>',
      attachments: [
        {
          filename: 'logo.png',
          contentType: 'image/png',
          content: new Uint8Array([1, 2, 3]),
          cid: 'logo@brand.example',
        },
        {
          filename: 'Übersicht „Herbst".pdf',
          contentType: 'application/pdf',
          content: new Uint8Array([4, 5]),
        },
      ],
      headers: {
        listUnsubscribe: {
          https: `https://kontor.example/u/${'x'.repeat(90)}`,
          mailto: 'mailto:out@kontor.example',
          oneClick: true,
        },
        autoSubmitted: 'auto-generated',
        autoResponseSuppress: ['OOF', 'AutoReply'],
      },
    }),
  ).toMatchInlineSnapshot(`
    "List-Unsubscribe: <https://kontor.example/u/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx>, <mailto:out@kontor.example>
    List-Unsubscribe-Post: List-Unsubscribe=One-Click
    Auto-Submitted: auto-generated
    X-Auto-Response-Suppress: OOF, AutoReply
    From: Anna Vogt <anna@brand.example>
    To: Lena Sommer <lena@agentur.example>
    References: <s.Zk3TqPw8@brand.example>
    Subject: Herbstkampagne
    Message-ID: <0190aaaa@brand.example>
    Date: Tue, 05 Nov 2024 08:02:03 +0000
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="--_NmP-0190aaaa-Part_1"

    ----_NmP-0190aaaa-Part_1
    Content-Type: multipart/alternative; boundary="--_NmP-0190aaaa-Part_2"

    ----_NmP-0190aaaa-Part_2
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: 7bit

    Hallo Lena,

    was kostet ein Beitrag?

    ----_NmP-0190aaaa-Part_2
    Content-Type: multipart/related; type="text/html";
     boundary="--_NmP-0190aaaa-Part_4"

    ----_NmP-0190aaaa-Part_4
    Content-Type: text/html; charset=utf-8
    Content-Transfer-Encoding: 7bit

    <p>Hallo <img src="cid:logo@brand.example"></p>
    ----_NmP-0190aaaa-Part_4
    Content-Type: image/png; name=logo.png
    Content-ID: <logo@brand.example>
    Content-Transfer-Encoding: base64
    Content-Disposition: inline; filename=logo.png

    AQID
    ----_NmP-0190aaaa-Part_4--

    ----_NmP-0190aaaa-Part_2--

    ----_NmP-0190aaaa-Part_1
    Content-Type: application/pdf;
     name="=?UTF-8?Q?=C3=9Cbersicht_=E2=80=9EHerbst=22=2Epdf?="
    Content-Transfer-Encoding: base64
    Content-Disposition: attachment;
     filename*0*=utf-8''%C3%9Cbersicht%20%E2%80%9EHerbst%22.pdf

    BAU=
    ----_NmP-0190aaaa-Part_1--
    "
  `)
})

test('the same input gives the same bytes', async () => {
  const html = '<p>Grüße</p>'
  expect(await compose(outgoing({ html }))).toEqual(await compose(outgoing({ html })))
})

test('every line ends with CRLF and none is longer than 998 octets', async () => {
  const text = await written({
    text: `eins\nzwei\r\ndrei\r${'lang '.repeat(400)}`,
    html: `<p>${'x'.repeat(5_000)}</p>`,
  })
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998)
})

test('the lines of an attached mail end with CRLF, too, also where it is handed over in pieces', async () => {
  const pieceEnd = 57 * 1024
  const line = `${'x'.repeat(70)}\r\n`
  const head = 'Subject: Old\n\n'
  const filling = line.repeat(Math.floor((pieceEnd - head.length) / line.length) - 1)
  const rest = pieceEnd - head.length - filling.length
  // a piece ends between CR and LF, the next line end is bare, and the last line has none
  const mail = `${head}${filling}${'y'.repeat(rest - 1)}\r\nafter\nlast`
  const attachments = [
    { filename: 'old.eml', contentType: 'message/rfc822', content: new TextEncoder().encode(mail) },
  ]
  const raw = await written({ attachments })
  expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(raw).toContain(mail.replaceAll(/\r?\n/g, '\r\n'))
})

test('List-Unsubscribe stays on one line', async () => {
  const https = `https://kontor.example/u/${'x'.repeat(300)}`
  const text = await written({ headers: { listUnsubscribe: { https, oneClick: true } } })
  expect(text.split('\r\n').filter((line) => line.startsWith('List-Unsubscribe'))).toEqual([
    `List-Unsubscribe: <${https}>`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  ])
})

test('HTML without text gets a text twin with the targets of its links', async () => {
  const message = await parseMessage(
    await compose(
      outgoing({ text: ' ', html: '<p>Hallo</p><p><a href="https://brand.example/b">Brief</a></p>' }),
    ),
  )
  expect(message.text).toBe('Hallo\n\nBrief [https://brand.example/b]\n')
})

test('a message without any words still has a text part', async () => {
  const message = await parseMessage(
    await compose(
      outgoing({
        text: '',
        attachments: [{ filename: 'a.pdf', contentType: 'application/pdf', content: new Uint8Array([1]) }],
      }),
    ),
  )
  expect([message.mediaType.type, message.text?.trim(), message.attachments.length]).toEqual([
    'multipart/mixed',
    '',
    1,
  ])
})

test('a body that contains the delimiter gets another one', async () => {
  const text = '--_NmP-0190aaaa-Part_1--'
  const message = await parseMessage(await compose(outgoing({ text, html: `<p>${text}</p>` })))
  expect([message.text?.trim(), message.html?.trim()]).toEqual([text, `<p>${text}</p>`])
})

test('foreign ids that no header can carry are left out', async () => {
  const references = [token, ...parseMessageIds('<ü@b.example> <ok@b.example>')]
  const raw = await written({ references, inReplyTo: parseMessageIds('<ok@b.example>')[0] })
  const headers = readHeaders(raw)
  expect([header(headers, 'references'), header(headers, 'in-reply-to')]).toEqual([
    '<s.Zk3TqPw8@brand.example> <ok@b.example>',
    '<ok@b.example>',
  ])
})

test.each([
  ['without a file', undefined],
  [
    'beside a small file',
    [{ filename: 'a.pdf', contentType: 'application/pdf', content: new Uint8Array(9) }],
  ],
])('a long text %s is written whole', async (_, attachments) => {
  const text = 'Grüße aus dem Süden. '.repeat(30_000)
  const message = await parseMessage(await compose(outgoing({ text, attachments })))
  expect(message.text?.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
})

const attack = 'x\r\nBcc: victim@bank.example'
const address = 'a@b.example'
const file = { filename: 'a.pdf', contentType: 'application/pdf', content: new Uint8Array() }

test.each<[string, Partial<Outgoing>, string, string]>([
  ['a line break in the subject', { subject: attack }, 'control-character', 'subject'],
  ['a bare CR in the subject', { subject: 'a\rb' }, 'control-character', 'subject'],
  ['NUL in the subject', { subject: 'a\u0000' }, 'control-character', 'subject'],
  ['C1 in the subject', { subject: 'a\u0085b' }, 'control-character', 'subject'],
  ['half a surrogate in the subject', { subject: 'a\ud800' }, 'control-character', 'subject'],
  ['an endless subject', { subject: 'a'.repeat(901) }, 'too-long', 'subject'],
  ['a line break in a name', { from: { address, name: attack } }, 'control-character', 'from'],
  ['a turned name', { to: [{ address, name: '\u202egpj' }] }, 'bidi-control', 'to'],
  ['an endless name', { to: [{ address, name: 'n'.repeat(201) }] }, 'too-long', 'to'],
  ['a line break in an address', { to: [{ address: `a@b.example${attack}` }] }, 'address', 'to'],
  ['two addresses in one', { to: [{ address: 'a@b.example, c@d.example' }] }, 'address', 'to'],
  ['a name inside an address', { to: [{ address: 'X <a@b.example>' }] }, 'address', 'to'],
  ['a space around an address', { cc: [{ address: ' a@b.example' }] }, 'address', 'cc'],
  ['a local part beyond ASCII', { replyTo: { address: 'ü@b.example' } }, 'address', 'replyTo'],
  ['nobody to write to', { to: [] }, 'no-recipient', 'to'],
  [
    'a broken Message-ID',
    { messageId: `${messageId}>\r\nBcc: x` as typeof messageId },
    'message-id',
    'messageId',
  ],
  [
    'a line break in References',
    { references: [`${token}\r\nBcc: x` as typeof token] },
    'control-character',
    'references',
  ],
  ['a line break in the boundary', { boundarySeed: 'a\r\nb' }, 'boundary', 'boundarySeed'],
  ['a date that is none', { date: 'yesterday' }, 'date', 'date'],
  [
    'a line break in a file name',
    { attachments: [{ ...file, filename: attack }] },
    'control-character',
    'attachments[0]',
  ],
  [
    'a turned file name',
    { attachments: [{ ...file, filename: 'a\u202efdp.exe' }] },
    'bidi-control',
    'attachments[0]',
  ],
  ['no file name', { attachments: [{ ...file, filename: '' }] }, 'attachment', 'attachments[0]'],
  [
    'a type with a line break',
    { attachments: [{ ...file, contentType: `text/plain${attack}` }] },
    'attachment',
    'attachments[0]',
  ],
  [
    'a multipart as a file',
    { attachments: [{ ...file, contentType: 'multipart/mixed' }] },
    'attachment',
    'attachments[0]',
  ],
  ['a broken Content-ID', { attachments: [{ ...file, cid: 'a>b' }] }, 'attachment', 'attachments[0]'],
  [
    'a way out that is no link',
    { headers: { listUnsubscribe: { https: attack, oneClick: false } } },
    'list-unsubscribe',
    'headers.listUnsubscribe',
  ],
])('%s is refused', async (_, changes, kind, field) => {
  expect(await refusal(changes)).toEqual([kind, field])
})

test('neither files nor URLs are opened for what looks like one', async () => {
  const content = new TextEncoder().encode('/etc/passwd')
  const attachments = [{ filename: '/etc/passwd', contentType: 'text/plain', content }]
  const message = await parseMessage(
    await compose(outgoing({ attachments, html: '<img src="file:///etc/passwd">' })),
  )
  expect(message.attachments.map((one) => new TextDecoder().decode(one.content))).toEqual(['/etc/passwd'])
})

test('a date is written in UTC', () => {
  expect(internetDate('2024-01-01T00:30:00.999+02:00')).toBe('Sun, 31 Dec 2023 22:30:00 +0000')
  expect(internetDate(Temporal.Instant.from('2026-03-09T05:04:03Z'))).toBe('Mon, 09 Mar 2026 05:04:03 +0000')
})

const words = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .map((text) => text.toWellFormed().normalize('NFC'))
const headerText = words
  .map((text) =>
    text
      .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, '')
      .replaceAll(/\s+/gu, ' ')
      .trim(),
  )
  .filter((text) => text !== '')

test('what is composed is parsed back', async () => {
  await fc.assert(
    fc.asyncProperty(
      headerText,
      headerText,
      fc.array(headerText, { minLength: 1, maxLength: 5 }),
      async (subject, name, lines) => {
        const to = [{ address: 'lena@agentur.example', name }, { address: 'tom@creator.example' }]
        const message = await parseMessage(await compose(outgoing({ subject, to, text: lines.join('\n') })))
        expect({ ...message, headers: [], text: message.text?.trimEnd() }).toEqual({
          headers: [],
          mediaType: message.mediaType,
          from: { address: 'anna@brand.example', key: 'anna@brand.example', name: 'Anna Vogt' },
          replyTo: [],
          to: [
            { address: 'lena@agentur.example', key: 'lena@agentur.example', name },
            { address: 'tom@creator.example', key: 'tom@creator.example' },
          ],
          cc: [],
          subject,
          messageId,
          inReplyTo: [],
          references: [token],
          date: '2024-11-05T08:02:03.000Z',
          text: lines.join('\n').trimEnd(),
          attachments: [],
          reports: { deliveryStatus: [], feedback: [], disposition: [], returned: [] },
          overLimit: [],
          problems: [],
        })
      },
    ),
    { numRuns: 60 },
  )
})

test('no subject, name or file name ever adds a header', async () => {
  const names = new Set(readHeaders(await written({ attachments: [file] })).map((field) => field.name))
  const hostile = fc.string({
    unit: fc.constantFrom('a', ':', ' ', '\r', '\n', '\t', '\u0000', '"', '<', '>', ',', 'Bcc', 'ü', '=?'),
  })
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, async (subject, name, filename) => {
      const raw = await written({
        subject,
        from: { address, name },
        attachments: [{ ...file, filename }],
      }).catch(() => undefined)
      if (raw === undefined) return
      const found = readHeaders(raw)
      expect(found.filter((field) => !names.has(field.name))).toEqual([])
      expect(found.length).toBeLessThanOrEqual(names.size)
    }),
    { numRuns: 100 },
  )
})
