import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { headerValue, splitMessage } from '../mime/headers.ts'
import {
  ANNA,
  MIA,
  READONLY,
  SEND,
  TOM,
  type TestWorld,
  accessToken,
  letter,
  startWorld,
} from '../testing/world.ts'

let world: TestWorld
let token: string
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  await world.post('/control/reset', { seed: 'none' })
  for (const [address, name] of [
    [ANNA, 'Anna Keller'],
    [MIA, 'Mia Brandt'],
    [TOM, 'Tom Winter'],
  ]) {
    await world.post('/control/accounts', { address, name })
  }
  token = await accessToken(world, ANNA, [SEND, READONLY])
})

async function lying(address: string, id: string): Promise<string> {
  return (await world.call(`/control/mailboxes/${address}/messages/${id}/raw`)).text
}

function headerOf(raw: string, name: string): string | undefined {
  return headerValue(splitMessage(Buffer.from(raw, 'utf8')).headers, name)
}

const REWRITTEN = /^<CA[\w=]+@mail\.practice\.example>$/

test('a sent mail lies in Sent and arrives at its recipient under an id of its own', async () => {
  const sent = await world.send(token, letter('Hello Mia'))
  expect(sent.body.entries()).toEqual([
    ['id', expect.stringMatching(/^[0-9a-f]{16}$/)],
    ['threadId', sent.body.text('id')],
    ['labelIds', ['SENT']],
  ])
  const [arrival] = await world.records('arrivals')
  expect([
    arrival?.text('mailbox'),
    arrival?.text('subject'),
    arrival?.texts('labels'),
    arrival?.text('source'),
  ]).toEqual([MIA, 'Spring', ['UNREAD', 'INBOX'], 'mail'])
  expect(arrival?.text('id')).not.toBe(sent.body.text('id'))
})

test('the Message-ID is replaced in both copies and kept nowhere but in the record', async () => {
  const sent = await world.send(token, letter('Hello Mia'))
  const [arrival] = await world.records('arrivals')
  const [mail] = await world.records('mails')
  const own = await lying(ANNA, sent.body.text('id'))
  expect(own).not.toContain('own.1@kontor.example')
  expect(headerOf(own, 'Message-ID')).toMatch(REWRITTEN)
  expect(headerOf(await lying(MIA, arrival?.text('id') ?? ''), 'Message-ID')).toBe(
    headerOf(own, 'Message-ID'),
  )
  expect([mail?.text('submittedMessageId'), mail?.text('messageId')]).toEqual([
    '<own.1@kontor.example>',
    headerOf(own, 'Message-ID'),
  ])
  expect(Buffer.from(mail?.text('raw') ?? '', 'base64').toString()).toBe(letter('Hello Mia'))
})

test('with the rewriting switched off the Message-ID stays', async () => {
  await world.post('/control/faults', { messageIdRewrite: false })
  const sent = await world.send(token, letter('Hello Mia'))
  expect(headerOf(await lying(ANNA, sent.body.text('id')), 'Message-ID')).toBe('<own.1@kontor.example>')
})

test('other headers survive byte for byte', async () => {
  const raw = letter(
    'Hello',
    'References: <s.token@kontor.example>',
    'List-Unsubscribe: <http://127.0.0.1/u>',
    'X-Kontor: =?utf-8?q?=C3=A4?=',
  )
  const sent = await world.send(token, raw)
  const own = await lying(ANNA, sent.body.text('id'))
  expect(own.replace(/Message-ID: .*\r\n/, '').replace(/Date: .*\r\n/, '')).toBe(
    raw.replace(/Message-ID: .*\r\n/, ''),
  )
})

test('recipients do not see Bcc, the sender does', async () => {
  const sent = await world.send(token, letter('Hello', `Bcc: ${TOM}`))
  const arrivals = await world.records('arrivals')
  expect(arrivals.map((arrival) => arrival.text('mailbox'))).toEqual([MIA, TOM])
  const copies = await Promise.all(
    arrivals.map((arrival) => lying(arrival.text('mailbox'), arrival.text('id'))),
  )
  expect(copies.map((copy) => headerOf(copy, 'Bcc'))).toEqual([undefined, undefined])
  expect(headerOf(await lying(ANNA, sent.body.text('id')), 'Bcc')).toBe(TOM)
})

test('a recipient named twice gets one copy', async () => {
  await world.send(token, letter('Hello', `Cc: Mia <mia+copy@people.practice.example>`))
  expect((await world.records('arrivals')).map((arrival) => arrival.text('mailbox'))).toEqual([MIA])
})

test('a mail to oneself is one message in Sent and Inbox', async () => {
  const sent = await world.send(token, letter('Note', `To: ${ANNA}`))
  expect(sent.body.texts('labelIds')).toEqual(['SENT', 'INBOX', 'UNREAD'])
  expect((await world.gmail(token, 'profile')).body.number('messagesTotal')).toBe(1)
})

test('a sender that is not accepted becomes the primary address', async () => {
  const sendAs = [
    { address: 'press@brand.practice.example', accepted: false },
    { address: 'desk@brand.practice.example', accepted: true },
  ]
  await world.post('/control/accounts', { address: ANNA, name: 'Anna Keller', sendAs })
  const from = async (value: string): Promise<readonly (string | undefined)[]> => {
    const sent = await world.send(token, letter('Hello', `From: ${value}`))
    const own = await lying(ANNA, sent.body.text('id'))
    return [headerOf(own, 'From'), headerOf(own, 'X-Google-Original-From')]
  }
  expect(await from('Press <press@brand.practice.example>')).toEqual([
    `Press <${ANNA}>`,
    'Press <press@brand.practice.example>',
  ])
  expect(await from('Desk <desk@brand.practice.example>')).toEqual([
    'Desk <desk@brand.practice.example>',
    undefined,
  ])
})

test.for([
  [
    'nothing at all',
    {},
    "'raw' RFC822 payload message string or uploading message via /upload/* URL required",
  ],
  [
    'what is no base64',
    { raw: '§§§' },
    "Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed",
  ],
  ['no recipient', { raw: encoded('Subject: x\r\n\r\n') }, 'Recipient address required'],
  ['a broken recipient', { raw: encoded('To: nobody\r\n\r\n') }, 'Invalid To header'],
  [
    'a recipient outside',
    { raw: encoded('To: a@gmail.example\r\n\r\n') },
    'practice mail stays inside: a@gmail.example is no practice address',
  ],
  ['a malformed thread id', { raw: encoded(letter('x')), threadId: 'xyz' }, 'Invalid thread_id value'],
] as const)('sending %s is refused', async ([, body, message]) => {
  const answer = await world.gmail(token, 'messages/send', { method: 'POST', body: JSON.stringify(body) })
  const error = answer.body.reader('error')
  expect([
    answer.status,
    error.text('message'),
    error.text('status'),
    error.readers('errors')[0]?.text('reason'),
  ]).toEqual([400, message, 'INVALID_ARGUMENT', 'invalidArgument'])
  expect(await world.records('mails')).toEqual([])
})

function encoded(raw: string): string {
  return Buffer.from(raw).toString('base64url')
}

test('a JSON body above 5 MB is too large', async () => {
  const answer = await world.gmail(token, 'messages/send', {
    method: 'POST',
    body: JSON.stringify({ raw: 'A'.repeat(5 * 1024 * 1024) }),
  })
  expect(answer.status).toBe(413)
})

test('a thread id is honoured with a reference into the thread and the same subject', async () => {
  const first = await world.send(token, letter('One', 'References: <s.token@kontor.example>'))
  const threadId = first.body.text('threadId')
  const second = await world.send(
    token,
    letter('Two', 'Subject: Re: Spring', 'References: <s.token@kontor.example>'),
    threadId,
  )
  expect([second.status, second.body.text('threadId')]).toEqual([200, threadId])
  const strange = await world.send(
    token,
    letter('Three', 'Subject: Re: Spring', 'References: <other@kontor.example>'),
    threadId,
  )
  const renamed = await world.send(
    token,
    letter('Four', 'Subject: Autumn', 'References: <s.token@kontor.example>'),
    threadId,
  )
  const foreign = await world.send(
    token,
    letter('Five', 'References: <s.token@kontor.example>'),
    '00000000000000aa',
  )
  expect([strange.status, renamed.status, foreign.status]).toEqual([400, 400, 404])
})

test('without a thread id a mail opens a thread of its own for the sender, and joins by reference at the recipient', async () => {
  const first = await world.send(token, letter('One', 'References: <s.token@kontor.example>'))
  const second = await world.send(token, letter('Two', 'References: <s.token@kontor.example>'))
  expect(second.body.text('threadId')).not.toBe(first.body.text('threadId'))
  const [one, two] = await world.records('arrivals')
  expect(two?.text('threadId')).toBe(one?.text('threadId'))
})

test('an unknown address brings back a report in the thread of the mail', async () => {
  const sent = await world.send(token, letter('Hello', 'To: nobody@people.practice.example'))
  expect(await world.records('arrivals')).toEqual([])
  await world.post('/control/clock', { advanceMs: 1500, settle: true })
  const [report] = await world.records('arrivals')
  const raw = await lying(ANNA, report?.text('id') ?? '')
  expect([
    report?.text('mailbox'),
    report?.text('from'),
    report?.text('source'),
    report?.text('threadId'),
  ]).toEqual([ANNA, 'mailer-daemon@practice.example', 'bounce', sent.body.text('threadId')])
  expect(headerOf(raw, 'Content-Type')).toContain('report-type=delivery-status')
  expect(headerOf(raw, 'Auto-Submitted')).toBe('auto-replied')
  expect(headerOf(raw, 'In-Reply-To')).toMatch(REWRITTEN)
  expect(raw).toContain(
    'Final-Recipient: rfc822; nobody@people.practice.example\r\nAction: failed\r\nStatus: 5.1.1\r\n',
  )
  expect(raw).toContain('Content-Type: text/rfc822-headers\r\n\r\n')
})

const UPLOAD = '/upload/gmail/v1/users/me/messages/send'

test('a message can be uploaded alone', async () => {
  const answer = await world.call(`${UPLOAD}?uploadType=media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
    body: letter('By media'),
  })
  const [mail] = await world.records('mails')
  expect([answer.status, mail?.text('id')]).toEqual([200, answer.body.text('id')])
})

test('a multipart upload carries the thread id beside the message', async () => {
  const first = await world.send(token, letter('One', 'References: <s.token@kontor.example>'))
  const threadId = first.body.text('threadId')
  const body = [
    '--limit',
    'Content-Type: application/json',
    '',
    JSON.stringify({ threadId }),
    '--limit',
    'Content-Type: message/rfc822',
    '',
    letter('Two', 'References: <s.token@kontor.example>'),
    '--limit--',
  ].join('\r\n')
  const answer = await world.call(`${UPLOAD}?uploadType=multipart`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/related; boundary=limit' },
    body,
  })
  const mails = await world.records('mails')
  expect([answer.status, answer.body.text('threadId')]).toEqual([200, threadId])
  expect(Buffer.from(mails[1]?.text('raw') ?? '', 'base64').toString()).toBe(
    letter('Two', 'References: <s.token@kontor.example>'),
  )
})

test('a resumable upload says how far it got and ends with the message', async () => {
  const raw = letter('In pieces')
  const authorization = `Bearer ${token}`
  const started = await world.call(`${UPLOAD}?uploadType=resumable`, {
    method: 'POST',
    headers: {
      authorization,
      'content-type': 'application/json',
      'x-upload-content-type': 'message/rfc822',
      'x-upload-content-length': String(raw.length),
    },
    body: '{}',
  })
  const session = started.headers.get('location') ?? ''
  const put = (range: string, body: string): ReturnType<TestWorld['call']> =>
    world.call(session, { method: 'PUT', headers: { authorization, 'content-range': range }, body })
  const part = await put(`bytes 0-99/${raw.length}`, raw.slice(0, 100))
  const asked = await put(`bytes */${raw.length}`, '')
  const done = await put(`bytes 100-${raw.length - 1}/${raw.length}`, raw.slice(100))
  expect([
    started.status,
    part.status,
    part.headers.get('range'),
    asked.status,
    asked.headers.get('range'),
    done.status,
  ]).toEqual([200, 308, 'bytes=0-99', 308, 'bytes=0-99', 200])
  const [mail] = await world.records('mails')
  expect(Buffer.from(mail?.text('raw') ?? '', 'base64').toString()).toBe(raw)
  expect((await put(`bytes 100-${raw.length - 1}/${raw.length}`, raw.slice(100))).status).toBe(404)
})
