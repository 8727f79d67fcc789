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
import { microsoftAdapter, microsoftEndpoint, practiceMicrosoftEndpoint } from './index.ts'

const { database } = await testDatabase()
const signal = new AbortController().signal
let practice: PracticeServer
let at: Ground
let mailboxes: Mailboxes
const box = openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(7) }], current: 'a' })

const real = microsoftEndpoint({ id: 'real', secret: 'real', tenant: 'common', cloud: 'global' })
beforeAll(async () => {
  practice = await startPracticeServer()
  at = await ground(database, { seed: 'microsoft-connect' })
  const endpoint = practiceMicrosoftEndpoint(practice.url)
  const http = createHttpClient({ allowedOrigins: () => [practice.url], timeoutMs: 10_000 })
  mailboxes = createMailboxes({
    database,
    ids: at.ids,
    clock: wallClock,
    box,
    log: silentLog,
    emit: at.emit,
    schedule: { sync: async () => {}, ...outsideCaps },
    beginTakingBack: () => Promise.resolve(0),
    endpoints: {
      all: async () => [endpoint, real],
      adapter: (each) =>
        microsoftAdapter({
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

interface SignIn {
  readonly level: 'full' | 'send_only'
  readonly account: string
  readonly decision?: 'allow' | 'cancel'
  readonly mailbox?: { readonly id: string; readonly address: string }
}

async function signIn({ level, account, decision = 'allow', mailbox }: SignIn) {
  const begun = await mailboxes.startConsent({
    workspaceId: at.workspaceId,
    personId: at.personId,
    language: 'en',
    endpoint: 'practice-microsoft',
    level,
    sharing: 'team',
    namedMembers: [],
    ...(mailbox === undefined ? {} : { mailbox }),
  })
  if (!begun.ok) throw new Error(begun.problem)
  const callbackUrl = await practice.consent(begun.authorizeUrl, { account, decision })
  const back = await mailboxes.comeBack({ personId: at.personId, callbackUrl }, signal)
  return at.inside((tx) => outcomeOf(tx, back?.handle ?? '', at.personId))
}

async function newAccount(name: string): Promise<string> {
  const address = `${name}@office.practice.example`
  await practice.account(address, 'Olga Brandt')
  return address
}

const about = (level: 'full' | 'send_only') => ({ level, endpoint: 'practice-microsoft' })

async function grantOf(address: string) {
  const { rows } = await at.inside((tx) =>
    sql<{ id: string; account_id: string; may_read: boolean; refresh_token: string | null; state: string }>`
      select id, account_id, may_read, refresh_token, state from oauth_grant where address = ${address}`.execute(
      tx,
    ),
  )
  const [row] = rows
  if (row === undefined) throw new Error('no grant')
  const { id, refresh_token: sealed, ...rest } = row
  return { ...rest, refreshToken: sealed === null ? undefined : box.open(sealed, `grant:${id}`) }
}

test('a mailbox is connected, reads and sends, is narrowed and taken away, with every call in its access log', async () => {
  const address = await newAccount('olga')
  const outcome = await signIn({ level: 'full', account: address })
  const id = outcome?.mailboxId ?? ''
  expect(outcome).toEqual({ outcome: 'connected', mailboxId: id, address, ...about('full') })
  // tenant and object id, which no other account will ever have
  expect((await grantOf(address)).account_id).toMatch(/^[0-9a-f-]{36}\/[0-9a-f-]{36}$/)
  const opened = await mailboxes.open(at.workspaceId, id, 'pull')
  if (!opened.ok) throw new Error(opened.failure.diagnostic)
  expect(await opened.value.changesSince(undefined, signal)).toEqual({
    ok: true,
    value: { changes: [], cursor: expect.any(String), more: false },
  })
  await mailboxes.giveBackWiderGrant(
    { workspaceId: at.workspaceId, mailboxId: id, level: 'send_only', stored: 'keep', actor: at },
    signal,
  )
  expect(await grantOf(address)).toMatchObject({ state: 'revoked', refreshToken: undefined })
  const narrowed = await signIn({ level: 'send_only', account: address, mailbox: { id, address } })
  expect(narrowed?.outcome).toBe('connected')
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
  const consentPage = 'https://myapplications.microsoft.com'
  expect(gone).toEqual({ ok: true, erased: 0, revoked: false, endsOthers: false, consentPage })
  const log = await at.inside((tx) => latestEntries(tx, id, { before: undefined, limit: 50 }))
  expect(log.toReversed().map((entry) => `${entry.phase} ${entry.call} ${entry.outcome ?? ''}`)).toEqual([
    'after signIn ok',
    'after signIn ok',
    // empty polls are folded
    'before changesSince ',
  ])
  expect(await at.inside((tx) => verifyLedger(tx, id))).toEqual({ ok: true, entries: 3, breaks: [] })
})

test('what the first look has to see to know where reading begins stands in the access log', async () => {
  const address = await newAccount('first')
  const id = (await signIn({ level: 'full', account: address }))?.mailboxId ?? ''
  for (const subject of ['One', 'Two'])
    await practice.control('/deliver', {
      to: address,
      from: 'a@people.practice.example',
      subject,
      text: 'Private.',
    })
  const opened = await mailboxes.open(at.workspaceId, id, 'pull')
  const first = opened.ok ? await opened.value.changesSince(undefined, signal) : opened
  expect(first.ok && first.value.changes).toEqual([])
  const [last] = await at.inside((tx) => latestEntries(tx, id, { before: undefined, limit: 1 }))
  expect([last?.phase, last?.call, last?.depth, last?.touched]).toEqual([
    'after',
    'changesSince',
    'identifiers',
    2,
  ])
})

test('each refresh brings another refresh token, and the newest is kept', async () => {
  const address = await newAccount('rotates')
  const id = (await signIn({ level: 'full', account: address }))?.mailboxId ?? ''
  const first = (await grantOf(address)).refreshToken
  await practice.control('/clock', { advanceMs: 2 * 3_600_000 })
  const opened = await mailboxes.open(at.workspaceId, id, 'identities')
  const answer = opened.ok ? await opened.value.identities(signal) : opened
  expect(answer).toEqual({ ok: true, value: [{ address, name: 'Olga Brandt', primary: true }] })
  const second = (await grantOf(address)).refreshToken
  expect([typeof second, second === first]).toEqual(['string', false])
})

test('on day 135 a mailbox is still connected, because of every refresh the newest token was kept', async () => {
  const address = await newAccount('day-135')
  const id = (await signIn({ level: 'full', account: address }))?.mailboxId ?? ''
  for (let half = 0; half < 3; half++) {
    await practice.control('/clock', { advanceMs: 45 * 86_400_000 })
    const opened = await mailboxes.open(at.workspaceId, id, 'identities')
    const answer = opened.ok ? await opened.value.identities(signal) : opened
    expect(answer).toEqual({ ok: true, value: [{ address, name: 'Olga Brandt', primary: true }] })
  }
})

test('a grant that has ended is found at the next call, and signing in again mends it', async () => {
  const address = await newAccount('ended')
  const id = (await signIn({ level: 'full', account: address }))?.mailboxId ?? ''
  await practice.control('/grants/end', { mailbox: address })
  const opened = await mailboxes.open(at.workspaceId, id, 'identities')
  expect(opened.ok && (await opened.value.identities(signal))).toEqual({
    ok: false,
    failure: { kind: 'unauthorised', why: 'password_changed', diagnostic: expect.any(String) },
  })
  const broken = await at.inside((tx) => mailboxById(tx, id))
  expect([broken?.health, broken?.healthReason]).toEqual(['reconnect_needed', 'password_changed'])
  const again = await signIn({ level: 'full', account: address, mailbox: { id, address } })
  expect(again?.outcome).toBe('connected')
  expect((await at.inside((tx) => mailboxById(tx, id)))?.health).toBe('active')
})

test('a no is a no, and another account than the one that was meant is refused', async () => {
  const [address, other] = [await newAccount('meant'), await newAccount('other')]
  expect(await signIn({ level: 'full', account: address, decision: 'cancel' })).toEqual({
    outcome: 'denied',
    ...about('full'),
  })
  const id = (await signIn({ level: 'full', account: address }))?.mailboxId ?? ''
  const mailbox = { id, address }
  expect(await signIn({ level: 'full', account: other, mailbox })).toEqual({
    outcome: 'other_account',
    mailboxId: id,
    // the one that is meant
    address,
    ...about('full'),
  })
})

test('where an admin has to allow reading, Full Access waits for one, and Send Only connects at once', async () => {
  const address = await newAccount('managed')
  await practice.control('/consent-policy', { managed: true, mailbox: address })
  const blocked = await signIn({ level: 'full', account: address, decision: 'cancel' })
  expect(blocked).toEqual({ outcome: 'admin_needed', ...about('full') })
  expect((await signIn({ level: 'send_only', account: address }))?.outcome).toBe('connected')
})

test('a permission that is missing in the token is noticed, and nothing is stored', async () => {
  const address = await newAccount('partial')
  await practice.control('/faults', { withheldScope: 'Mail.Read' })
  const outcome = await signIn({ level: 'full', account: address })
  await practice.control('/faults', { withheldScope: '' })
  expect(outcome).toEqual({ outcome: 'partial', missing: ['read'], address, ...about('full') })
  await expect(grantOf(address)).rejects.toThrow('no grant')
})

test('Send Only stays Send Only where Microsoft gives more, and says so', async () => {
  const address = await newAccount('wider')
  await practice.control('/faults', { consentsAddUp: true })
  const id = (await signIn({ level: 'full', account: address }))?.mailboxId ?? ''
  await mailboxes.giveBackWiderGrant(
    { workspaceId: at.workspaceId, mailboxId: id, level: 'send_only', stored: 'keep', actor: at },
    signal,
  )
  const narrowed = await signIn({ level: 'send_only', account: address, mailbox: { id, address } })
  await practice.control('/faults', { consentsAddUp: false })
  expect(narrowed).toEqual({
    outcome: 'connected',
    mailboxId: id,
    address,
    ...about('send_only'),
    detail: 'wider_at_provider',
    consentPage: 'https://myapplications.microsoft.com',
  })
  expect((await grantOf(address)).may_read).toBe(false)
  const opened = await mailboxes.open(at.workspaceId, id, 'pull')
  expect(opened.ok && (await opened.value.changesSince(undefined, signal))).toEqual({
    ok: false,
    failure: { kind: 'scope_missing', missing: ['read'], diagnostic: 'this mailbox is Send Only' },
  })
})
