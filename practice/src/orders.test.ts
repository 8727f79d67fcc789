import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Reader } from './json.ts'
import {
  FULL,
  OLGA,
  graph,
  officeConsent,
  officeQuery,
  officeSignIn,
  officeToken,
  sendMime,
} from './testing/office.ts'
import {
  ANNA,
  type Answer,
  METADATA,
  MIA,
  READONLY,
  SEND,
  START,
  TOM,
  type TestWorld,
  authorizeQuery,
  consent,
  letter,
  signIn,
  startWorld,
} from './testing/world.ts'

const BEN = 'ben@brand.practice.example'
const DAY_MS = 86_400_000

let world: TestWorld
let anna: Reader
let ben: Reader
let olga: Reader
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  await world.post('/control/reset', { seed: 'none' })
  for (const address of [ANNA, BEN, OLGA, MIA, TOM])
    await world.post('/control/accounts', { address, name: address })
  anna = await signIn(world, ANNA, [SEND, READONLY])
  ben = await signIn(world, BEN, [SEND, READONLY])
  olga = await officeSignIn(world, FULL)
})

async function order(body: object): Promise<void> {
  const answer = await world.post('/control/faults', body)
  expect([answer.status, answer.text]).toEqual([200, answer.text])
}

const access = (token: Reader): string => token.text('access_token')
const read = (token: Reader, path = 'profile'): Promise<Answer> => world.gmail(access(token), path)
const tokenOf = (fields: Readonly<Record<string, string>>): Promise<Answer> =>
  world.postForm('/google/token', {
    client_id: 'practice-client',
    client_secret: 'practice-secret',
    ...fields,
  })
const refresh = (token: Reader): Promise<Answer> =>
  tokenOf({ grant_type: 'refresh_token', refresh_token: token.text('refresh_token') })
const refreshOffice = (token: Reader): Promise<Answer> =>
  officeToken(world, { grant_type: 'refresh_token', refresh_token: token.text('refresh_token') })

/** Whether the Message-ID of each of `count` mails was kept. */
async function kept(token: Reader, count: number): Promise<readonly boolean[]> {
  const before = (await world.records('mails')).length
  const from = token === anna ? ANNA : BEN
  for (let index = 0; index < count; index += 1)
    await world.send(
      access(token),
      letter('Hello', `From: ${from}`, `Message-ID: <${from}.${index}@kontor.example>`),
    )
  return (await world.records('mails'))
    .slice(before)
    .map((mail) => mail.text('messageId') === mail.text('submittedMessageId'))
}

test('a behaviour that is ordered for one mailbox is so there and nowhere else', async () => {
  await order({ messageIdRewrite: { is: false, mailbox: ANNA } })
  expect([await kept(anna, 2), await kept(ben, 2)]).toEqual([
    [true, true],
    [false, false],
  ])
})

test('a behaviour that is ordered for the next two calls is the usual one again for the third', async () => {
  await order({ messageIdRewrite: { is: false, times: 2 } })
  expect(await kept(anna, 3)).toEqual([true, true, false])
})

test('a behaviour by chance is the same again with the same seed', async () => {
  const round = async (seed: string): Promise<readonly boolean[]> => {
    await world.call('/control/faults', { method: 'DELETE' })
    await order({ messageIdRewrite: { is: false, probability: 0.5, seed } })
    return kept(anna, 10)
  }
  const first = await round('monday')
  expect([await round('monday'), new Set(first).size]).toEqual([first, 2])
  expect(await round('friday')).not.toEqual(first)
})

test('an order wins over what is set for everybody, and both end by their name', async () => {
  await order({ messageIdRewrite: false })
  await order({ messageIdRewrite: { is: true, mailbox: ANNA } })
  expect([await kept(anna, 1), await kept(ben, 1)]).toEqual([[false], [true]])
  await world.call('/control/faults?kind=messageIdRewrite', { method: 'DELETE' })
  const { body } = await world.call('/control/faults')
  expect([body.readers('faults').length, body.reader('behaviour').raw('messageIdRewrite')]).toEqual([0, true])
})

test('what is ordered is listed with its scope and how often it took effect, and ends by its number', async () => {
  await order({ mostMailBytes: { is: 10, mailbox: ANNA, method: 'gmail.users.messages.send', every: 2 } })
  await kept(anna, 3)
  const [listed] = (await world.call('/control/faults')).body.readers('faults')
  expect(Object.fromEntries(listed?.entries() ?? [])).toEqual({
    kind: 'mostMailBytes',
    is: 10,
    mailbox: ANNA,
    method: 'gmail.users.messages.send',
    every: 2,
    seq: expect.any(Number),
    matched: 3,
    applied: 1,
  })
  const left = await world.call(`/control/faults?seq=${listed?.number('seq')}`, { method: 'DELETE' })
  expect(left.body.readers('faults')).toEqual([])
})

test.for([
  ['gmail.users.labels.list', [200, 503, 200]],
  ['GET /gmail/v1/users/me/labels', [200, 503, 200]],
  ['GET /gmail/v1/users/me/labels/*', [200, 200, 503]],
  ['GET /gmail/*/labels/INBOX', [200, 200, 503]],
  ['GET /gmail/*/labels', [200, 503, 200]],
  ['*', [503, 503, 503]],
] as const)('a failure for %s meets those calls alone', async ([method, statuses]) => {
  await order({ fail: { status: 503, method } })
  const seen = []
  for (const path of ['profile', 'labels', 'labels/INBOX']) seen.push((await read(anna, path)).status)
  expect(seen).toEqual(statuses)
})

test('any call can be cut before or after it is done, and leaves its record only then', async () => {
  const calls = async (): Promise<number> =>
    (await world.records('calls')).filter(
      (call) => call.text('method') === 'gmail.users.labels.list' && call.number('status') === 200,
    ).length
  for (const kind of ['cutBeforeAccept', 'cutAfterAccept'])
    await order({ [kind]: { times: 1, method: 'gmail.users.labels.list' } })
  await expect(read(anna, 'labels')).rejects.toThrow('fetch failed')
  expect(await calls()).toBe(0)
  await expect(read(anna, 'labels')).rejects.toThrow('fetch failed')
  expect([await calls(), (await read(anna, 'labels')).status]).toEqual([1, 200])
})

test('an access token lives as long as ordered for its account', async () => {
  await order({ accessTokenSeconds: { is: 60 } })
  const [short, office] = [(await refresh(anna)).body, (await refreshOffice(olga)).body]
  expect([short.number('expires_in'), office.number('expires_in')]).toEqual([59, 59])
  await world.post('/control/clock', { advanceMs: 60_000 })
  expect([
    (await read(short)).status,
    (await read(anna)).status,
    (await graph(world, access(office), '/messages')).status,
  ]).toEqual([401, 200, 401])
})

test('the grant beyond those that may live at once ends the oldest', async () => {
  await order({ mostRefreshTokens: { is: 1, mailbox: ANNA } })
  const second = await signIn(world, ANNA, [SEND])
  expect([(await refresh(anna)).status, (await refresh(second)).status]).toEqual([400, 200])
})

test.for([
  [true, [401, 401]],
  [false, [401, 200]],
] as const)('revoking one token ends all: %s', async ([is, statuses]) => {
  await order({ revokeEndsAll: { is, mailbox: ANNA } })
  const second = await signIn(world, ANNA, [SEND, READONLY])
  await world.postForm('/google/revoke', { token: access(anna) })
  expect([(await read(anna)).status, (await read(second)).status]).toEqual(statuses)
})

test('the metadata permission leaves contents alone when it is ordered so', async () => {
  const both = await signIn(world, ANNA, [READONLY, METADATA])
  const searching = async (): Promise<number> => (await read(both, 'messages?q=spring')).status
  const before = await searching()
  await order({ metadataPoisons: { is: false, mailbox: ANNA } })
  expect([before, await searching()]).toEqual([403, 200])
})

test.for(['gmail.readonly', READONLY])(
  'a token of Google comes without %s when it is withheld',
  async (withheld) => {
    await order({ withheldScope: { is: withheld, mailbox: ANNA } })
    const narrow = await signIn(world, ANNA, [SEND, READONLY])
    expect([narrow.text('scope').includes(READONLY), narrow.text('scope').includes(SEND)]).toEqual([
      false,
      true,
    ])
    expect((await read(narrow, 'messages')).status).toBe(403)
  },
)

test('history is kept and a watch lasts as many days as ordered', async () => {
  const start = (await read(anna)).body.text('historyId')
  await world.post('/control/topics', {
    topic: 'projects/k/topics/t',
    endpoint: 'http://127.0.0.1:9/',
    serviceAccount: 'p@k.example',
  })
  await order({ historyDays: { is: 1, mailbox: ANNA }, watchDays: { is: 2, mailbox: ANNA } })
  const watched = await world.gmail(access(anna), 'watch', {
    method: 'POST',
    body: JSON.stringify({ topicName: 'projects/k/topics/t' }),
  })
  await kept(anna, 1)
  await world.post('/control/clock', { advanceMs: DAY_MS + 1 })
  anna = (await refresh(anna)).body
  await kept(anna, 1)
  const late = await read(anna, `history?startHistoryId=${start}`)
  expect([Number(watched.body.text('expiration')), late.status]).toEqual([START + 2 * DAY_MS, 404])
})

test('a consent can be declined or forbidden by order', async () => {
  await order({ refused: { as: 'access_denied', mailbox: ANNA } })
  const back = await consent(world, ANNA, authorizeQuery([SEND]), [SEND])
  await order({ refused: { as: 'AADSTS53003', method: 'oauth2.authorize' } })
  const office = new URL((await officeConsent(world, officeQuery(FULL))).headers.get('location') ?? '')
  expect([back.searchParams.get('error'), office.searchParams.get('error_description')]).toEqual([
    'access_denied',
    expect.stringContaining('AADSTS53003'),
  ])
})

test('a refresh token of Microsoft ends with the next one, and of idleness, as ordered', async () => {
  await order({ oldRefreshTokenLives: { is: false, times: 1 }, refreshTokenIdleDays: { is: 1 } })
  const next = (await refreshOffice(olga)).body
  const after = (await refreshOffice(next)).body
  expect([(await refreshOffice(olga)).status, (await refreshOffice(next)).status]).toEqual([400, 200])
  await world.post('/control/clock', { advanceMs: DAY_MS + 1 })
  expect((await refreshOffice(after)).body.raw('error_codes')).toEqual([700_082])
})

test('Graph lets as many calls of one mailbox in as ordered', async () => {
  await order({
    callsAtOnce: { is: 1, mailbox: OLGA },
    stallAfterAccept: { ms: 4321, times: 1, method: 'graph.me.get' },
  })
  const held = graph(world, access(olga), '')
  const release = await world.timers.next(4321)
  expect((await graph(world, access(olga), '/messages')).status).toBe(429)
  release()
  expect([(await held).status, (await graph(world, access(olga), '/messages')).status]).toEqual([200, 200])
})

test('Sent Items show headers, and ids change with the folder, as ordered', async () => {
  await sendMime(world, access(olga), letter('Hello', `From: ${OLGA}`))
  const ask = async (): Promise<Reader> => {
    const answer = await graph(
      world,
      access(olga),
      '/mailFolders/sentitems/messages?$select=internetMessageHeaders',
      {
        headers: { prefer: 'IdType="ImmutableId"' },
      },
    )
    return answer.body.readers('value')[0] ?? new Reader({})
  }
  const before = await ask()
  await order({
    sentHeadersMissing: { is: false, mailbox: OLGA },
    immutableIds: { is: false, mailbox: OLGA },
  })
  const after = await ask()
  expect(
    [before, after].map((each) => [each.has('internetMessageHeaders'), each.text('id').slice(0, 8)]),
  ).toEqual([
    [false, 'AAkALgAA'],
    [true, 'AAMkADAw'],
  ])
})

test('a mail that is larger than ordered is refused in the words of each provider', async () => {
  await order({ mostMailBytes: { is: 100 } })
  const gmail = await world.send(access(anna), letter('Hello'))
  const office = await sendMime(world, access(olga), letter('Hello', `From: ${OLGA}`))
  expect([gmail.status, office.status, (await world.records('mails')).length]).toEqual([413, 413, 0])
})

test.for([
  [{ messageIdRewrite: { mailbox: ANNA } }, '"is" must be true or false.'],
  [{ accessTokenSeconds: { is: 'long' } }, '"is" must be a number from 0.'],
  [{ accessTokenSeconds: -1 }, '"accessTokenSeconds" must be a number from 0.'],
  [{ messageIdRewrite: { is: false, times: 0 } }, '"times" must be a whole number from 1.'],
  [{ fail: { status: 503, probability: 20 } }, '"probability" must be a number from 0 to 1.'],
  [{ pushLost: { method: 'gmail.users.watch' } }, 'pushLost meets no call of a client: leave "method" out.'],
] as const)('%j is told to be wrong, and nothing of it stands', async ([body, sentence]) => {
  const answer = await world.post('/control/faults', { cutBeforeAccept: {}, ...body })
  const standing = (await world.call('/control/faults')).body.readers('faults')
  expect([answer.status, answer.body.text('error'), standing]).toEqual([400, sentence, []])
})

test('a call that nobody makes cannot be ordered', async () => {
  const answer = await world.post('/control/faults', { fail: { status: 503, method: 'gmail.users.sing' } })
  expect([answer.status, answer.body.text('error')]).toEqual([
    400,
    expect.stringMatching(/^"method" must be a verb and a path, or one of gmail\.users\.getProfile, /),
  ])
})
