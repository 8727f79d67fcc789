import { expect, test } from 'vitest'
import type { SharedMailbox } from '../../mailboxes/consent.ts'
import type { Said } from '../../testing/saying-http.ts'
import { saidJson, sayingHttp } from '../../testing/saying-http.ts'
import { microsoftAdapter, microsoftEndpoint } from './index.ts'
import { hear } from './watch.ts'

const { signal } = new AbortController()
const now = Temporal.Instant.from('2026-03-10T09:00:00Z')
const wish = {
  notifyUrl: 'https://kontor.example/api/v1/push/microsoft',
  lifecycleUrl: 'https://kontor.example/api/v1/push/microsoft/lifecycle',
  secret: 'a secret',
}
const until = '2026-03-17T07:40:00Z'
const made = (id: string) => saidJson(201, { id, expirationDateTime: until, resource: '/me/messages' })
const refusal = (status: number, code: string) => saidJson(status, { error: { code, message: code } })
const promised = (handle: string, begun: boolean) => ({
  ok: true,
  value: { handle, begun, until: Temporal.Instant.from(until) },
})

function saying(...answers: readonly Said[]) {
  const { http, asked } = sayingHttp(...answers)
  const adapter = microsoftAdapter({
    endpoint: microsoftEndpoint(),
    http,
    now: () => now,
    productNow: () => Promise.resolve(now),
  })
  const token = () => Promise.resolve({ ok: true, value: 'token' } as const)
  const open = (shared?: SharedMailbox) => adapter.open({ current: token, renewed: token }, shared)
  const provider = open()
  const lines = () => asked.map(({ method = 'GET', url }) => `${method} ${new URL(url).pathname.slice(5)}`)
  return { open, provider, asked, lines }
}

test('every new mail of the whole mailbox is subscribed to, with both addresses, a secret and ids that stay', async () => {
  const { provider, asked, lines } = saying(made('s-1'))
  expect(await provider.watch(wish, signal)).toEqual(promised('s-1', true))
  expect(lines()).toEqual(['POST /subscriptions'])
  expect(JSON.parse(String(asked[0]?.body))).toEqual({
    changeType: 'created',
    resource: '/me/messages',
    notificationUrl: wish.notifyUrl,
    lifecycleNotificationUrl: wish.lifecycleUrl,
    expirationDateTime: until,
    clientState: 'a secret',
  })
  expect(asked[0]?.headers).toMatchObject({ prefer: 'IdType="ImmutableId"' })
})

test('of a shared mailbox the very same is subscribed to, under its address', async () => {
  const { open, asked, lines } = saying(
    refusal(409, 'Conflict'),
    saidJson(200, {
      value: [
        { id: 'own', resource: '/me/messages', changeType: 'created' },
        { id: 'lost', resource: 'users/Hello@brand.example/messages', changeType: 'created' },
      ],
    }),
    { status: 204, bytes: new Uint8Array() },
    made('s-1'),
  )
  expect(await open({ address: 'hello@brand.example' }).watch(wish, signal)).toEqual(promised('s-1', true))
  expect(lines()).toContain('DELETE /subscriptions/lost')
  expect(JSON.parse(String(asked.at(-1)?.body))).toMatchObject({
    resource: '/users/hello%40brand.example/messages',
  })
})

test('a subscription is prolonged, and then its secret stays what it was', async () => {
  const { provider, asked, lines } = saying(made('s-1'))
  expect(await provider.watch({ ...wish, previous: 's-1' }, signal)).toEqual(promised('s-1', false))
  expect(lines()).toEqual(['PATCH /subscriptions/s-1'])
  expect(asked[0]?.body).toBe(`{"expirationDateTime":"${until}"}`)
})

test('one that is gone when it is to be prolonged is made anew', async () => {
  const { provider, lines } = saying(refusal(404, 'ResourceNotFound'), made('s-2'))
  expect(await provider.watch({ ...wish, previous: 's-1' }, signal)).toEqual(promised('s-2', true))
  expect(lines()).toEqual(['PATCH /subscriptions/s-1', 'POST /subscriptions'])
})

test('one that exists and that we lost sight of is replaced; others are left alone', async () => {
  const { provider, lines } = saying(
    refusal(409, 'Conflict'),
    saidJson(200, {
      value: [
        { id: 'lost', resource: 'me/messages', changeType: 'created' },
        { id: 'other', resource: '/me/events', changeType: 'created' },
      ],
    }),
    { status: 204, bytes: new Uint8Array() },
    made('s-3'),
  )
  expect(await provider.watch(wish, signal)).toEqual(promised('s-3', true))
  expect(lines()).toEqual([
    'POST /subscriptions',
    'GET /subscriptions',
    'DELETE /subscriptions/lost',
    'POST /subscriptions',
  ])
})

test.each([
  [400, 'ValidationError', 'our_config'],
  [403, 'ErrorAccessDenied', 'our_config'],
  [500, 'InternalServerError', 'transient'],
])('a refusal with %i %s says nothing about the mailbox itself', async (status, code, kind) => {
  const { provider } = saying(refusal(status, code))
  expect(await provider.watch(wish, signal)).toMatchObject({ ok: false, failure: { kind } })
})

test('a subscription that has ended already is ended', async () => {
  const { provider, lines } = saying(refusal(404, 'ResourceNotFound'))
  expect(await provider.unwatch('s/1', signal)).toEqual({ ok: true, value: undefined })
  expect(lines()).toEqual(['DELETE /subscriptions/s%2F1'])
})

const posted = (value: unknown, asked = '') =>
  hear({ body: JSON.stringify(value), authorization: undefined, asked: new URLSearchParams(asked), url: '' })

test('Graph asks whether we are there, and is given back what it asked, decoded', async () => {
  const asked = 'validationToken=Validation%3A+Testing+a%2Bb+%3Cb%3E'
  expect(await posted({}, asked)).toEqual({ kind: 'asked_back', answer: 'Validation: Testing a+b <b>' })
  expect(await posted({}, `validationToken=${'x'.repeat(5000)}`)).toEqual({ kind: 'refused', status: 400 })
})

test('of a notice only the subscription and its secret count', async () => {
  const value = [
    {
      subscriptionId: 's-1',
      clientState: 'a secret',
      changeType: 'created',
      resource: 'Users/somebody/Messages/foreign',
      resourceData: { id: 'foreign' },
    },
    { subscriptionId: 's-2', clientState: null },
  ]
  expect(await posted({ value })).toEqual({
    kind: 'rung',
    status: 202,
    rings: [
      { handle: 's-1', secret: 'a secret', tells: 'change' },
      { handle: 's-2', secret: '', tells: 'change' },
    ],
  })
})

test('news of the subscription itself leads to another one, to a renewal, or to a look', async () => {
  const events = ['subscriptionRemoved', 'reauthorizationRequired', 'missed', 'somethingNew']
  const value = events.map((lifecycleEvent) => ({ subscriptionId: 's', clientState: 'c', lifecycleEvent }))
  const heard = await posted({ value })
  expect(heard.kind === 'rung' && heard.rings.map((ring) => 'tells' in ring && ring.tells)).toEqual([
    'ended',
    'ask_again',
    'change',
    'change',
  ])
})

test.each([null, {}, { value: 'x' }, { value: [{}] }])(
  'what is no notice is taken and does nothing: %o',
  async (body) => {
    expect(await posted(body)).toEqual({ kind: 'rung', status: 202, rings: [] })
  },
)
