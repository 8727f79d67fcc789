import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Mailboxes } from '../../mailboxes/index.ts'
import { createMailboxes, mailboxById, verifyLedger } from '../../mailboxes/index.ts'
import { outcomeOf } from '../../mailboxes/store-consent.ts'
import { latestEntries } from '../../mailboxes/store-ledger.ts'
import { wallClock } from '../../platform/clock/index.ts'
import { createHttpClient } from '../../platform/http-client/index.ts'
import { silentLog } from '../../platform/log/index.ts'
import { openSecretBox } from '../../platform/secret-box/index.ts'
import { testDatabase } from '../../testing/database.ts'
import { ground } from '../../testing/ground.ts'
import type { Ground } from '../../testing/ground.ts'
import type { PracticeServer } from '../../testing/practice-server.ts'
import { startPracticeServer } from '../../testing/practice-server.ts'
import { outsideCaps } from '../../testing/outside-caps.ts'
import { gmailAdapter, googleEndpoint, practiceGoogleEndpoint } from './index.ts'

const { database } = await testDatabase()
const send = 'https://www.googleapis.com/auth/gmail.send'
const read = 'https://www.googleapis.com/auth/gmail.readonly'
const signal = new AbortController().signal
let practice: PracticeServer
let at: Ground
let mailboxes: Mailboxes
const box = openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(7) }], current: 'a' })
const synced: string[] = []

const real = googleEndpoint({ id: 'real', secret: 'real' })
beforeAll(async () => {
  practice = await startPracticeServer()
  at = await ground(database, { seed: 'gmail-connect' })
  const endpoint = practiceGoogleEndpoint(practice.url)
  const http = createHttpClient({ allowedOrigins: () => [practice.url], timeoutMs: 10_000 })
  mailboxes = createMailboxes({
    database,
    ids: at.ids,
    clock: wallClock,
    box,
    log: silentLog,
    emit: at.emit,
    schedule: {
      sync: async (_tx, id) => {
        synced.push(id)
      },
      ...outsideCaps,
    },
    beginTakingBack: () => Promise.resolve(0),
    endpoints: {
      all: async () => [endpoint, real],
      adapter: (each) =>
        gmailAdapter({
          endpoint: each.key === endpoint.key ? endpoint : real,
          http,
          now: () => wallClock.now(),
          productNow: async () => wallClock.now(),
        }),
    },
    redirectUri: () => 'http://127.0.0.1:3210/api/v1/oauth/callback',
  })
})
afterAll(() => practice[Symbol.asyncDispose]())

const wish = (level: 'full' | 'send_only') =>
  ({
    workspaceId: at.workspaceId,
    personId: at.personId,
    language: 'en',
    endpoint: 'practice-google',
    level,
    sharing: 'team',
    namedMembers: [],
  }) as const

async function signIn(
  level: 'full' | 'send_only',
  account: string,
  scopes: readonly string[],
  mailbox?: { id: string; address: string },
) {
  const begun = await mailboxes.startConsent({
    ...wish(level),
    ...(mailbox === undefined ? {} : { mailbox }),
  })
  if (!begun.ok) throw new Error(begun.problem)
  const callbackUrl = await practice.consent(begun.authorizeUrl, { account, scopes })
  const back = await mailboxes.comeBack({ personId: at.personId, callbackUrl }, signal)
  if (back === undefined) throw new Error('a state of nobody')
  const outcome = await at.inside((tx) => outcomeOf(tx, back.handle, at.personId))
  return { outcome, callbackUrl, back }
}

test('a mailbox is connected, reads and sends, is narrowed and taken away, with every call in its access log', async () => {
  const address = 'anna.keller@brand.practice.example'
  await practice.account(address, 'Anna Keller')
  const { outcome } = await signIn('full', address, [send, read])
  const id = outcome?.mailboxId ?? ''
  expect(outcome).toEqual({
    outcome: 'connected',
    mailboxId: id,
    address,
    level: 'full',
    endpoint: 'practice-google',
  })
  const opened = await mailboxes.open(at.workspaceId, id, 'pull')
  if (!opened.ok) throw new Error(opened.failure.diagnostic)
  expect(await opened.value.identity(signal)).toEqual({
    ok: true,
    value: { accountId: expect.any(String), address, name: 'Anna Keller' },
  })
  const position = await opened.value.changesSince(undefined, signal)
  expect(position).toEqual({ ok: true, value: { changes: [], cursor: expect.any(String), more: false } })
  expect(synced).toContain(id)

  await mailboxes.giveBackWiderGrant(
    { workspaceId: at.workspaceId, mailboxId: id, level: 'send_only', stored: 'keep', actor: at },
    signal,
  )
  const narrowed = await at.inside((tx) => mailboxById(tx, id))
  expect([narrowed?.health, narrowed?.healthReason, narrowed?.level]).toEqual([
    'reconnect_needed',
    'level_change',
    'send_only',
  ])
  expect((await signIn('send_only', address, [send], { id, address })).outcome?.outcome).toBe('connected')
  const narrow = await mailboxes.open(at.workspaceId, id, 'pull')
  expect(narrow.ok && (await narrow.value.changesSince(undefined, signal))).toEqual({
    ok: false,
    failure: { kind: 'scope_missing', missing: ['read'], diagnostic: 'this mailbox is Send Only' },
  })
  const gone = await mailboxes.disconnect(
    {
      workspaceId: at.workspaceId,
      mailboxId: id,
      actor: { personId: at.personId, role: 'owner' },
      queue: 'cancel',
      reassignTo: undefined,
      stored: 'keep',
    },
    signal,
  )
  expect(gone).toEqual({ ok: true, erased: 0, revoked: true, endsOthers: true })
  const log = await at.inside((tx) => latestEntries(tx, id, { before: undefined, limit: 50 }))
  expect(log.toReversed().map((entry) => `${entry.phase} ${entry.call} ${entry.outcome ?? ''}`)).toEqual([
    'after signIn ok',
    'before identity ',
    'after identity ok',
    'before revoke ',
    'after revoke ok',
    'after signIn ok',
    'before changesSince ',
    'before revoke ',
    'after revoke ok',
  ])
  expect(await at.inside((tx) => verifyLedger(tx, id))).toEqual({ ok: true, entries: 9, breaks: [] })
  const left = await at.inside((tx) =>
    sql<{ state: string; access_token: string | null; refresh_token: string | null }>`
      select state, access_token, refresh_token from oauth_grant where address = ${address}`.execute(tx),
  )
  expect(left.rows).toEqual([{ state: 'revoked', access_token: null, refresh_token: null }])
})

test('a box that a person unticks at Google is noticed, and a no is a no', async () => {
  const address = 'partial@brand.practice.example'
  await practice.account(address, 'Anna Keller')
  const { outcome } = await signIn('full', address, [send])
  const about = { level: 'full', endpoint: 'practice-google' } as const
  expect(outcome).toEqual({ outcome: 'partial', missing: ['read'], address, ...about })
  const begun = await mailboxes.startConsent(wish('full'))
  const callbackUrl = await practice.consent(begun.ok ? begun.authorizeUrl : '', {
    account: address,
    decision: 'cancel',
  })
  const back = await mailboxes.comeBack({ personId: at.personId, callbackUrl }, signal)
  expect(await at.inside((tx) => outcomeOf(tx, back?.handle ?? '', at.personId))).toEqual({
    outcome: 'denied',
    ...about,
  })
})

test('an access token that Google refuses before its time is renewed unseen', async () => {
  const address = 'stepped@brand.practice.example'
  await practice.account(address, 'Anna Keller')
  const id = (await signIn('full', address, [send, read])).outcome?.mailboxId ?? ''
  await practice.control('/clock', { advanceMs: 2 * 3_600_000 })
  const opened = await mailboxes.open(at.workspaceId, id, 'identities')
  const answer = opened.ok ? await opened.value.identities(signal) : opened
  expect(answer).toEqual({ ok: true, value: [{ address, name: 'Anna Keller', primary: true }] })
  const log = await at.inside((tx) => latestEntries(tx, id, { before: undefined, limit: 50 }))
  expect(log.toReversed().map((entry) => `${entry.phase} ${entry.call}`)).toEqual([
    'after signIn',
    'before identities',
    'before refresh',
    'after refresh',
    'after identities',
  ])
})

test('a grant that a person takes back at Google is found at the next call', async () => {
  const address = 'taken-back@brand.practice.example'
  await practice.account(address, 'Anna Keller')
  const first = (await signIn('full', address, [send, read])).outcome?.mailboxId ?? ''
  await revokeEverything(address)
  const opened = await mailboxes.open(at.workspaceId, first, 'identities')
  const answer = opened.ok ? await opened.value.identities(signal) : opened
  expect(answer).toEqual({
    ok: false,
    failure: { kind: 'unauthorised', why: 'revoked', diagnostic: expect.any(String) },
  })
  const mailbox = await at.inside((tx) => mailboxById(tx, first))
  expect([mailbox?.health, mailbox?.healthReason]).toEqual(['reconnect_needed', 'revoked'])
  expect((await signIn('full', address, [send, read], { id: first, address })).outcome?.outcome).toBe(
    'connected',
  )
  expect((await at.inside((tx) => mailboxById(tx, first)))?.health).toBe('active')
})

/** What the page of the person's Google account does: one revocation ends every grant for our registration. */
async function revokeEverything(account: string): Promise<void> {
  const begun = await mailboxes.startConsent(wish('send_only'))
  const callbackUrl = await practice.consent(begun.ok ? begun.authorizeUrl : '', { account, scopes: [send] })
  const code = new URL(callbackUrl).searchParams.get('code') ?? ''
  const { rows } = await at.inside((tx) =>
    sql<{ id: string; code_verifier: string }>`
      select id, code_verifier from consent_request order by id desc limit 1`.execute(tx),
  )
  const verifier = box.open(rows[0]?.code_verifier ?? '', `consent:${rows[0]?.id}`)
  const answer = await fetch(`${practice.url}/google/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      client_id: 'practice-client',
      client_secret: 'practice-secret',
      redirect_uri: 'http://127.0.0.1:3210/api/v1/oauth/callback',
      code_verifier: verifier,
    }),
  })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  await fetch(`${practice.url}/google/revoke`, { method: 'POST', body: new URLSearchParams({ token }) })
}
