import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Reader } from '../json.ts'
import { FULL, OLGA, graph, officeSignIn, sendMime } from '../testing/office.ts'
import {
  ANNA,
  MIA,
  READONLY,
  SEND,
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
    [OLGA, 'Olga Brandt'],
    [ANNA, 'Anna Keller'],
    [MIA, 'Mia Brandt'],
  ]) {
    await world.post('/control/accounts', { address, name })
  }
  token = (await officeSignIn(world, FULL)).text('access_token')
})

const mine = (text: string, ...headers: readonly string[]): string =>
  letter(text, `From: Olga Brandt <${OLGA}>`, ...headers)
const codeOf = (answer: { readonly body: Reader }): string => answer.body.reader('error').text('code')

async function deliver(subject: string, more: object = {}): Promise<void> {
  await world.post('/control/deliver', { to: OLGA, from: MIA, subject, text: `About ${subject}`, ...more })
}

test('the user is told by the names that were selected', async () => {
  const { body } = await graph(world, token, '?$select=id,mail,userPrincipalName,displayName')
  expect(body.entries()).toEqual([
    ['@odata.context', `${world.practice.url}/graph/v1.0/$metadata#users/$entity`],
    ['id', expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ['mail', OLGA],
    ['userPrincipalName', OLGA],
    ['displayName', 'Olga Brandt'],
  ])
})

test('a mail in its MIME form is taken with 202 and nothing, keeps its Message-ID, and arrives', async () => {
  const sent = await sendMime(world, token, mine('Hello Mia'))
  expect([sent.status, sent.text]).toEqual([202, ''])
  const [arrival] = await world.records('arrivals')
  const [mail] = await world.records('mails')
  expect([arrival?.text('mailbox'), arrival?.text('messageId'), mail?.text('submittedMessageId')]).toEqual([
    MIA,
    '<own.1@kontor.example>',
    '<own.1@kontor.example>',
  ])
})

test('the sender is always who signed in', async () => {
  await sendMime(world, token, letter('Hello', 'From: Boss <boss@office.practice.example>'))
  expect((await world.records('arrivals'))[0]?.text('from')).toBe(OLGA)
})

test('a mail goes from Microsoft to Google and its answer comes back into the conversation', async () => {
  await sendMime(world, token, mine('Hello Anna', `To: ${ANNA}`))
  const gmail = await accessToken(world, ANNA, [SEND, READONLY])
  const answer = `From: ${ANNA}\r\nTo: ${OLGA}\r\nSubject: Re: Spring\r\nIn-Reply-To: <own.1@kontor.example>\r\n\r\nYes`
  await world.send(gmail, answer)
  const { body } = await graph(world, token, '/messages?$select=conversationId,subject&$top=5')
  const [reply, own] = body.readers('value')
  expect([reply?.text('subject'), own?.text('subject')]).toEqual(['Re: Spring', 'Spring'])
  expect(reply?.text('conversationId')).toBe(own?.text('conversationId'))
})

test('a JSON message is sent, with at most five headers that begin with x-', async () => {
  const send = (message: object): ReturnType<typeof graph> =>
    graph(world, token, '/sendMail', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        message: { subject: 'Plan', body: { contentType: 'Text', content: 'Hi' }, ...message },
      }),
    })
  const to = { toRecipients: [{ emailAddress: { address: MIA } }] }
  const headers = (...names: string[]): object => ({
    ...to,
    internetMessageHeaders: names.map((name) => ({ name, value: '1' })),
  })
  expect((await send(to)).status).toBe(202)
  expect((await world.records('arrivals'))[0]?.text('subject')).toBe('Plan')
  expect([
    codeOf(await send({})),
    codeOf(await send(headers('In-Reply-To'))),
    codeOf(await send(headers('x-1', 'x-2', 'x-3', 'x-4', 'x-5', 'x-6'))),
    codeOf(await send({ ...to, from: { emailAddress: { address: ANNA } } })),
  ]).toEqual([
    'ErrorInvalidRecipients',
    'InvalidInternetMessageHeader',
    'InvalidInternetMessageHeaderCollection',
    'ErrorSendAsDenied',
  ])
})

test.for([
  ['no base64', 'ä!', 400, 'ErrorMimeContentInvalidBase64String'],
  ['more than 4 MB', 'QUFB'.repeat(1_048_577), 413, 'RequestEntityTooLarge'],
] as const)('a MIME body of %s is refused', async ([, body, status, code]) => {
  const answer = await graph(world, token, '/sendMail', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body,
  })
  expect([answer.status, codeOf(answer)]).toEqual([status, code])
})

test('a list is filtered, ordered, cut to what was selected, and paged', async () => {
  for (const subject of ['one', 'two', 'three']) {
    await deliver(subject)
    await world.post('/control/clock', { advanceMs: 60_000 })
  }
  const query = `$filter=receivedDateTime ge 2026-11-24T08:01:00Z&$orderby=receivedDateTime asc&$select=id,subject&$top=1`
  const first = await graph(world, token, `/messages?${query}`)
  const second = await graph(world, token, first.body.text('@odata.nextLink'))
  const shown = [first, second].flatMap(({ body }) => body.readers('value').map((each) => each.entries()))
  expect(shown).toEqual(
    ['two', 'three'].map((subject) => [
      ['@odata.etag', expect.any(String)],
      ['id', expect.any(String)],
      ['subject', subject],
    ]),
  )
  expect(second.body.has('@odata.nextLink')).toBe(false)
})

test('a mail in a form that is neither is refused', async () => {
  const answer = await graph(world, token, '/sendMail', {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822' },
    body: mine('Hello'),
  })
  expect([answer.status, codeOf(answer)]).toEqual([400, 'UnsupportedMediaType'])
})

test('four requests of one mailbox may be under way, a fifth is told to wait a second', async () => {
  await world.post('/control/faults', { stallAfterAccept: { every: 1, times: 4, ms: 600_000 } })
  const hanging = new AbortController()
  const held = Array.from({ length: 4 }, () =>
    fetch(`${world.practice.url}/graph/v1.0/me/sendMail`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
      body: Buffer.from(mine('Hello')).toString('base64'),
      signal: hanging.signal,
    }).catch(() => 'gone'),
  )
  while ((await world.records('mails')).length < 4);
  const fifth = await graph(world, token, '/messages')
  expect([fifth.status, codeOf(fifth), fifth.headers.get('retry-after')]).toEqual([
    429,
    'ApplicationThrottled',
    '1',
  ])
  hanging.abort()
  expect(await Promise.all(held)).toEqual(['gone', 'gone', 'gone', 'gone'])
})

test('identifiers of a message are told one by one, and nothing else of it', async () => {
  await deliver('properties', { inReplyTo: '<a@b.example>', references: ['<r@b.example>', '<a@b.example>'] })
  const [listed] = (await graph(world, token, '/messages?$select=id')).body.readers('value')
  const expand = (ids: string) =>
    `/messages/${listed?.text('id') ?? ''}?$select=id&$expand=${encodeURIComponent(ids)}`
  const { body } = await graph(
    world,
    token,
    expand("singleValueExtendedProperties($filter=id eq 'String 0x1042' or id eq 'String 0x9999')"),
  )
  expect(body.entries().map(([name]) => name)).toEqual([
    '@odata.context',
    '@odata.etag',
    'id',
    'singleValueExtendedProperties',
  ])
  expect(body.readers('singleValueExtendedProperties').map((each) => each.entries())).toEqual([
    [
      ['id', 'String 0x1042'],
      ['value', '<a@b.example>'],
    ],
  ])
  expect(codeOf(await graph(world, token, expand('attachments')))).toBe('ErrorInvalidUrlQuery')
})

test('what somebody wrote in a conversation is asked for without being told who else did', async () => {
  await deliver('mine')
  await deliver('theirs', { from: 'stranger@people.practice.example' })
  const filter = encodeURIComponent(`from/emailAddress/address eq '${MIA.toUpperCase()}'`)
  const { body } = await graph(world, token, `/messages?$select=subject&$filter=${filter}`)
  expect(body.readers('value').map((each) => each.text('subject'))).toEqual(['mine'])
})

test.for([
  ['an unknown property', '$select=id,labels', 'RequestBroker--ParseUri'],
  ['an unknown parameter', 'fields=id', 'BadRequest'],
  ['an unknown filter', "$filter=subject eq 'x'", 'ErrorInvalidUrlQueryFilter'],
  [
    'an order without its filter',
    "$filter=internetMessageId eq '<a@b>'&$orderby=receivedDateTime",
    'InefficientFilter',
  ],
] as const)('%s is refused', async ([, query, code]) => {
  const answer = await graph(world, token, `/messages?${query}`)
  expect([answer.status, codeOf(answer)]).toEqual([400, code])
})

test('a message is found by its Message-ID in Sent Items, without headers of the way', async () => {
  await sendMime(world, token, mine('Hello'))
  const filter = encodeURIComponent("internetMessageId eq '<own.1@kontor.example>'")
  const { body } = await graph(
    world,
    token,
    `/mailFolders/sentitems/messages?$filter=${filter}&$select=internetMessageId,internetMessageHeaders`,
  )
  expect(body.readers('value').map((each) => each.entries().map(([name]) => name))).toEqual([
    ['@odata.etag', 'id', 'internetMessageId'],
  ])
})

test('a sent mail is seen in Sent Items only after a while when the world is set so', async () => {
  await world.post('/control/faults', { sentCopyAfterMs: 20_000 })
  await sendMime(world, token, mine('Hello'))
  const sent = async (): Promise<number> =>
    (await graph(world, token, '/mailFolders/sentitems/messages')).body.readers('value').length
  const before = await sent()
  await world.post('/control/clock', { advanceMs: 20_000 })
  expect([before, await sent()]).toEqual([0, 1])
})

test('a message is one in its folder by either kind of id, and its bytes are what arrived', async () => {
  await deliver('ids')
  const id = async (prefer: string): Promise<string> => {
    const { body } = await graph(world, token, '/mailFolders/inbox/messages?$select=id', {
      headers: { prefer },
    })
    return body.readers('value')[0]?.text('id') ?? ''
  }
  const [usual, immutable] = [await id(''), await id('IdType="ImmutableId"')]
  expect(usual === immutable).toBe(false)
  const [arrival] = await world.records('arrivals')
  const raw = await world.call(`/control/mailboxes/${OLGA}/messages/${arrival?.text('id') ?? ''}/raw`)
  for (const each of [usual, immutable])
    expect((await graph(world, token, `/messages/${each}/$value`)).text).toBe(raw.text)
})

test('an id of another shape is malformed, one that is gone is not found', async () => {
  await deliver('gone')
  const { body } = await graph(world, token, '/messages?$select=id')
  const [arrival] = await world.records('arrivals')
  await world.call(`/control/mailboxes/${OLGA}/messages/${arrival?.text('id') ?? ''}`, { method: 'DELETE' })
  expect([
    codeOf(await graph(world, token, '/messages/00000000deadbeef')),
    codeOf(await graph(world, token, `/messages/${body.readers('value')[0]?.text('id') ?? ''}`)),
  ]).toEqual(['ErrorInvalidIdMalformed', 'ErrorItemNotFound'])
})

test('delta lists a folder in pages, then only what came or went, until its state is forgotten', async () => {
  await deliver('one')
  await deliver('two')
  const first = await graph(world, token, '/mailFolders/inbox/messages/delta?$select=subject', {
    headers: { prefer: 'odata.maxpagesize=1' },
  })
  const second = await graph(world, token, first.body.text('@odata.nextLink'), {
    headers: { prefer: 'odata.maxpagesize=1' },
  })
  const link = second.body.text('@odata.deltaLink')
  await deliver('three')
  const [arrival] = await world.records('arrivals')
  await world.call(`/control/mailboxes/${OLGA}/messages/${arrival?.text('id') ?? ''}`, { method: 'DELETE' })
  const later = await graph(world, token, link)
  expect(
    [first, second, later].map(({ body }) =>
      body
        .readers('value')
        .map((each) => each.maybeText('subject') ?? each.reader('@removed').text('reason')),
    ),
  ).toEqual([['two'], ['one'], ['three', 'deleted']])
  await world.post('/control/faults', { historyTooOld: { mailbox: OLGA } })
  const forgotten = await graph(world, token, link)
  expect([forgotten.status, codeOf(forgotten)]).toEqual([410, 'syncStateNotFound'])
})

test('mails of one subject can fall into one conversation, as at Exchange', async () => {
  await world.post('/control/faults', { conversationBySubject: true })
  await deliver('Invoice')
  await deliver('Invoice', { from: 'stranger@people.practice.example' })
  const { body } = await graph(world, token, '/messages?$select=conversationId')
  expect(new Set(body.readers('value').map((each) => each.text('conversationId'))).size).toBe(1)
})

test('every method wants one of its permissions, and reading basics shows no content', async () => {
  const narrow = (await officeSignIn(world, ['User.Read', 'Mail.Send'])).text('access_token')
  const basic = (await officeSignIn(world, ['Mail.ReadBasic'])).text('access_token')
  await deliver('basics')
  const { body } = await graph(world, basic, '/messages?$select=subject,body,bodyPreview')
  const [shown] = body.readers('value')
  expect(shown?.entries().map(([name]) => name)).toEqual(['@odata.etag', 'id', 'subject'])
  expect([
    (await graph(world, narrow, '/messages')).status,
    (await graph(world, basic, `/messages/${shown?.text('id') ?? ''}/$value`)).status,
    (await sendMime(world, basic, mine('Hello'))).status,
    (await graph(world, await accessToken(world, ANNA, [READONLY]), '/messages')).status,
  ]).toEqual([403, 403, 403, 401])
})

test('the record of calls tells the method, the ids and every field that went out', async () => {
  await deliver('recorded')
  await graph(world, token, '/messages?$select=id,conversationId')
  const [arrival] = await world.records('arrivals')
  const call = (await world.records('calls')).at(-1)
  expect([call?.text('method'), call?.text('mailbox'), call?.texts('ids'), call?.texts('fields')]).toEqual([
    'graph.me.listMessages',
    OLGA,
    [arrival?.text('id')],
    ['@odata.context', 'value[].@odata.etag', 'value[].conversationId', 'value[].id'],
  ])
})

test('a throttled mailbox is told when to come back, and sending alone is held', async () => {
  await world.post('/control/faults', { throttle: { mailbox: OLGA, until: '2026-11-24T08:02:00Z' } })
  const refused = await sendMime(world, token, mine('Hello'))
  expect([refused.status, codeOf(refused), refused.headers.get('retry-after')]).toEqual([
    429,
    'ApplicationThrottled',
    'Tue, 24 Nov 2026 08:02:00 GMT',
  ])
  expect((await graph(world, token, '/messages')).status).toBe(200)
})

test('a failure with status 0 cuts reading off', async () => {
  await world.post('/control/faults', { fail: { status: 0, times: 1, method: 'graph.me.listMessages' } })
  await expect(graph(world, token, '/messages')).rejects.toThrow('fetch failed')
  expect((await graph(world, token, '/messages')).status).toBe(200)
})

test.for([
  ['cutBeforeAccept', 0],
  ['cutAfterAccept', 1],
] as const)('%s cuts the connection', async ([fault, mails]) => {
  await world.post('/control/faults', { [fault]: { every: 1, times: 1 } })
  await expect(sendMime(world, token, mine('Hello'))).rejects.toThrow('fetch failed')
  expect((await world.records('mails')).length).toBe(mails)
})
