import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { GMAIL_REFUSALS, TOKEN_REFUSALS } from './google/refusals.ts'
import type { Reader } from './json.ts'
import { AAD_REFUSALS, GRAPH_REFUSALS } from './microsoft/refusals.ts'
import { FULL, OLGA, graph, officeSignIn, officeToken, sendMime } from './testing/office.ts'
import {
  ANNA,
  type Answer,
  MIA,
  READONLY,
  SEND,
  type TestWorld,
  letter,
  signIn,
  startWorld,
} from './testing/world.ts'

const DAY_MS = 86_400_000

let world: TestWorld
let anna: Reader
let olga: Reader
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  await world.post('/control/reset', { seed: 'none' })
  for (const [address, name] of [
    [ANNA, 'Anna Keller'],
    [OLGA, 'Olga Brandt'],
    [MIA, 'Mia Brandt'],
  ])
    await world.post('/control/accounts', { address, name })
  anna = await signIn(world, ANNA, [SEND, READONLY])
  olga = await officeSignIn(world, FULL)
})

async function order(fault: object): Promise<void> {
  expect((await world.post('/control/faults', fault)).status).toBe(200)
}

const send = (): Promise<Answer> => world.send(anna.text('access_token'), letter('Hello'))
const sendOffice = (): Promise<Answer> =>
  sendMime(world, olga.text('access_token'), letter('Hello', `From: ${OLGA}`))
const delta = (): Promise<Answer> =>
  graph(world, olga.text('access_token'), '/mailFolders/inbox/messages/delta')
const anyMessage = (): Promise<Answer> => graph(world, olga.text('access_token'), '/messages/x')
const refresh = (token: Reader): Promise<Answer> =>
  world.postForm('/google/token', {
    grant_type: 'refresh_token',
    refresh_token: token.text('refresh_token'),
    client_id: 'practice-client',
    client_secret: 'practice-secret',
  })
const refreshOffice = (): Promise<Answer> =>
  officeToken(world, { grant_type: 'refresh_token', refresh_token: olga.text('refresh_token') })

test.for([...GMAIL_REFUSALS])(
  'Gmail refuses a mail with %s, once, and takes it then',
  async ([as, { failure }]) => {
    await order({ refused: { as, times: 1, mailbox: ANNA, method: 'gmail.users.messages.send' } })
    const refused = await send()
    const reason = refused.body.reader('error').readers('errors')[0]?.text('reason')
    expect([refused.status, reason, (await send()).status]).toEqual([failure.status, failure.reason, 200])
  },
)

test.for([...GRAPH_REFUSALS])(
  'Graph refuses with %s where it is met, and nowhere else',
  async ([as, refusal]) => {
    await order({ refused: { as, times: 1, mailbox: OLGA } })
    const atDelta = refusal.method === 'graph.me.deltaMessages'
    const elsewhere =
      refusal.method === undefined ? undefined : (await (atDelta ? sendOffice() : delta())).status
    const refused = await (atDelta
      ? delta()
      : refusal.method === 'graph.me.getMessage'
        ? anyMessage()
        : sendOffice())
    const code = refused.body.reader('error').text('code')
    expect([elsewhere ?? 0, refused.status, code]).toEqual([
      refusal.method === undefined ? 0 : atDelta ? 202 : 200,
      refusal.failure.status,
      refusal.failure.code,
    ])
  },
)

test('a claims challenge says in its header what the token lacks', async () => {
  await order({ refused: { as: 'insufficient_claims', times: 1 } })
  const header = (await delta()).headers.get('www-authenticate') ?? ''
  const claims = /error="insufficient_claims", claims="([^"]+)"/.exec(header)?.[1] ?? ''
  expect(JSON.parse(Buffer.from(claims, 'base64').toString('utf8'))).toEqual({
    access_token: { nbf: { essential: true, value: expect.stringMatching(/^\d+$/) } },
  })
})

test.for([...TOKEN_REFUSALS])(
  'Google refuses to refresh with %s, and refreshes then',
  async ([as, refusal]) => {
    await order({ refused: { as, times: 1, mailbox: ANNA, method: 'oauth2.token' } })
    const refused = await refresh(anna)
    expect([
      refused.status,
      Object.fromEntries(refused.body.entries()),
      (await refresh(anna)).status,
    ]).toEqual([refusal.status, refusal.body, 200])
  },
)

test.for([...AAD_REFUSALS])(
  'Microsoft refuses to refresh with %s, and refreshes then',
  async ([as, refusal]) => {
    await order({ refused: { as, times: 1, mailbox: OLGA, method: 'oauth2.token' } })
    const { status, body } = await refreshOffice()
    expect([status, body.text('error'), body.raw('error_codes'), (await refreshOffice()).status]).toEqual([
      refusal.error === 'temporarily_unavailable' ? 503 : refusal.error === 'invalid_client' ? 401 : 400,
      refusal.error,
      [refusal.code],
      200,
    ])
  },
)

test('a refusal can be ordered for another method, or for all', async () => {
  await order({ refused: { as: 'ErrorQuotaExceeded', method: 'graph.me.deltaMessages', times: 1 } })
  expect([(await sendOffice()).status, (await delta()).status]).toEqual([202, 507])
  await order({ refused: { as: 'ErrorQuotaExceeded', all: true } })
  expect([(await sendOffice()).status, (await delta()).status]).toEqual([507, 507])
})

test('a refusal that nobody knows cannot be ordered', async () => {
  const answer = await world.post('/control/faults', { refused: { as: 'thunder' } })
  expect([answer.status, answer.body.text('error').startsWith('"as" must be one of domainPolicy')]).toEqual([
    400,
    true,
  ])
})

test('a grant of an app in testing ends after seven days, one that only signs in does not', async () => {
  await order({ refreshTokenDays: 7 })
  const reading = await signIn(world, ANNA, [SEND])
  const signing = await signIn(world, MIA, [])
  expect([reading.number('refresh_token_expires_in'), signing.has('refresh_token_expires_in')]).toEqual([
    7 * 86_400 - 1,
    false,
  ])
  await world.post('/control/clock', { advanceMs: 7 * DAY_MS - 1 })
  const before = (await refresh(reading)).status
  await world.post('/control/clock', { advanceMs: 1 })
  const after = await refresh(reading)
  expect([before, after.status, after.body.text('error'), (await refresh(signing)).status]).toEqual([
    200,
    400,
    'invalid_grant',
    200,
  ])
})

test.for([
  [undefined, 429, 'rateLimitExceeded', true],
  ['userRateLimitExceeded', 429, 'userRateLimitExceeded', true],
  ['403', 403, 'userRateLimitExceeded', false],
] as const)('Google throttles in the words of %s', async ([as, status, reason, saysWhen]) => {
  await order({ throttle: { as, forMs: 60_000 } })
  const refused = await send()
  const error = refused.body.reader('error')
  expect([
    refused.status,
    error.readers('errors')[0]?.text('reason'),
    error.text('message').includes('Retry after 2026-11-24T08:01:00.000Z'),
  ]).toEqual([status, reason, saysWhen])
})

test.for([
  ['seconds', '60'],
  ['none', null],
  [undefined, 'Tue, 24 Nov 2026 08:01:00 GMT'],
] as const)('Graph says when to come back as %s', async ([retryAfter, header]) => {
  await order({ throttle: { retryAfter, forMs: 60_000 } })
  const refused = await sendOffice()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, header])
})

test.for([
  ['5.4.5', ANNA, send, 'Daily user sending limit exceeded'],
  ['5.7.233', OLGA, sendOffice, 'daily limit of external recipients'],
  ['5.1.8', OLGA, sendOffice, 'bad outbound sender'],
] as const)('a sender’s mail comes back with %s after the yes', async ([status, mailbox, post, words]) => {
  await order({ lateBounce: { mailbox, status, afterMs: 1000, times: 1 } })
  await post()
  await world.post('/control/clock', { advanceMs: 1000, settle: true })
  const [arrival] = await world.records('arrivals')
  const raw = await world.call(`/control/mailboxes/${mailbox}/messages/${arrival?.text('id') ?? ''}/raw`)
  expect([arrival?.text('mailbox'), arrival?.text('source')]).toEqual([mailbox, 'bounce'])
  expect(raw.text).toMatch(new RegExp(`Status: ${status.replaceAll('.', String.raw`\.`)}`))
  expect(raw.text).toContain(words)
  await post()
  expect((await world.records('arrivals')).map((each) => each.text('mailbox'))).toEqual([mailbox, MIA])
})
