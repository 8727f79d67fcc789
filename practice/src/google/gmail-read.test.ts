import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Reader } from '../json.ts'
import {
  ANNA,
  METADATA,
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
    [ANNA, 'Anna Keller'],
    [MIA, 'Mia Brandt'],
  ]) {
    await world.post('/control/accounts', { address, name })
  }
  token = await accessToken(world, ANNA, [SEND, READONLY])
})

async function deliver(...letters: readonly object[]): Promise<readonly Reader[]> {
  const { body } = await world.post(
    '/control/deliver',
    letters.map((each) => ({
      to: ANNA,
      from: 'Nadia <nadia@creators.example>',
      subject: 'Hello',
      text: 'Hello Anna, how are you?',
      ...each,
    })),
  )
  return body.readers('delivered')
}

test('the four formats show what they should and no more', async () => {
  const [delivered] = await deliver({ subject: 'Grüße', html: '<p>Hello</p>' })
  const id = delivered?.text('id') ?? ''
  const head = ['id', 'threadId', 'labelIds', 'snippet', 'sizeEstimate', 'historyId', 'internalDate']
  const names = async (query: string): Promise<readonly string[]> =>
    (await world.gmail(token, `messages/${id}?${query}`)).body.entries().map(([name]) => name)
  expect(await names('format=minimal')).toEqual(head)
  expect(await names('format=metadata')).toEqual([...head, 'payload'])
  expect(await names('format=raw')).toEqual([...head, 'raw'])
  expect(await names('')).toEqual([...head, 'payload'])
  const metadata = await world.gmail(
    token,
    `messages/${id}?format=metadata&metadataHeaders=subject&metadataHeaders=FROM&fields=payload`,
  )
  expect(metadata.body.raw('payload')).toEqual({
    mimeType: 'multipart/alternative',
    headers: [
      { name: 'From', value: 'Nadia <nadia@creators.example>' },
      { name: 'Subject', value: 'Grüße' },
    ],
  })
})

test('the full format holds the decoded parts', async () => {
  const [delivered] = await deliver({
    html: '<p>Hello</p>',
    attachments: [
      {
        filename: 'rates.pdf',
        contentType: 'application/pdf',
        contentBase64: Buffer.from('PDF').toString('base64'),
      },
    ],
  })
  const id = delivered?.text('id') ?? ''
  const full = await world.gmail(
    token,
    `messages/${id}?fields=payload(mimeType,parts(partId,mimeType,filename,body,parts(partId,mimeType,body)))`,
  )
  const payload = full.body.reader('payload')
  const attachment = payload.readers('parts')[1]?.reader('body').text('attachmentId') ?? ''
  expect(payload.entries()).toEqual([
    ['mimeType', 'multipart/mixed'],
    [
      'parts',
      [
        {
          partId: '0',
          mimeType: 'multipart/alternative',
          filename: '',
          body: { size: 0 },
          parts: [
            {
              partId: '0.0',
              mimeType: 'text/plain',
              body: { size: 24, data: Buffer.from('Hello Anna, how are you?').toString('base64url') },
            },
            {
              partId: '0.1',
              mimeType: 'text/html',
              body: { size: 12, data: Buffer.from('<p>Hello</p>').toString('base64url') },
            },
          ],
        },
        {
          partId: '1',
          mimeType: 'application/pdf',
          filename: 'rates.pdf',
          body: { size: 3, attachmentId: attachment },
        },
      ],
    ],
  ])
  const fetched = await world.gmail(token, `messages/${id}/attachments/${attachment}`)
  expect(fetched.body.entries()).toEqual([
    ['size', 3],
    ['data', Buffer.from('PDF').toString('base64url')],
  ])
})

test('history names what arrived after a point, and only with fields that were asked for', async () => {
  const start = (await world.gmail(token, 'profile')).body.text('historyId')
  const [delivered] = await deliver({})
  const sent = await world.send(token, letter('Hello Mia'))
  const answer = await world.gmail(
    token,
    `history?startHistoryId=${start}&historyTypes=messageAdded&fields=history(messagesAdded/message(id,threadId,labelIds)),historyId`,
  )
  expect(answer.body.entries()).toEqual([
    [
      'history',
      [
        {
          messagesAdded: [
            {
              message: {
                id: delivered?.text('id'),
                threadId: delivered?.text('threadId'),
                labelIds: ['UNREAD', 'INBOX'],
              },
            },
          ],
        },
        {
          messagesAdded: [
            { message: { id: sent.body.text('id'), threadId: sent.body.text('id'), labelIds: ['SENT'] } },
          ],
        },
      ],
    ],
    ['historyId', (await world.gmail(token, 'profile')).body.text('historyId')],
  ])
  const [call] = (await world.records('calls')).filter(
    (each) => each.text('method') === 'gmail.users.history.list',
  )
  expect([call?.texts('fields'), call?.texts('ids'), call?.number('status')]).toEqual([
    [
      'historyId',
      'history[].messagesAdded[].message.id',
      'history[].messagesAdded[].message.labelIds[]',
      'history[].messagesAdded[].message.threadId',
    ],
    [delivered?.text('id'), sent.body.text('id')],
    200,
  ])
})

test('history comes in pages that together hold everything once', async () => {
  const start = (await world.gmail(token, 'profile')).body.text('historyId')
  const delivered = await deliver({}, {}, {}, {}, {})
  const seen: string[] = []
  let pageToken: string | undefined = ''
  while (pageToken !== undefined) {
    const page: Reader = (
      await world.gmail(token, `history?startHistoryId=${start}&maxResults=2&pageToken=${pageToken}`)
    ).body
    seen.push(
      ...page
        .readers('history')
        .flatMap((record) =>
          record.readers('messagesAdded').map((added) => added.reader('message').text('id')),
        ),
    )
    pageToken = page.maybeText('nextPageToken')
  }
  expect(seen).toEqual(delivered.map((each) => each.text('id')))
})

test.for([
  ['unknown because it is older than the mailbox', '1', 404],
  ['unknown because it is newer than the mailbox', '99999999', 404],
  ['missing', '', 400],
] as const)('a history start that is %s is refused', async ([, start, status]) => {
  await deliver({})
  expect((await world.gmail(token, `history?startHistoryId=${start}`)).status).toBe(status)
})

test('history forgets what is older than seven days', async () => {
  const start = (await world.gmail(token, 'profile')).body.text('historyId')
  await deliver({})
  const current = (await world.gmail(token, 'profile')).body.text('historyId')
  await world.post('/control/clock', { advanceMs: 7 * 86_400_000 + 1 })
  token = await accessToken(world, ANNA, [READONLY])
  const statuses = await Promise.all(
    [start, current].map(async (each) => (await world.gmail(token, `history?startHistoryId=${each}`)).status),
  )
  expect(statuses).toEqual([404, 200])
})

test('history can be made too old on order, and goes on from the profile', async () => {
  const start = (await world.gmail(token, 'profile')).body.text('historyId')
  await world.post('/control/faults', { historyTooOld: { mailbox: ANNA } })
  const fresh = (await world.gmail(token, 'profile')).body.text('historyId')
  const statuses = await Promise.all(
    [start, fresh].map(async (each) => (await world.gmail(token, `history?startHistoryId=${each}`)).status),
  )
  expect(statuses).toEqual([404, 200])
})

test('a thread holds its messages, oldest first', async () => {
  const [first] = await deliver({ messageId: '<one@creators.example>' })
  const [second] = await deliver({
    inReplyTo: '<one@creators.example>',
    references: ['<one@creators.example>'],
    subject: 'Re: Hello',
  })
  const thread = await world.gmail(
    token,
    `threads/${first?.text('threadId')}?format=minimal&fields=id,messages/id`,
  )
  expect(thread.body.entries()).toEqual([
    ['id', first?.text('threadId')],
    ['messages', [{ id: first?.text('id') }, { id: second?.text('id') }]],
  ])
})

test('the same subject alone never joins a thread', async () => {
  const [first, second] = await deliver({ subject: 'Spring' }, { subject: 'Re: Spring' })
  expect(second?.text('threadId')).not.toBe(first?.text('threadId'))
})

test('on request an answer with another subject opens a thread of its own', async () => {
  const answer = { inReplyTo: '<one@creators.example>', subject: 'Something else' }
  const [first, joined] = await deliver({ messageId: '<one@creators.example>' }, answer)
  await world.post('/control/faults', { threadNeedsSameSubject: true })
  const [apart] = await deliver(answer)
  expect([
    joined?.text('threadId') === first?.text('threadId'),
    apart?.text('threadId') === first?.text('threadId'),
  ]).toEqual([true, false])
  await world.call('/control/faults', { method: 'DELETE' })
})

test.for([
  ['send alone may not read', [SEND], 'profile', 403],
  ['send alone may not list identities', [SEND], 'settings/sendAs', 403],
  ['reading may', [READONLY], 'settings/sendAs', 200],
  ['metadata may list', [METADATA], 'messages', 200],
  ['metadata may not search', [METADATA], 'messages?q=x', 403],
  ['metadata beside reading may not search either', [METADATA, READONLY], 'messages?q=x', 403],
  ['metadata may not see identities', [METADATA], 'settings/sendAs', 403],
] as const)('%s', async ([, scopes, path, status]) => {
  const narrow = await accessToken(world, ANNA, scopes)
  const answer = await world.gmail(narrow, path)
  expect(answer.status).toBe(status)
})

test('a missing scope is told in the shape of Google', async () => {
  const narrow = await accessToken(world, ANNA, [SEND])
  expect((await world.gmail(narrow, 'profile')).body.raw('error')).toEqual({
    code: 403,
    message: 'Request had insufficient authentication scopes.',
    errors: [
      {
        message: 'Request had insufficient authentication scopes.',
        domain: 'global',
        reason: 'insufficientPermissions',
      },
    ],
    status: 'PERMISSION_DENIED',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
        domain: 'googleapis.com',
      },
    ],
  })
})

test('reading content with the metadata scope is refused', async () => {
  const [delivered] = await deliver({})
  const narrow = await accessToken(world, ANNA, [METADATA])
  const statuses = await Promise.all(
    ['full', 'raw', 'metadata', 'minimal'].map(
      async (format) =>
        (await world.gmail(narrow, `messages/${delivered?.text('id')}?format=${format}`)).status,
    ),
  )
  expect(statuses).toEqual([403, 403, 200, 200])
})

test('nobody reads another mailbox', async () => {
  const [delivered] = await deliver({})
  const mias = await accessToken(world, MIA, [READONLY])
  expect((await world.gmail(mias, `messages/${delivered?.text('id')}`)).status).toBe(404)
  const answer = await world.call(`/gmail/v1/users/${ANNA}/profile`, {
    headers: { authorization: `Bearer ${mias}` },
  })
  expect([answer.status, answer.body.reader('error').text('message')]).toEqual([
    403,
    `Delegation denied for ${MIA}`,
  ])
})

test('a call without a valid token is 401 and recorded without a mailbox', async () => {
  const answer = await world.gmail('nothing', 'profile')
  const calls = await world.records('calls')
  expect([
    answer.status,
    answer.body.reader('error').text('status'),
    calls.at(-1)?.raw('mailbox'),
    calls.at(-1)?.number('status'),
  ]).toEqual([401, 'UNAUTHENTICATED', '', 401])
})

test('identities come with signature and state', async () => {
  await world.post('/control/accounts', {
    address: ANNA,
    name: 'Anna Keller',
    sendAs: [
      { address: ANNA, name: 'Anna Keller', signature: '<b>Anna</b>' },
      { address: 'press@brand.practice.example', name: 'Press', accepted: false },
    ],
  })
  const { body } = await world.gmail(token, 'settings/sendAs')
  expect(body.raw('sendAs')).toEqual([
    {
      sendAsEmail: ANNA,
      displayName: 'Anna Keller',
      replyToAddress: '',
      signature: '<b>Anna</b>',
      isPrimary: true,
      isDefault: true,
    },
    {
      sendAsEmail: 'press@brand.practice.example',
      displayName: 'Press',
      replyToAddress: '',
      signature: '',
      treatAsAlias: true,
      verificationStatus: 'pending',
    },
  ])
})

test('a large answer is compressed for those who take it', async () => {
  const [delivered] = await deliver({ text: 'Hello '.repeat(500) })
  const path = `messages/${delivered?.text('id')}?format=raw&fields=raw`
  const zipped = await world.gmail(token, path, { headers: { 'accept-encoding': 'gzip' } })
  const plain = await world.gmail(token, path, { headers: { 'accept-encoding': 'identity' } })
  expect([
    zipped.headers.get('content-encoding'),
    plain.headers.get('content-encoding'),
    zipped.text === plain.text,
  ]).toEqual(['gzip', null, true])
})

test('a removed message is gone, and history says so', async () => {
  const [delivered] = await deliver({})
  const id = delivered?.text('id') ?? ''
  const start = (await world.gmail(token, 'profile')).body.text('historyId')
  await world.call(`/control/mailboxes/${ANNA}/messages/${id}`, { method: 'DELETE' })
  const history = await world.gmail(
    token,
    `history?startHistoryId=${start}&fields=history(messagesDeleted/message/id)`,
  )
  expect([(await world.gmail(token, `messages/${id}`)).status, history.body.raw('history')]).toEqual([
    404,
    [{ messagesDeleted: [{ message: { id } }] }],
  ])
})

test.for(['messages/nothing', 'historyID', 'payload(header)', 'snippet/text'])(
  'fields=%s names what no message has and is refused',
  async (fields) => {
    const [delivered] = await deliver({})
    expect((await world.gmail(token, `messages/${delivered?.text('id')}?fields=${fields}`)).status).toBe(400)
  },
)

test('a misspelt selection sends no mail', async () => {
  const body = JSON.stringify({ raw: Buffer.from(letter('x')).toString('base64url') })
  expect((await world.gmail(token, 'messages/send?fields=identifier', { method: 'POST', body })).status).toBe(
    400,
  )
  expect(await world.records('mails')).toEqual([])
})

test('fields that are not well formed are refused', async () => {
  expect((await world.gmail(token, 'profile?fields=a(')).status).toBe(400)
})
