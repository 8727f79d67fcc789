import { httpDate, isoTime } from './clock.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  ANNA,
  MIA,
  READONLY,
  SEND,
  START,
  TOM,
  type TestWorld,
  accessToken,
  letter,
  startWorld,
} from './testing/world.ts'

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

async function order(fault: object): Promise<void> {
  expect((await world.post('/control/faults', fault)).status).toBe(200)
}

/** Sends `count` mails; the status of each, or 'cut'. */
async function statuses(count: number): Promise<readonly (number | 'cut')[]> {
  const seen: (number | 'cut')[] = []
  for (let index = 0; index < count; index += 1) {
    seen.push(
      await world.send(token, letter(`Mail ${index}`)).then(
        (answer) => answer.status,
        () => 'cut' as const,
      ),
    )
  }
  return seen
}

/** Milliseconds; no other timer of the practice world is set to it. */
const STALL = 54_321

test('a stalled mail is accepted and recorded while its answer is held', async () => {
  await order({ stallAfterAccept: { every: 1, ms: STALL, mailbox: ANNA } })
  const answer = world.send(token, letter('Held'))
  const release = await world.timers.next(STALL)
  expect((await world.records('mails')).map((mail) => mail.text('subject'))).toEqual(['Spring'])
  expect((await world.records('calls')).at(-1)?.number('status')).toBe(200)
  release()
  expect((await answer).status).toBe(200)
})

test('a stall ends when the client goes away', async () => {
  await order({ stallAfterAccept: { every: 1, ms: STALL } })
  const leaving = new AbortController()
  const answer = world.gmail(token, 'messages/send', {
    method: 'POST',
    body: JSON.stringify({ raw: Buffer.from(letter('Held')).toString('base64url') }),
    signal: leaving.signal,
  })
  await world.timers.next(STALL)
  const ended = world.timers.calledOff(STALL)
  leaving.abort()
  await expect(answer).rejects.toThrow('aborted')
  await ended
})

test('every third answer is cut after the mail was accepted', async () => {
  await order({ cutAfterAccept: { every: 3 } })
  expect(await statuses(6)).toEqual([200, 200, 'cut', 200, 200, 'cut'])
  expect((await world.call('/control/records/counts')).body.number('mails')).toBe(6)
})

test('a connection cut before accepting leaves no mail', async () => {
  await order({ cutBeforeAccept: { every: 2 } })
  expect(await statuses(4)).toEqual([200, 'cut', 200, 'cut'])
  expect((await world.call('/control/records/counts')).body.number('mails')).toBe(2)
})

async function round(seed: string): Promise<readonly (number | 'cut')[]> {
  await world.call('/control/faults', { method: 'DELETE' })
  await order({ cutBeforeAccept: { probability: 0.5, seed } })
  return statuses(12)
}

test('chance with the same seed strikes the same sends again', async () => {
  const first = await round('monday')
  expect(await round('monday')).toEqual(first)
  expect(new Set(first)).toEqual(new Set([200, 'cut']))
  expect(await round('tuesday')).not.toEqual(first)
})

test('throttling stops sending, not reading, until its time', async () => {
  await order({ throttle: { mailbox: ANNA, forMs: 600_000 } })
  const refused = await world.send(token, letter('Too fast'))
  const error = refused.body.reader('error')
  expect([
    refused.status,
    error.text('message'),
    error.text('status'),
    error.readers('errors')[0]?.text('reason'),
  ]).toEqual([
    429,
    `User-rate limit exceeded.  Retry after ${isoTime(START + 600_000)} (Mail sending)`,
    'RESOURCE_EXHAUSTED',
    'rateLimitExceeded',
  ])
  expect((await world.gmail(token, 'profile')).status).toBe(200)
  await world.post('/control/clock', { advanceMs: 600_000 })
  expect((await world.send(token, letter('In time'))).status).toBe(200)
})

test.for([
  ['sentence', undefined, `User-rate limit exceeded.  Retry after ${isoTime(START + 90_000)} (Mail sending)`],
  ['seconds', '90', 'User-rate limit exceeded. (Mail sending)'],
  ['date', httpDate(START + 90_000), 'User-rate limit exceeded. (Mail sending)'],
  ['none', undefined, 'User-rate limit exceeded. (Mail sending)'],
] as const)('Google says until when as ordered: %s', async ([retryAfter, header, sentence]) => {
  await order({ throttle: { mailbox: ANNA, forMs: 90_000, retryAfter } })
  const refused = await world.send(token, letter('Too fast'))
  expect([
    refused.status,
    refused.headers.get('retry-after') ?? undefined,
    refused.body.reader('error').text('message'),
  ]).toEqual([429, header, sentence])
})

test.for([{ throttle: { forMs: 1, retryAfter: 'soon' } }, { throttle: { forMs: 1, as: '404' } }])(
  '%j is no way in which a provider asks for patience',
  async (body) => {
    expect((await world.post('/control/faults', body)).status).toBe(400)
  },
)

test('a failure with status 0 cuts reading off, and the record says so', async () => {
  await order({ fail: { status: 0, times: 1, method: 'gmail.users.getProfile' } })
  await expect(world.gmail(token, 'profile')).rejects.toThrow('fetch failed')
  expect((await world.records('calls')).at(-1)?.number('status')).toBe(0)
  expect((await world.gmail(token, 'profile')).status).toBe(200)
})

test('a failure on order comes as often as ordered, with its own body', async () => {
  await order({
    fail: {
      status: 503,
      times: 2,
      method: 'gmail.users.messages.send',
      body: { error: { code: 503 } },
      retryAfter: '7',
    },
  })
  const first = await world.send(token, letter('One'))
  expect([first.status, first.headers.get('retry-after'), first.body.entries()]).toEqual([
    503,
    '7',
    [['error', { code: 503 }]],
  ])
  expect([(await world.gmail(token, 'profile')).status, ...(await statuses(2))]).toEqual([200, 503, 200])
})

test('a fault for one mailbox leaves the others alone', async () => {
  await order({ fail: { status: 500, mailbox: MIA } })
  expect(await statuses(1)).toEqual([200])
})

test('a late bounce comes after the yes, and the mail never arrives', async () => {
  await order({ lateBounce: { to: MIA, afterMs: 60_000, status: '5.7.1' } })
  expect(await statuses(1)).toEqual([200])
  await world.post('/control/clock', { advanceMs: 59_999, settle: true })
  expect(await world.records('arrivals')).toEqual([])
  await world.post('/control/clock', { advanceMs: 1, settle: true })
  expect(
    (await world.records('arrivals')).map((arrival) => [arrival.text('mailbox'), arrival.text('source')]),
  ).toEqual([[ANNA, 'bounce']])
})

test('taking the faults back restores everything', async () => {
  await order({ cutBeforeAccept: { every: 1 }, messageIdRewrite: false })
  const cleared = await world.call('/control/faults', { method: 'DELETE' })
  expect(cleared.body.entries()).toEqual([
    ['faults', []],
    [
      'behaviour',
      {
        messageIdRewrite: true,
        threadNeedsSameSubject: false,
        unitsPerMinute: 0,
        sendsPerDay: 0,
        mostMailBytes: 0,
        refreshTokenDays: 0,
        mostRefreshTokens: 100,
        revokeEndsAll: true,
        metadataPoisons: true,
        pushOncePerSecond: true,
        pushRetrySeconds: 10,
        pushAnswerSeconds: 10,
        pushedNumber: false,
        watchDays: 7,
        historyDays: 7,
        withheldScope: '',
        accessTokenSeconds: 3600,
        refreshTokenIdleDays: 90,
        oldRefreshTokenLives: true,
        consentsAddUp: false,
        sentCopyAfterMs: 0,
        sentHeadersMissing: true,
        conversationBySubject: false,
        immutableIds: true,
        callsAtOnce: 4,
        subscriptionMinutes: 10_080,
        mailServerFilesSent: false,
        mailServerIdles: true,
        mailServerOAuthBearer: true,
      },
    ],
  ])
  expect(await statuses(1)).toEqual([200])
})

test('units of a minute run out and come back with the next', async () => {
  await order({ unitsPerMinute: 201 })
  expect(await statuses(3)).toEqual([200, 200, 429])
  expect((await world.gmail(token, 'profile')).status).toBe(200)
  expect((await world.gmail(token, 'profile')).status).toBe(429)
  await world.post('/control/clock', { advanceMs: 60_000 })
  expect(await statuses(1)).toEqual([200])
})

test('the mails of a day run out until the first is a day old', async () => {
  await order({ sendsPerDay: 2 })
  expect(await statuses(1)).toEqual([200])
  await world.post('/control/clock', { advanceMs: 60_000 })
  expect(await statuses(1)).toEqual([200])
  const refused = await world.send(token, letter('Third'))
  expect([refused.status, refused.body.reader('error').text('message')]).toEqual([
    429,
    `User-rate limit exceeded.  Retry after ${isoTime(START + 86_400_000)} (Mail sending)`,
  ])
  await world.post('/control/clock', { now: START + 86_400_000 })
  token = await accessToken(world, ANNA, [SEND])
  expect(await statuses(2)).toEqual([200, 429])
})

test('ending the grants of an account ends its tokens', async () => {
  await world.post('/control/grants/end', { mailbox: ANNA })
  expect(await statuses(1)).toEqual([401])
})

test.for([
  [{ stallAfterAccept: { every: 0 } }, '"every" must be a whole number from 1.'],
  [{ throttle: { mailbox: ANNA } }, '"until" must be a time.'],
  [{ historyTooOld: { mailbox: 'nobody@practice.example' } }, 'There is no mailbox nobody@practice.example.'],
] as const)('%j is told to be wrong', async ([fault, sentence]) => {
  const answer = await world.post('/control/faults', fault)
  expect([answer.status, answer.body.text('error')]).toEqual([400, sentence])
})

test('the faults of one kind end while the others go on', async () => {
  await order({ cutBeforeAccept: { every: 1 }, lateBounce: { to: MIA } })
  const left = await world.call('/control/faults?kind=cutBeforeAccept', { method: 'DELETE' })
  expect(left.body.readers('faults').map((fault) => fault.text('kind'))).toEqual(['lateBounce'])
  expect(await statuses(1)).toEqual([200])
  expect((await world.call('/control/faults?kind=thunder', { method: 'DELETE' })).status).toBe(400)
})
