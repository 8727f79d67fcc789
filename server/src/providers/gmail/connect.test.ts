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
import { gmailAdapter, googleEndpoint, practiceGoogleEndpoint } from './index.ts'

const { database } = await testDatabase()
const send = 'https://www.googleapis.com/auth/gmail.send'
const read = 'https://www.googleapis.com/auth/gmail.readonly'
const signal = new AbortController().signal
let practice: PracticeServer
let at: Ground
let mailboxes: Mailboxes
const synced: string[] = []

beforeAll(async () => {
  practice = await startPracticeServer()
  at = await ground(database, { seed: 'gmail-connect' })
  const endpoint = practiceGoogleEndpoint(practice.url)
  const http = createHttpClient({ allowedOrigins: () => [practice.url], timeoutMs: 10_000 })
  mailboxes = createMailboxes({
    database,
    ids: at.ids,
    clock: wallClock,
    box: openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(7) }], current: 'a' }),
    log: silentLog,
    emit: at.emit,
    schedule: {
      sync: async (_tx, id) => {
        synced.push(id)
      },
    },
    endpoints: {
      all: () => [endpoint, googleEndpoint({ id: 'real', secret: 'real' })],
      adapter: (each) =>
        gmailAdapter({
          endpoint: each,
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
    { workspaceId: at.workspaceId, mailboxId: id, level: 'send_only' },
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
  expect(gone).toEqual({ ok: true, revoked: true, endsOthers: true })
  const log = await at.inside((tx) => latestEntries(tx, id, { before: undefined, limit: 50 }))
  expect(log.toReversed().map((entry) => `${entry.phase} ${entry.call} ${entry.outcome ?? ''}`)).toEqual([
    'before identity ',
    'after identity ok',
    'before revoke ',
    'after revoke ok',
    'before changesSince ',
    'before revoke ',
    'after revoke ok',
  ])
  expect(await at.inside((tx) => verifyLedger(tx, id))).toEqual({ ok: true, entries: 7 })
  const left = await at.inside((tx) =>
    sql<{ state: string; access_token: string | null; refresh_token: string | null }>`
      select state, access_token, refresh_token from oauth_grant where address = ${address}`.execute(tx),
  )
  expect(left.rows).toEqual([{ state: 'revoked', access_token: null, refresh_token: null }])
})
