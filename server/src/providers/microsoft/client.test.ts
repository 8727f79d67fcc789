import { expect, test } from 'vitest'
import type { HttpClient } from '../../platform/http-client/index.ts'
import { HttpError } from '../../platform/http-client/index.ts'
import type { Said } from '../../testing/saying-http.ts'
import { saidJson, sayingHttp } from '../../testing/saying-http.ts'
import { pathOf, pathOfLink, quoted } from './client.ts'
import type { Position } from './cursor.ts'
import { cursorOf, hashOf } from './cursor.ts'
import { microsoftAdapter, microsoftEndpoint } from './index.ts'

const { signal } = new AbortController()
const now = Temporal.Instant.from('2026-03-10T09:00:00Z')
const raw = Buffer.from('From: olga@brand.example\r\nTo: mia@people.example\r\n\r\nText\r\n')
const api = 'https://graph.microsoft.com/v1.0'

/** A mailbox whose provider says these things, one after the other. */
function saying(...answers: readonly Said[]) {
  const { http, asked } = sayingHttp(...answers)
  const paths = () => asked.map(({ url }) => decodeURIComponent(url.replace(api, '')))
  return { ...opened(http), asked, paths }
}

function opened(http: HttpClient) {
  const endpoint = microsoftEndpoint()
  const adapter = microsoftAdapter({ endpoint, http, now: () => now, productNow: async () => now })
  const provider = adapter.open({
    current: async () => ({ ok: true, value: 'first-token' }),
    renewed: async () => ({ ok: true, value: 'second-token' }),
  })
  return { provider, traits: adapter.traits }
}

const accepted: Said = { status: 202, bytes: new Uint8Array() }
const page = (ids: readonly string[], links: object = {}, date?: string): Said =>
  saidJson(
    200,
    { value: ids.map((id) => ({ id, conversationId: `c-${id}` })), ...links },
    date === undefined ? {} : { date },
  )
const delta = (path: string) => ({ '@odata.deltaLink': `${api}${path}` })
const next = (path: string) => ({ '@odata.nextLink': `${api}${path}` })

const position: Position = {
  since: '2026-03-10T08:30:00Z',
  seen: [hashOf('old')],
  inbox: '/me/mailFolders/inbox/messages/delta?$deltatoken=i1',
  junk: '/me/mailFolders/junkemail/messages/delta?$deltatoken=j1',
}
const change = (id: string, own = false) => ({ providerMessageId: id, providerThreadId: `c-${id}`, own })

test('a mail is handed over whole, in base64, and with nothing beside it', async () => {
  const { provider, asked } = saying(accepted)
  expect(await provider.send(raw, 'some-conversation', signal)).toEqual({ ok: true, value: {} })
  expect(asked).toEqual([
    {
      url: `${api}/me/sendMail`,
      method: 'POST',
      headers: {
        authorization: 'Bearer first-token',
        accept: 'application/json',
        'accept-encoding': 'gzip',
        'content-type': 'text/plain',
        prefer: 'IdType="ImmutableId"',
      },
      body: raw.toString('base64'),
      signal,
      timeoutMs: 120_000,
    },
  ])
})

test.each([
  ['cut after bytes left', new HttpError('cut', true, 'broke off'), 'unknown_outcome'],
  ['too slow after bytes left', new HttpError('timeout', true, 'too slow'), 'unknown_outcome'],
  ['never connected', new HttpError('refused', false, 'nobody listens'), 'transient'],
] as const)('a submission that was %s is asked once', async (_name, said, kind) => {
  const { provider, asked } = saying(said)
  const outcome = await provider.send(raw, undefined, signal)
  expect([outcome.ok || outcome.failure.kind, asked.length]).toEqual([kind, 1])
})

test('a refused access token is renewed once, for a submission too, because nothing was accepted', async () => {
  const { provider, asked } = saying(
    saidJson(401, { error: { code: 'InvalidAuthenticationToken' } }),
    accepted,
  )
  expect(await provider.send(raw, undefined, signal)).toEqual({ ok: true, value: {} })
  expect(asked.map((request) => request.headers?.['authorization'])).toEqual([
    'Bearer first-token',
    'Bearer second-token',
  ])
})

test('a round asks for Sent, for every folder and for both deltas; what was listed before is not told again', async () => {
  const { provider, paths } = saying(
    page(['mine'], {}, 'Tue, 10 Mar 2026 09:00:05 GMT'),
    page(['old', 'mine', 'new']),
    page(['new', 'late'], delta('/me/mailFolders/inbox/messages/delta?$deltatoken=i2')),
    page([], delta('/me/mailFolders/junkemail/messages/delta?$deltatoken=j2')),
  )
  const told = await provider.changesSince(cursorOf(position), signal)
  expect(told).toEqual({
    ok: true,
    value: {
      changes: [change('mine', true), change('new'), change('late')],
      cursor: cursorOf({
        since: '2026-03-10T09:00:05Z',
        seen: ['mine', 'old', 'new', 'late'].map(hashOf),
        inbox: '/me/mailFolders/inbox/messages/delta?$deltatoken=i2',
        junk: '/me/mailFolders/junkemail/messages/delta?$deltatoken=j2',
      }),
      more: false,
    },
  })
  const since = '$filter=receivedDateTime ge 2026-03-10T08:25:00Z and isDraft eq false'
  const rest = '&$orderby=receivedDateTime asc&$top=200'
  expect(paths()).toEqual([
    `/me/mailFolders/sentitems/messages?$select=id,conversationId&${since}${rest}`,
    `/me/messages?$select=id,conversationId&${since}${rest}`,
    position.inbox,
    position.junk,
  ])
})

test('a long round goes on where it was, in another call, and is one round all the same', async () => {
  const [begun, ...many] = Array.from({ length: 11 }, (_unused, n) =>
    page([`m${n}`], next(`/me/messages?$skip=${n}`)),
  )
  const first = saying(
    page([], {}, 'Tue, 10 Mar 2026 09:00:05 GMT'),
    ...(begun === undefined ? [] : [begun]),
    page([], delta('/me/mailFolders/inbox/messages/delta?$deltatoken=unused')),
    page([], delta('/me/mailFolders/junkemail/messages/delta?$deltatoken=unused')),
    ...many,
  )
  const told = await first.provider.changesSince(cursorOf(position), signal)
  if (!told.ok) throw new Error(told.failure.diagnostic)
  expect([told.value.changes.length, told.value.more]).toEqual([11, true])
  const second = saying(
    page(['m10', 'm11']),
    page([], delta('/me/mailFolders/inbox/messages/delta?$deltatoken=i2')),
    page([], delta('/me/mailFolders/junkemail/messages/delta?$deltatoken=j2')),
  )
  const rest = await second.provider.changesSince(told.value.cursor, signal)
  expect(rest.ok && [rest.value.changes, rest.value.more]).toEqual([[change('m11')], false])
  expect(second.paths().slice(0, 2)).toEqual(['/me/messages?$skip=10', position.inbox])
})

test('of one mailbox no more than three things are asked at once', async () => {
  const asked: string[] = []
  const gates: (() => void)[] = []
  const { http } = sayingHttp(...Array.from({ length: 4 }, () => page([])))
  const waiting: typeof http = {
    ...http,
    async request(request) {
      asked.push(request.url)
      await new Promise<void>((resolve) => gates.push(resolve))
      return await http.request(request)
    },
  }
  const told = opened(waiting).provider.changesSince(cursorOf(position), signal)
  await expect.poll(() => asked.length).toBe(3)
  gates.shift()?.()
  await expect.poll(() => asked.length).toBe(4)
  for (const open of gates) open()
  expect((await told).ok).toBe(true)
})

test('what fails gives its place to the next', async () => {
  const cut = new HttpError('cut', false, 'the connection broke')
  const { provider } = saying(cut, cut, cut, cut, accepted)
  const sent: boolean[] = []
  for (let n = 0; n < 5; n++) sent.push((await provider.send(raw, undefined, signal)).ok)
  expect(sent).toEqual([false, false, false, false, true])
})

test('messages that are opened at once ask together where Sent is, and again after a refusal', async () => {
  const place = saidJson(200, { receivedDateTime: '2026-03-10T08:00:00Z', parentFolderId: 'sent' })
  const sent = saidJson(200, { id: 'sent' })
  const bytes: Said = { status: 200, bytes: raw }
  const refused = saidJson(503, {})
  const twoWhile = (folder: Said): Said[] => [place, bytes, folder, place, bytes]
  const { provider, paths } = saying(...twoWhile(refused), ...twoWhile(sent))
  const open = () => Promise.all(['a', 'b'].map((id) => provider.raw(id, signal)))
  const owned = async () => (await open()).map((each) => each.ok && each.value.own)
  expect([await owned(), await owned()]).toEqual([
    [false, false],
    [true, true],
  ])
  expect(paths().filter((path) => path.startsWith('/me/mailFolders/'))).toHaveLength(2)
})

test('what was removed is no change', async () => {
  const removed = { value: [{ id: 'gone', '@removed': { reason: 'deleted' } }] }
  const { provider } = saying(
    page([]),
    page([]),
    saidJson(200, { ...removed, ...delta('/me/mailFolders/inbox/messages/delta?$deltatoken=i2') }),
    page([], delta('/me/mailFolders/junkemail/messages/delta?$deltatoken=j2')),
  )
  const told = await provider.changesSince(cursorOf(position), signal)
  expect(told.ok && told.value.changes).toEqual([])
})

test.each([
  ['another host', 'https://evil.example/v1.0/me/messages?$skip=1'],
  ['another port', 'https://graph.microsoft.com:444/v1.0/me/messages'],
  ['plain HTTP', 'http://graph.microsoft.com/v1.0/me/messages'],
  ['another interface', 'https://graph.microsoft.com/beta/me/messages'],
  ['no address', 'me/messages'],
])('a link to %s is not followed', async (_name, link) => {
  const { provider, asked } = saying(page(['x'], { '@odata.nextLink': link }), page([]), page([]), page([]))
  expect(await provider.changesSince(cursorOf(position), signal)).toEqual({
    ok: false,
    failure: { kind: 'our_config', diagnostic: 'a link leads to another host' },
  })
  expect(asked.length).toBe(4)
  expect(pathOfLink({ apiUrl: api }, link)).toBeUndefined()
})

test('a link is kept without its host', () => {
  const link = `${api}/users/1/mailFolders/inbox/messages/delta?$skiptoken=a%2Fb`
  expect(pathOfLink({ apiUrl: api }, link)).toBe('/users/1/mailFolders/inbox/messages/delta?$skiptoken=a%2Fb')
})

test.each(['m1.', 'm1.e30', 'm1.bm8', 'x'])('%s is no cursor', async (text) => {
  const outcome = await saying().provider.changesSince(text, signal)
  expect(outcome.ok || outcome.failure.kind).toBe('cursor_expired')
})

test('text in a question is quoted, and a space is a space', () => {
  expect(pathOf('/me/messages', { $filter: `internetMessageId eq ${quoted("<o'neil@x>")}` })).toBe(
    "/me/messages?$filter=internetMessageId%20eq%20'%3Co''neil%40x%3E'",
  )
})

test('where Graph says nothing, the person looks in Sent', () => {
  expect(saying().traits.sentSearchUrl({ to: 'mia@people.example', subject: 'Brief' })).toBe(
    'https://outlook.office.com/mail/sentitems',
  )
})

test('whoever asks where Sent is together with one who breaks off asks again for itself', async () => {
  const place = saidJson(200, { receivedDateTime: '2026-03-10T08:00:00Z', parentFolderId: 'sent' })
  const sent = saidJson(200, { id: 'sent' })
  const cut = new HttpError('cut', true, 'the request was cancelled')
  const bytes = { status: 200, bytes: raw }
  const { provider } = saying(place, bytes, cut, place, bytes, sent)
  const both = await Promise.all([provider.raw('a', AbortSignal.abort()), provider.raw('b', signal)])
  expect(both.map(({ ok }) => ok)).toEqual([false, true])
})
