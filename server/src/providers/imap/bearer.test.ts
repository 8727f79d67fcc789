import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../testing/database.ts'
import { bearerWords } from './bearer.ts'
import type { BearerGround } from './bearer.fixture.ts'
import { bearerGround } from './bearer.fixture.ts'

const { database } = await testDatabase()
const signal = new AbortController().signal
let on: BearerGround

beforeAll(async () => {
  on = await bearerGround(database, 'imap-bearer')
})
afterAll(() => on[Symbol.asyncDispose]())

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
  await on.practice.control('/faults', { mailServerOAuthBearer: bearer })
  const address = `anna.${mechanism.toLowerCase()}@post.practice.example`
  const [provider] = await on.connected(address)
  const position = await provider.changesSince(undefined, signal)
  expect((await provider.send(letter(address), undefined, signal)).ok).toBe(true)
  const page = await provider.changesSince(position.ok ? position.value.cursor : '', signal)
  expect(page.ok && page.value.changes.length).toBeGreaterThan(0)
  await on.practice.control('/faults', { mailServerOAuthBearer: true })
})

test('with Send Only the permission reads nothing, and no IMAP server is known', async () => {
  const address = 'anna.sends@post.practice.example'
  const [provider] = await on.connected(address, 'send_only')
  expect((await provider.send(letter(address), undefined, signal)).ok).toBe(true)
  expect(await provider.changesSince(undefined, signal)).toMatchObject({ failure: { kind: 'scope_missing' } })
})

test('somebody who says no at the provider is told so, and nothing is kept', async () => {
  expect(await on.signedIn('anna.denies@post.practice.example', 'full', 'cancel')).toMatchObject({
    outcome: 'denied',
  })
})

test.each([
  ['OAUTHBEARER', true],
  ['XOAUTH2', false],
])(
  'a token that the servers refuse before its time (%s) is renewed once, and the mail leaves once',
  async (name, bearer) => {
    await on.practice.control('/faults', { mailServerOAuthBearer: bearer })
    const address = `anna.early.${name.toLowerCase()}@post.practice.example`
    const [provider] = await on.connected(address)
    await on.practice.control('/clock', { advanceMs: 2 * 3_600_000 })
    const before = on.tokenRequests()
    expect((await provider.send(letter(address), undefined, signal)).ok).toBe(true)
    expect(on.tokenRequests() - before).toBe(1)
    const answer = (await on.practice.control(
      `/records/mails?since=0&mailbox=${encodeURIComponent(address)}`,
    )) as {
      mails: unknown[]
    }
    expect(answer.mails.length).toBe(1)
    await on.practice.control('/faults', { mailServerOAuthBearer: true })
  },
)

test('a token that runs out while a connection is open costs one renewal and no answer', async () => {
  const address = 'anna.session@post.practice.example'
  const [provider] = await on.connected(address)
  const first = await provider.changesSince(undefined, signal)
  await on.practice.control('/clock', { advanceMs: 2 * 3_600_000 })
  const before = on.tokenRequests()
  const next = await provider.changesSince(first.ok ? first.value.cursor : '', signal)
  expect([next.ok, on.tokenRequests() - before]).toEqual([true, 1])
})

test('each refresh token is good for one renewal, and the next one is kept', async () => {
  const address = 'anna.rotates@post.practice.example'
  const [, id] = await on.connected(address)
  for (let round = 0; round < 3; round++) {
    await on.clock.step({ hours: 1 })
    const before = on.tokenRequests()
    expect((await (await on.reopened(id)).changesSince(undefined, signal)).ok).toBe(true)
    expect(on.tokenRequests() - before).toBe(1)
  }
})

test('a grant that ended at the provider needs a person, and no password is asked for', async () => {
  const address = 'anna.ended@post.practice.example'
  const [provider, id] = await on.connected(address)
  await on.practice.control('/grants/end', { mailbox: address })
  expect(await provider.changesSince(undefined, signal)).toMatchObject({ ok: false })
  expect(await on.health(id)).toEqual({ health: 'reconnect_needed', health_reason: 'revoked' })
})

test('no token of a mailbox stands in the database as it is', async () => {
  await on.connected('anna.sealed@post.practice.example')
  const { rows } = await on.at.inside((tx) =>
    sql<{ kept: string }>`select row_to_json(g)::text as kept from oauth_grant g`.execute(tx),
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { kept } of rows) expect(kept).not.toMatch(/post-(access|refresh)-|smtp\.post/)
})
