import { compactVerify, createRemoteJWKSet } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { isoTime } from '../clock.ts'
import { Reader } from '../json.ts'
import { type Receiver, startReceiver } from '../testing/receiver.ts'
import {
  ANNA,
  MIA,
  READONLY,
  SEND,
  START,
  type TestWorld,
  accessToken,
  letter,
  startWorld,
} from '../testing/world.ts'

const TOPIC = 'projects/kontor/topics/mail'
const PUSHER = 'pusher@kontor.iam.example'
const WEEK_MS = 7 * 86_400_000

let world: TestWorld
let receiver: Receiver
let token: string
beforeAll(async () => {
  world = await startWorld()
  receiver = await startReceiver()
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await receiver[Symbol.asyncDispose]()
})
beforeEach(async () => {
  // what the test before had still under way
  await world.post('/control/settle', {})
  await world.post('/control/reset', { seed: 'none' })
  receiver.forget()
  for (const [address, name] of [
    [ANNA, 'Anna Keller'],
    [MIA, 'Mia Brandt'],
  ])
    await world.post('/control/accounts', { address, name })
  const endpoint = `${receiver.url}/push`
  await world.post('/control/topics', { topic: TOPIC, endpoint, serviceAccount: PUSHER })
  token = await accessToken(world, ANNA, [SEND, READONLY])
})

const watch = (body: object = { topicName: TOPIC }): ReturnType<TestWorld['gmail']> =>
  world.gmail(token, 'watch', { method: 'POST', body: JSON.stringify(body) })

/** What the pushes so far say, oldest first. */
const published = (): readonly Reader[] =>
  receiver.told.map(
    (body) =>
      new Reader(JSON.parse(Buffer.from(body.reader('message').text('data'), 'base64').toString('utf8'))),
  )
const histories = (): readonly string[] => published().map((each) => each.text('historyId'))

/** A second passes and everything due happens. */
const later = (advanceMs = 1000): ReturnType<TestWorld['post']> =>
  world.post('/control/clock', { advanceMs, settle: true })

const deliver = (more: object = {}): ReturnType<TestWorld['post']> =>
  world.post('/control/deliver', { to: ANNA, from: MIA, subject: 'Hello', text: 'Hi', ...more })

async function topOf(start: string): Promise<string> {
  return (await world.gmail(token, `history?startHistoryId=${start}`)).body.text('historyId')
}

test('a watch answers where the history is and lasts seven days, and one push comes at once', async () => {
  const start = (await world.gmail(token, 'profile')).body.text('historyId')
  const { status, body } = await watch()
  expect([status, body.entries()]).toEqual([
    200,
    [
      ['historyId', start],
      ['expiration', String(START + WEEK_MS)],
    ],
  ])
  await world.post('/control/settle', {})
  expect(published().map((each) => each.entries())).toEqual([
    [
      ['emailAddress', ANNA],
      ['historyId', start],
    ],
  ])
})

test('the envelope is the documented one, with a token that the keys of the world verify', async () => {
  await watch()
  await world.post('/control/settle', {})
  const [received] = receiver.received
  const [envelope] = receiver.told
  const message = envelope?.reader('message')
  expect([
    envelope?.text('subscription'),
    received?.url.pathname,
    message?.entries().map(([name]) => name),
  ]).toEqual([
    'projects/kontor/subscriptions/mail-push',
    '/push',
    ['data', 'attributes', 'messageId', 'message_id', 'publishTime', 'publish_time'],
  ])
  expect(message?.text('publishTime')).toBe(isoTime(START))
  const keys = createRemoteJWKSet(new URL('/google/oauth2/v3/certs', world.practice.url))
  const signed = String(received?.headers['authorization']).replace(/^Bearer /, '')
  const { payload, protectedHeader } = await compactVerify(signed, keys)
  const claims = new Reader(JSON.parse(Buffer.from(payload).toString('utf8')))
  expect([
    protectedHeader.alg,
    ...claims.entries().filter(([name]) => !['azp', 'sub'].includes(name)),
  ]).toEqual([
    'RS256',
    ['iss', `${world.practice.url}/google`],
    ['aud', `${receiver.url}/push`],
    ['email', PUSHER],
    ['email_verified', true],
    ['iat', START / 1000],
    ['exp', START / 1000 + 3600],
  ])
})

test('every mail in or out is pushed with the history it made', async () => {
  await watch()
  await later()
  receiver.received.length = 0
  await deliver()
  await later()
  await world.send(token, letter('Out'))
  await later()
  const [first = '', second = ''] = histories()
  expect([Number(second) > Number(first), await topOf(first)]).toEqual([true, second])
})

test('what comes within a second of a push is dropped, unless the world is set otherwise', async () => {
  await watch()
  await deliver()
  await later()
  expect(histories().length).toBe(1)
  const { body } = await world.call('/control/records/pushes')
  const outcomes = body.readers('pushes').map((each) => each.text('outcome'))
  expect(outcomes.toSorted()).toEqual(['answered', 'dropped'])
  await world.post('/control/faults', { pushOncePerSecond: false })
  await deliver()
  await deliver()
  await later(0)
  expect(histories().length).toBe(3)
})

test('a watch with labels tells of those alone, or of all others', async () => {
  await watch({ topicName: TOPIC, labelIds: ['SPAM'] })
  await later()
  await deliver()
  await later()
  await deliver({ labels: ['SPAM'] })
  await later()
  expect(histories().length).toBe(2)
  await watch({ topicName: TOPIC, labelIds: ['SPAM'], labelFilterBehavior: 'exclude' })
  await later()
  await deliver({ labels: ['SPAM'] })
  await later()
  await deliver()
  await later()
  expect(histories().length).toBe(4)
})

test('nothing is pushed after a stop, nor when the seven days are over', async () => {
  await watch()
  const stopped = await world.gmail(token, 'stop', { method: 'POST' })
  await later()
  await deliver()
  await later()
  expect([stopped.status, histories().length]).toEqual([204, 1])
  await watch()
  await later(WEEK_MS)
  await deliver()
  await later()
  expect(histories().length).toBe(2)
})

test.for([
  ['without a topic', {}, 400],
  ['with a misspelt topic', { topicName: 'topics/mail' }, 400],
  ['with a label that is none', { topicName: TOPIC, labelIds: ['NONE'] }, 400],
  ['with an unknown filter', { topicName: TOPIC, labelFilterBehavior: 'some' }, 400],
  ['with an unknown field', { topicName: TOPIC, colour: 'red' }, 400],
  ['for a topic that is not there', { topicName: 'projects/kontor/topics/other' }, 404],
] as const)('a watch %s is refused', async ([, body, status]) => {
  expect((await watch(body)).status).toBe(status)
})

test('a topic that is named by a port of this machine stands without being made', async () => {
  const port = new URL(receiver.url).port
  expect((await watch({ topicName: `projects/practice/topics/port-${port}` })).status).toBe(200)
  await later(0)
  const [told] = receiver.received
  expect([receiver.received.length, told?.url.pathname]).toEqual([1, '/api/v1/push/practice-google'])
})

test('a topic that lets nobody publish refuses the watch', async () => {
  await world.post('/control/topics', {
    topic: TOPIC,
    endpoint: receiver.url,
    serviceAccount: PUSHER,
    publish: false,
  })
  const answer = await watch()
  expect([answer.status, answer.body.reader('error').readers('errors')[0]?.text('reason')]).toEqual([
    403,
    'forbidden',
  ])
})

test('a grant that may only send may not watch', async () => {
  token = await accessToken(world, ANNA, [SEND])
  expect([(await watch()).status, (await world.gmail(token, 'stop', { method: 'POST' })).status]).toEqual([
    403, 403,
  ])
})

test('a topic pushes to addresses of this machine alone', async () => {
  const answer = await world.post('/control/topics', {
    topic: TOPIC,
    endpoint: 'http://mail.example/push',
    serviceAccount: PUSHER,
  })
  expect([answer.status, answer.body.text('error')]).toEqual([
    400,
    'The practice world calls loopback addresses only, not mail.example.',
  ])
})

test('a refused push comes again with the same id, later and later', async () => {
  receiver.answer = () => ({ status: 500 })
  await watch()
  await later(0)
  const tries = [receiver.received.length]
  for (const wait of [10_000, 19_999, 1]) {
    await later(wait)
    tries.push(receiver.received.length)
  }
  receiver.answer = () => ({ status: 204 })
  await later(40_000)
  await later(600_000)
  expect([tries, receiver.received.length]).toEqual([[1, 2, 2, 3], 4])
  expect(new Set(receiver.told.map((each) => each.reader('message').text('messageId'))).size).toBe(1)
})

test.for([
  ['after two seconds, then four', 2, [1, 2, 3]],
  ['never', 0, [1, 1, 1]],
] as const)('a refused push comes again %s, as ordered', async ([, is, counts]) => {
  await world.post('/control/faults', { pushRetrySeconds: { is, mailbox: ANNA } })
  receiver.answer = () => ({ status: 500 })
  await watch()
  const tries: number[] = []
  for (const wait of [0, 2000, 4000]) {
    await later(wait)
    tries.push(receiver.received.length)
  }
  expect(tries).toEqual(counts)
})

test('a push that nobody takes is tried for as long as its topic keeps it', async () => {
  receiver.answer = () => ({ status: 500 })
  await watch()
  await later(0)
  for (let hours = 0; hours < 7 * 24; hours += 1) await later(3_600_000)
  const tried = receiver.received.length
  await later(3_600_000)
  expect([tried, receiver.received.length]).toEqual([169, 169])
})

test('a redirection is no success, and is not followed', async () => {
  receiver.answer = ({ url }) => ({ status: url.pathname === '/push' ? 307 : 200 })
  await watch()
  await later(0)
  const [push] = (await world.call('/control/records/pushes')).body.readers('pushes')
  expect([push?.number('status'), receiver.received.length]).toEqual([307, 1])
})

test('a lost push is in the record alone, a doubled one comes twice, a delayed one later', async () => {
  await world.post('/control/faults', { pushOncePerSecond: false })
  await watch()
  await later(0)
  const fault = async (order: object): Promise<number> => {
    await world.post('/control/faults', order)
    const before = receiver.received.length
    await deliver()
    await later(0)
    return receiver.received.length - before
  }
  const times = { times: 1, mailbox: ANNA }
  expect([
    await fault({ pushLost: times }),
    await fault({ pushTwice: times }),
    await fault({ pushDelayed: { ...times, ms: 30_000 } }),
    await fault({ subscriptionLost: times }),
    await fault({}),
  ]).toEqual([0, 2, 0, 0, 0])
  const before = receiver.received.length
  await later(30_000)
  expect(receiver.received.length - before).toBe(1)
})

test('an early push names a history that is not told yet', async () => {
  await watch()
  await later()
  const start = histories()[0] ?? ''
  await world.post('/control/faults', { pushEarly: { ms: 5000, times: 1 } })
  await deliver()
  await later()
  const early = histories()[1] ?? ''
  const history = (): ReturnType<TestWorld['gmail']> => world.gmail(token, `history?startHistoryId=${start}`)
  const before = await history()
  expect([Number(early) > Number(start), before.body.has('history')]).toEqual([true, false])
  expect(Number(before.body.text('historyId')) < Number(early)).toBe(true)
  await later(5000)
  const after = await history()
  expect([after.body.readers('history').length, after.body.text('historyId')]).toEqual([1, early])
})

test('the pushed history id is a number when the world is set so', async () => {
  await world.post('/control/faults', { pushedNumber: true })
  await watch()
  await later(0)
  expect(published()[0]?.number('historyId')).toBeGreaterThan(0)
})

test('the control interface tells what is watched', async () => {
  await watch()
  const { body } = await world.call(`/control/subscriptions?mailbox=${ANNA}`)
  expect(body.readers('watches').map((each) => [each.text('mailbox'), each.text('topic')])).toEqual([
    [ANNA, TOPIC],
  ])
})
