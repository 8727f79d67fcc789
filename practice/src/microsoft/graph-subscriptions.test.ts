import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { isoTime } from '../clock.ts'
import type { Reader } from '../json.ts'
import { GRAPH_CONTRACT, againstSchema } from '../testing/contract.ts'
import { FULL, OLGA, graph, officeSignIn, sendMime } from '../testing/office.ts'
import { HANDSHAKE_WITHIN_MS } from './graph-subscriptions.ts'
import { type Receiver, handshake, startReceiver } from '../testing/receiver.ts'
import { type Answer, MIA, START, type TestWorld, letter, startWorld } from '../testing/world.ts'

const MINUTE_MS = 60_000

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
    [OLGA, 'Olga Brandt'],
    [MIA, 'Mia Brandt'],
  ])
    await world.post('/control/accounts', { address, name })
  token = (await officeSignIn(world, FULL)).text('access_token')
})

function call(method: string, path: string, body?: object, prefer = ''): Promise<Answer> {
  const headers = { 'content-type': 'application/json', prefer }
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  return graph(world, token, new URL(`/graph/v1.0/subscriptions${path}`, world.practice.url).href, init)
}

const wish = (more: object = {}): object => ({
  changeType: 'created',
  notificationUrl: `${receiver.url}/mail`,
  resource: "me/mailFolders('inbox')/messages",
  expirationDateTime: isoTime(START + 3 * 86_400_000),
  clientState: 'our secret',
  ...more,
})
const subscribe = (more: object = {}, prefer = ''): Promise<Answer> => call('POST', '', wish(more), prefer)
const codeOf = (answer: Answer): string => answer.body.reader('error').text('code')
const deliver = (more: object = {}): Promise<Answer> =>
  world.post('/control/deliver', { to: OLGA, from: MIA, subject: 'Hello', text: 'Hi', ...more })
const later = (advanceMs = 0): Promise<Answer> => world.post('/control/clock', { advanceMs, settle: true })
const told = (): readonly Reader[] => receiver.told.flatMap((body) => body.readers('value'))

test('a subscription is made when its address answers the handshake, and tells of new mail', async () => {
  const made = await subscribe({ lifecycleNotificationUrl: `${receiver.url}/lifecycle` })
  expect([made.status, made.body.text('expirationDateTime'), made.body.text('resource')]).toEqual([
    201,
    isoTime(START + 3 * 86_400_000),
    "me/mailFolders('inbox')/messages",
  ])
  expect(receiver.received.map(({ url }) => url.pathname)).toEqual(['/mail', '/lifecycle'])
  await deliver()
  await later()
  const [notification] = told()
  const id = notification?.reader('resourceData').text('id') ?? ''
  expect(notification?.entries().map(([name]) => name)).toEqual([
    'subscriptionId',
    'subscriptionExpirationDateTime',
    'clientState',
    'tenantId',
    'changeType',
    'resource',
    'resourceData',
  ])
  expect([
    notification?.text('subscriptionId'),
    notification?.text('clientState'),
    notification?.text('changeType'),
  ]).toEqual([made.body.text('id'), 'our secret', 'created'])
  expect((await graph(world, token, `/messages/${id}?$select=subject`)).body.text('subject')).toBe('Hello')
})

test('the handshake carries its token encoded, and wants it back as plain text', async () => {
  await subscribe()
  const [asked] = receiver.received
  expect(asked?.url.search).toMatch(/^\?validationToken=Validation%3A/)
  expect(asked?.url.searchParams.get('validationToken')).toContain('Validation: Testing')
})

test.for([
  ['another status', { status: 202 }],
  ['another token', { status: 200, text: 'Validation' }],
  ['another type', { status: 200, type: 'application/json' }],
] as const)('a handshake that is answered with %s ends in 400', async ([, answer]) => {
  receiver.answer = (received) => ({ ...handshake(received), ...answer })
  const refused = await subscribe()
  expect([refused.status, codeOf(refused)]).toEqual([400, 'ValidationError'])
  expect((await call('GET', '')).body.readers('value')).toEqual([])
})

test('a handshake for lifecycle events has to be answered as well', async () => {
  receiver.answer = (received) =>
    received.url.pathname === '/lifecycle' ? { status: 404 } : handshake(received)
  expect(codeOf(await subscribe({ lifecycleNotificationUrl: `${receiver.url}/lifecycle` }))).toBe(
    'ValidationError',
  )
})

test('a handshake that takes more than ten seconds ends in 400', async () => {
  const held = Promise.withResolvers<{ status: number }>()
  receiver.answer = () => held.promise
  const answer = subscribe()
  const giveUp = await world.timers.next(HANDSHAKE_WITHIN_MS)
  giveUp()
  expect(codeOf(await answer)).toBe('ValidationError')
  held.resolve({ status: 200 })
})

test.for([
  ['unanswered', 400, 'did not answer the validation request in time', 0],
  ['refused', 400, 'must respond with 200 OK', 0],
  ['garbled', 400, 'must exactly match validationToken', 1],
  ['late', 201, '', 1],
] as const)('a handshake can be ordered to end %s, once', async ([as, status, sentence, asked]) => {
  await world.post('/control/faults', { handshake: { as, ms: 9000, times: 1, mailbox: OLGA } })
  const answer = subscribe()
  const goOn = await world.timers.next(9000)
  expect(receiver.received).toEqual([])
  goOn()
  const { body } = await answer
  const message = body.has('error') ? body.reader('error').text('message') : ''
  expect([(await answer).status, message.includes(sentence), receiver.received.length]).toEqual([
    status,
    true,
    asked,
  ])
  expect((await subscribe({ changeType: 'updated' })).status).toBe(201)
})

test('a handshake can only be ordered to end in a way that is known', async () => {
  expect((await world.post('/control/faults', { handshake: { as: 'thunder' } })).status).toBe(400)
})

test('a notification that is answered too late was not taken', async () => {
  await world.post('/control/faults', { pushAnswerSeconds: 3 })
  await subscribe()
  const held = Promise.withResolvers<{ status: number }>()
  receiver.answer = () => held.promise
  await deliver()
  const settled = later()
  const giveUp = await world.timers.next(3000)
  giveUp()
  await settled
  held.resolve({ status: 202 })
  receiver.answer = handshake
  await later(10_000)
  const { body } = await world.call('/control/records/pushes')
  expect(body.readers('pushes').map((push) => push.text('outcome'))).toEqual(['unanswered', 'answered'])
})

test('an address of another machine is refused and never called', async () => {
  const refused = await subscribe({ notificationUrl: 'http://mail.example/push' })
  expect([refused.status, refused.body.reader('error').text('message')]).toEqual([
    400,
    'The practice world calls loopback addresses only, not mail.example.',
  ])
})

test.for([
  ['more than 10,080 minutes', 10_080 * MINUTE_MS + 1, 400, undefined],
  ['10,080 minutes', 10_080 * MINUTE_MS, 201, 10_080 * MINUTE_MS],
  ['less than 45 minutes', MINUTE_MS, 201, 45 * MINUTE_MS],
] as const)('of %s comes what the provider allows', async ([, wanted, status, given]) => {
  const answer = await subscribe({ expirationDateTime: isoTime(START + wanted) })
  expect([answer.status, answer.body.maybeText('expirationDateTime')]).toEqual([
    status,
    given === undefined ? undefined : isoTime(START + given),
  ])
})

test.for([
  ['a long clientState', { clientState: 'x'.repeat(129) }],
  ['a resource of another kind', { resource: 'me/events' }],
  ['an unknown change', { changeType: 'moved' }],
  ['a property that is none', { colour: 'red' }],
  ['no time', { expirationDateTime: 'soon' }],
  ['a clientState that is no text', { clientState: 7 }],
] as const)('%s is refused', async ([, more]) => {
  expect((await subscribe(more)).status).toBe(400)
  expect(receiver.received).toEqual([])
})

test('the same resource and change cannot be subscribed to twice, in whatever spelling', async () => {
  await subscribe()
  expect([
    (await subscribe({ resource: '/me/mailFolders/inbox/messages' })).status,
    (await subscribe({ resource: `users/${OLGA}/mailFolders('Inbox')/messages` })).status,
    (await subscribe({ changeType: 'created,deleted' })).status,
    (await subscribe({ resource: '/me/messages' })).status,
  ]).toEqual([409, 409, 201, 201])
})

test('reading mail is what a subscription needs', async () => {
  token = (await officeSignIn(world, ['User.Read', 'Mail.Send'])).text('access_token')
  expect([(await subscribe()).status, (await call('GET', '')).status]).toEqual([403, 403])
  token = (await officeSignIn(world, ['Mail.ReadBasic'])).text('access_token')
  expect((await subscribe()).status).toBe(201)
})

test('each folder tells of its own mail, the whole mailbox of all', async () => {
  await subscribe({ resource: "me/mailFolders('sentitems')/messages", clientState: 'sent' })
  await subscribe({ resource: 'me/messages', clientState: 'all' })
  await subscribe({ clientState: 'inbox' })
  await deliver()
  await sendMime(world, token, letter('Out', `From: ${OLGA}`))
  await deliver({ labels: ['SPAM'] })
  await later()
  expect(
    told()
      .map((each) => each.text('clientState'))
      .toSorted(),
  ).toEqual(['all', 'all', 'all', 'inbox', 'sent'])
})

test('the copy of a sent mail is told of when it is there', async () => {
  await world.post('/control/faults', { sentCopyAfterMs: 20_000 })
  await subscribe({ resource: 'me/messages' })
  await sendMime(world, token, letter('Out', `From: ${OLGA}`))
  await later(19_999)
  const before = told().length
  await later(1)
  const id = told()[0]?.reader('resourceData').text('id') ?? ''
  expect([before, told().length, (await graph(world, token, `/messages/${id}`)).status]).toEqual([0, 1, 200])
})

test('a message that goes is told of to who asked for that', async () => {
  await subscribe({ changeType: 'deleted' })
  const { body } = await deliver()
  const id = body.readers('delivered')[0]?.text('id') ?? ''
  await world.call(`/control/mailboxes/${OLGA}/messages/${id}`, { method: 'DELETE' })
  await later()
  expect(told().map((each) => each.text('changeType'))).toEqual(['deleted'])
})

test('the id is an immutable one when the subscription was made with that wish', async () => {
  await subscribe({}, 'IdType="ImmutableId"')
  await subscribe({ resource: 'me/messages' })
  await deliver()
  await later()
  const ids = told().map((each) => each.reader('resourceData').text('id').slice(0, 8))
  expect(ids.toSorted()).toEqual(['AAMkADAw', 'AAkALgAA'].toSorted())
})

test('a subscription is renewed while it lasts, and is gone afterwards', async () => {
  const path = `/${(await subscribe()).body.text('id')}`
  const renewed = await call('PATCH', path, { expirationDateTime: isoTime(START + 4 * 86_400_000) })
  expect([renewed.status, renewed.body.text('expirationDateTime')]).toEqual([
    200,
    isoTime(START + 4 * 86_400_000),
  ])
  expect((await call('PATCH', path, { resource: 'me/messages' })).status).toBe(400)
  await later(4 * 86_400_000)
  token = (await officeSignIn(world, FULL)).text('access_token')
  const answers = [
    await call('GET', path),
    await call('PATCH', path, { expirationDateTime: isoTime(START + 5 * 86_400_000) }),
    await call('POST', `${path}/reauthorize`),
    await call('DELETE', path),
  ]
  expect(answers.map((each) => [each.status, codeOf(each)])).toEqual(
    answers.map(() => [404, 'ResourceNotFound']),
  )
  await deliver()
  await later()
  expect(told()).toEqual([])
  expect((await subscribe({ expirationDateTime: isoTime(START + 6 * 86_400_000) })).status).toBe(201)
})

test('a subscription that is taken back tells nothing more', async () => {
  const path = `/${(await subscribe()).body.text('id')}`
  expect([(await call('GET', path)).body.text('id'), (await call('DELETE', path)).status]).toEqual([
    path.slice(1),
    204,
  ])
  await deliver()
  await later()
  expect([told(), (await call('GET', path)).status]).toEqual([[], 404])
})

test('a notification that is not taken comes again until it is', async () => {
  await subscribe()
  receiver.answer = () => ({ status: 503 })
  await deliver()
  await later()
  await later(10_000)
  receiver.answer = handshake
  await later(20_000)
  await later(600_000)
  expect(told().length).toBe(3)
})

test('lifecycle events are sent on order, to who has an address for them', async () => {
  const lifecycleNotificationUrl = `${receiver.url}/lifecycle`
  const id = (await subscribe({ lifecycleNotificationUrl })).body.text('id')
  await subscribe({ resource: 'me/messages', changeType: 'deleted' })
  const order = (event: string, more: object = {}): Promise<Answer> =>
    world.post('/control/subscriptions/lifecycle', { mailbox: OLGA, event, id, ...more })
  await order('missed')
  await later()
  await order('reauthorizationRequired', { pause: true })
  await deliver()
  await later()
  expect((await call('POST', `/${id}/reauthorize`)).status).toBe(204)
  await deliver()
  await later()
  await order('subscriptionRemoved')
  await deliver()
  await later()
  expect(told().map((each) => each.maybeText('lifecycleEvent') ?? each.text('changeType'))).toEqual([
    'missed',
    'reauthorizationRequired',
    'created',
    'subscriptionRemoved',
  ])
  expect(
    told()[0]
      ?.entries()
      .map(([name]) => name),
  ).toEqual(['subscriptionId', 'subscriptionExpirationDateTime', 'clientState', 'tenantId', 'lifecycleEvent'])
  expect([(await call('GET', `/${id}`)).status, (await order('thunder')).status]).toEqual([404, 400])
})

test('notifications get lost, come twice, late, early, or never again, on order', async () => {
  await subscribe()
  const fault = async (order: object): Promise<number> => {
    await world.post('/control/faults', order)
    const before = told().length
    await deliver()
    await later()
    return told().length - before
  }
  const times = { times: 1, mailbox: OLGA }
  expect([
    await fault({ pushLost: times }),
    await fault({ pushTwice: times }),
    await fault({ pushDelayed: { ...times, ms: 30_000 } }),
  ]).toEqual([0, 2, 0])
  await later(30_000)
  expect(told().length).toBe(3)
  const delta = await graph(world, token, '/mailFolders/inbox/messages/delta?$select=id')
  expect(await fault({ pushEarly: { ...times, ms: 5000 } })).toBe(1)
  const link = delta.body.text('@odata.deltaLink')
  const id = told().at(-1)?.reader('resourceData').text('id') ?? ''
  const seen = async (): Promise<readonly number[]> => [
    (await graph(world, token, `/messages/${id}`)).status,
    (await graph(world, token, link)).body.readers('value').length,
  ]
  const before = await seen()
  await later(5000)
  expect([before, await seen()]).toEqual([
    [404, 0],
    [200, 1],
  ])
  expect([await fault({ subscriptionLost: times }), await fault({})]).toEqual([0, 0])
  expect((await call('GET', '')).body.readers('value')).toEqual([])
})

test.skipIf(GRAPH_CONTRACT === undefined)('notifications are as the contract describes them', async () => {
  await subscribe({ lifecycleNotificationUrl: `${receiver.url}/lifecycle` })
  await deliver()
  await world.post('/control/subscriptions/lifecycle', { event: 'missed' })
  await later()
  const wrong = receiver.told.map((each) =>
    againstSchema(Object.fromEntries(each.entries()), 'microsoft.graph.changeNotificationCollection'),
  )
  expect(wrong).toEqual([[], []])
})
