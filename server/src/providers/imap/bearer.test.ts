import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Level } from '../../mailboxes/consent.ts'
import type { Mailboxes } from '../../mailboxes/index.ts'
import { createMailboxes } from '../../mailboxes/index.ts'
import type { OpenMailbox } from '../../mailboxes/open-mailbox.ts'
import { outcomeOf } from '../../mailboxes/store-consent.ts'
import { wallClock } from '../../platform/clock/index.ts'
import { createHttpClient } from '../../platform/http-client/index.ts'
import { silentLog } from '../../platform/log/index.ts'
import { openSecretBox } from '../../platform/secret-box/index.ts'
import type { SteppedClock } from '../../testing/clock.ts'
import { steppedClock } from '../../testing/clock.ts'
import { testDatabase } from '../../testing/database.ts'
import type { Ground } from '../../testing/ground.ts'
import { ground } from '../../testing/ground.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { startPracticeServer } from '../../testing/practice-server.ts'
import { bearerWords } from './bearer.ts'
import { bearerConsent, imapAdapter, imapOAuthEndpoint, practicePlaces } from './index.ts'

const { database } = await testDatabase()
const signal = new AbortController().signal
let practice: PracticeServer
let at: Ground
let mailboxes: Mailboxes
let clock: SteppedClock
let tokenRequests = 0

beforeAll(async () => {
  practice = await startPracticeServer()
  at = await ground(database, { seed: 'imap-bearer' })
  clock = steppedClock(wallClock.now().toString())
  const { url } = practice
  const whole = createHttpClient({ allowedOrigins: () => [url], timeoutMs: 10_000 })
  const http = {
    request: (...asked: Parameters<typeof whole.request>) => {
      if (asked[0].url.endsWith('/post/oauth/token')) tokenRequests += 1
      return whole.request(...asked)
    },
  }
  const places = practicePlaces(url, http)
  const signIn = ['openid', 'email', 'profile']
  const endpoint = imapOAuthEndpoint(
    {
      label: 'Practice Post',
      domains: ['post.practice.example'],
      issuer: `${url}/post`,
      authorizeUrl: `${url}/post/oauth/authorize`,
      tokenUrl: `${url}/post/oauth/token`,
      revokeUrl: `${url}/post/oauth/revoke`,
      client: { id: 'practice-post-client', secret: 'practice-post-secret' },
      scopes: { full: [...signIn, 'smtp', 'imap'], send_only: [...signIn, 'smtp'] },
      smtp: { host: 'smtp.post.practice.example', port: 465, security: 'tls' },
      imap: { host: 'imap.post.practice.example', port: 993, security: 'tls' },
    },
    true,
  )
  const consent = bearerConsent({ endpoint, http, places, now: () => clock.now() })
  const productNow = async () => wallClock.now()
  const adapter = imapAdapter({ endpoint, consent, places, clock: wallClock, productNow })
  mailboxes = createMailboxes({
    database,
    ids: at.ids,
    clock,
    box: openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(7) }], current: 'a' }),
    log: silentLog,
    emit: at.emit,
    schedule: { sync: async () => undefined },
    beginTakingBack: () => Promise.resolve(0),
    endpoints: { all: async () => [endpoint], adapter: () => adapter },
    redirectUri: () => 'http://127.0.0.1:3210/api/v1/oauth/callback',
  })
})
afterAll(() => practice[Symbol.asyncDispose]())

async function signedIn(address: string, level: Level = 'full', decision: 'allow' | 'cancel' = 'allow') {
  await practice.account(address, 'Anna Keller')
  const begun = await mailboxes.startConsent({
    workspaceId: at.workspaceId,
    personId: at.personId,
    language: 'en',
    endpoint: 'practice-imap-oauth',
    level,
    sharing: 'team',
    namedMembers: [],
  })
  if (!begun.ok) throw new Error(begun.problem)
  const callbackUrl = await practice.consent(begun.authorizeUrl, { account: address, decision })
  const back = await mailboxes.comeBack({ personId: at.personId, callbackUrl }, signal)
  return await at.inside((tx) => outcomeOf(tx, back?.handle ?? '', at.personId))
}

async function connected(address: string, level: Level = 'full'): Promise<[OpenMailbox, string]> {
  const outcome = await signedIn(address, level)
  const id = outcome?.mailboxId ?? ''
  return [await reopened(id), id]
}

async function reopened(id: string): Promise<OpenMailbox> {
  const opened = await mailboxes.open(at.workspaceId, id, 'pull')
  if (!opened.ok) throw new Error(opened.failure.kind)
  return opened.value
}

const letter = (address: string) =>
  Buffer.from(`From: ${address}\r\nTo: ${address}\r\nSubject: s\r\nMessage-ID: <${address}>\r\n\r\nText\r\n`)

test('both mechanisms say what their papers show', () => {
  const place = { servername: 'server.example.com', port: 143 }
  const login = { user: 'user@example.com', bearer: 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==' }
  // RFC 7628 §4.1
  expect(bearerWords('OAUTHBEARER', login, place)).toEqual({
    first:
      'bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB',
    afterChallenge: 'AQ==',
  })
  expect(Buffer.from(bearerWords('XOAUTH2', login, place).first, 'base64').toString()).toBe(
    `user=user@example.com\u0001auth=Bearer ${login.bearer}\u0001\u0001`,
  )
})

test.each([
  ['OAUTHBEARER', true],
  ['XOAUTH2', false],
])('a mailbox signed in at its provider sends, files and reads with %s', async (mechanism, bearer) => {
  await practice.control('/faults', { mailServerOAuthBearer: bearer })
  const address = `anna.${mechanism.toLowerCase()}@post.practice.example`
  const [provider] = await connected(address)
  const position = await provider.changesSince(undefined, signal)
  expect((await provider.send(letter(address), undefined, signal)).ok).toBe(true)
  const page = await provider.changesSince(position.ok ? position.value.cursor : '', signal)
  expect(page.ok && page.value.changes.length).toBeGreaterThan(0)
  await practice.control('/faults', { mailServerOAuthBearer: true })
})

test('with Send Only the permission reads nothing, and no IMAP server is known', async () => {
  const address = 'anna.sends@post.practice.example'
  const [provider] = await connected(address, 'send_only')
  expect((await provider.send(letter(address), undefined, signal)).ok).toBe(true)
  expect(await provider.changesSince(undefined, signal)).toMatchObject({ failure: { kind: 'scope_missing' } })
})

test('somebody who says no at the provider is told so, and nothing is kept', async () => {
  expect(await signedIn('anna.denies@post.practice.example', 'full', 'cancel')).toMatchObject({
    outcome: 'denied',
  })
})

test.each([
  ['OAUTHBEARER', true],
  ['XOAUTH2', false],
])(
  'a token that the servers refuse before its time (%s) is renewed once, and the mail leaves once',
  async (name, bearer) => {
    await practice.control('/faults', { mailServerOAuthBearer: bearer })
    const address = `anna.early.${name.toLowerCase()}@post.practice.example`
    const [provider] = await connected(address)
    await practice.control('/clock', { advanceMs: 2 * 3_600_000 })
    const before = tokenRequests
    expect((await provider.send(letter(address), undefined, signal)).ok).toBe(true)
    expect(tokenRequests - before).toBe(1)
    const answer = (await practice.control(
      `/records/mails?since=0&mailbox=${encodeURIComponent(address)}`,
    )) as {
      mails: unknown[]
    }
    expect(answer.mails.length).toBe(1)
    await practice.control('/faults', { mailServerOAuthBearer: true })
  },
)

test('a token that runs out while a connection is open costs one renewal and no answer', async () => {
  const address = 'anna.session@post.practice.example'
  const [provider] = await connected(address)
  const first = await provider.changesSince(undefined, signal)
  await practice.control('/clock', { advanceMs: 2 * 3_600_000 })
  const before = tokenRequests
  const next = await provider.changesSince(first.ok ? first.value.cursor : '', signal)
  expect([next.ok, tokenRequests - before]).toEqual([true, 1])
})

test('each refresh token is good for one renewal, and the next one is kept', async () => {
  const address = 'anna.rotates@post.practice.example'
  const [, id] = await connected(address)
  for (let round = 0; round < 3; round++) {
    await clock.step({ hours: 1 })
    const before = tokenRequests
    expect((await (await reopened(id)).changesSince(undefined, signal)).ok).toBe(true)
    expect(tokenRequests - before).toBe(1)
  }
})

test('a grant that ended at the provider needs a person, and no password is asked for', async () => {
  const address = 'anna.ended@post.practice.example'
  const [provider, id] = await connected(address)
  await practice.control('/grants/end', { mailbox: address })
  expect(await provider.changesSince(undefined, signal)).toMatchObject({ ok: false })
  const { rows } = await at.inside((tx) =>
    sql<{
      health: string
      health_reason: string
    }>`select health, health_reason from mailbox where id = ${id}`.execute(tx),
  )
  expect(rows).toEqual([{ health: 'reconnect_needed', health_reason: 'revoked' }])
})

test('no token of a mailbox stands in the database as it is', async () => {
  await connected('anna.sealed@post.practice.example')
  const { rows } = await at.inside((tx) =>
    sql<{ kept: string }>`select row_to_json(g)::text as kept from oauth_grant g`.execute(tx),
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { kept } of rows) expect(kept).not.toMatch(/post-(access|refresh)-|smtp\.post/)
})
