import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { HttpError } from '../../platform/http-client/index.ts'
import type { Said } from '../../testing/saying-http.ts'
import { saidJson, sayingHttp } from '../../testing/saying-http.ts'
import { gmailAdapter, googleEndpoint } from './index.ts'

const { signal } = new AbortController()
const raw = Buffer.from('From: anna@brand.example\r\nTo: mia@people.example\r\n\r\nText\r\n')

/** A mailbox whose provider says these things, one after the other. */
function saying(...answers: readonly Said[]) {
  const { http, asked } = sayingHttp(...answers)
  const now = Temporal.Instant.from('2026-03-10T09:00:00Z')
  const adapter = gmailAdapter({
    endpoint: googleEndpoint(undefined, { topic: 'projects/ours/topics/mail', account: 'push@ours.example' }),
    http,
    now: () => now,
    productNow: async () => now,
  })
  const refused: string[] = []
  const provider = adapter.open({
    current: async () => ({ ok: true, value: 'first-token' }),
    renewed: async (token) => {
      refused.push(token)
      return { ok: true, value: 'second-token' }
    },
  })
  return { provider, asked, refused }
}

const json = saidJson
const unknown = { ok: false, failure: { kind: 'unknown_outcome', diagnostic: expect.any(String) } }

test('a request asks for compression and for exactly its fields', async () => {
  const body = gzipSync(JSON.stringify({ historyId: '7' }))
  const { provider, asked } = saying({ status: 200, bytes: body, gzip: true })
  expect(await provider.changesSince(undefined, signal)).toEqual({
    ok: true,
    value: { changes: [], cursor: '7', more: false },
  })
  expect(asked).toEqual([
    {
      url: 'https://gmail.googleapis.com/gmail/v1/users/me/profile?fields=historyId',
      method: 'GET',
      headers: {
        authorization: 'Bearer first-token',
        accept: 'application/json',
        'accept-encoding': 'gzip',
        'user-agent': 'Kontor (gzip)',
      },
      signal,
      timeoutMs: 30_000,
    },
  ])
})

test('a refused access token is renewed once, and once only', async () => {
  const refusal = json(401, { error: { errors: [{ reason: 'authError' }] } })
  const renewed = saying(refusal, json(200, { id: 'm', threadId: 't' }))
  expect(await renewed.provider.send(raw, undefined, signal)).toEqual({
    ok: true,
    value: { providerMessageId: 'm', providerThreadId: 't' },
  })
  expect([renewed.refused, renewed.asked.map((request) => request.headers?.['authorization'])]).toEqual([
    ['first-token'],
    ['Bearer first-token', 'Bearer second-token'],
  ])
  const given = await saying(refusal, refusal).provider.send(raw, undefined, signal)
  expect(given).toEqual({
    ok: false,
    failure: { kind: 'unauthorised', why: 'token_refused', diagnostic: '401 authError' },
  })
})

test.each([
  ['cut after bytes left', new HttpError('cut', true, 'broke off'), unknown],
  ['too slow after bytes left', new HttpError('timeout', true, 'too slow'), unknown],
  ['answered by what cannot be read', { status: 200, bytes: Buffer.from('<html>') }, unknown],
  ['answered by broken compression', { status: 200, bytes: Buffer.from('no gzip'), gzip: true }, unknown],
  ['answered without ids', json(200, {}), { ok: true, value: {} }],
  [
    'never connected',
    new HttpError('refused', false, 'nobody listens'),
    { ok: false, failure: { kind: 'transient', diagnostic: 'refused: nobody listens' } },
  ],
] as const)('a submission that was %s is asked once', async (_name, said, outcome) => {
  const { provider, asked } = saying(said)
  expect(await provider.send(raw, undefined, signal)).toEqual(outcome)
  expect(asked.length).toBe(1)
})

test('a question that was cut may be asked again', async () => {
  const { provider } = saying(new HttpError('cut', true, 'broke off'))
  expect(await provider.raw('m', signal)).toEqual({
    ok: false,
    failure: { kind: 'transient', diagnostic: 'cut: broke off' },
  })
})

test('push is asked for at the configured topic, without a filter, and given back', async () => {
  const { provider, asked } = saying(json(200, { expiration: '1773738000000' }), {
    status: 204,
    bytes: new Uint8Array(),
  })
  const wish = {
    notifyUrl: 'https://kontor.example/n',
    lifecycleUrl: 'https://kontor.example/l',
    secret: 's',
  }
  expect(await provider.watch(wish, signal)).toEqual({
    ok: true,
    value: { until: Temporal.Instant.fromEpochMilliseconds(1_773_738_000_000), handle: '', begun: true },
  })
  expect(await provider.unwatch('', signal)).toEqual({ ok: true, value: undefined })
  expect(asked.map(({ url, body }) => [url, body])).toEqual([
    [
      'https://gmail.googleapis.com/gmail/v1/users/me/watch?fields=expiration',
      '{"topicName":"projects/ours/topics/mail"}',
    ],
    ['https://gmail.googleapis.com/gmail/v1/users/me/stop', '{}'],
  ])
})

test('drafts are no changes, and what is in Sent is own: told by three lists of identifiers, without any label', async () => {
  const history = (...ids: readonly string[]) =>
    ids.map((id) => ({ messagesAdded: [{ message: { id, threadId: `t${id}` } }] }))
  const { provider, asked } = saying(
    json(200, {
      historyId: '9',
      nextPageToken: 'next',
      history: [...history('1', '2', '4', '1'), { id: '8' }],
    }),
    json(200, { historyId: '9', history: history('4'), nextPageToken: 'more' }),
    json(200, { historyId: '9', history: history('2') }),
    json(200, { historyId: '9', history: history('7') }),
  )
  expect(await provider.changesSince('5', signal)).toEqual({
    ok: true,
    value: {
      changes: [
        { providerMessageId: '1', providerThreadId: 't1', own: false },
        { providerMessageId: '4', providerThreadId: 't4', own: true },
      ],
      cursor: '5:next',
      more: true,
    },
  })
  const queries = asked.map(({ url }) => new URL(url).searchParams)
  expect(queries.map((query) => [query.get('labelId'), query.get('pageToken')])).toEqual([
    [null, null],
    ['SENT', null],
    ['DRAFT', null],
    ['SENT', 'more'],
  ])
  expect(new Set(queries.map((query) => query.get('fields')))).toEqual(
    new Set(['history(messagesAdded(message(id,threadId))),historyId,nextPageToken']),
  )
})

test('a draft is not read, even where no list told that it is one', async () => {
  const answer = { raw: 'RnJvbQ', internalDate: '1', labelIds: ['DRAFT'] }
  expect(await saying(json(200, answer)).provider.raw('1', signal)).toEqual({
    ok: false,
    failure: { kind: 'not_found', diagnostic: 'a draft' },
  })
})

test('an identity that its owner did not confirm is not offered', async () => {
  const sendAs = [
    { sendAsEmail: 'anna@brand.example', displayName: 'Anna', isPrimary: true, signature: '<b>Anna</b>' },
    { sendAsEmail: 'team@brand.example', displayName: 'Team', verificationStatus: 'accepted' },
    { sendAsEmail: 'new@brand.example', verificationStatus: 'pending' },
  ]
  expect(await saying(json(200, { sendAs })).provider.identities(signal)).toEqual({
    ok: true,
    value: [
      { address: 'anna@brand.example', name: 'Anna', primary: true, signatureHtml: '<b>Anna</b>' },
      { address: 'team@brand.example', name: 'Team', primary: false },
    ],
  })
})
