import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { mailboxesGround } from '../testing/mailboxes-ground.ts'
import type { MailboxesGround } from '../testing/mailboxes-ground.ts'
import type { ConsentWish } from './connect.ts'
import { defaultOf, mailboxById, mailboxesOf } from './index.ts'
import { outcomeOf } from './store-consent.ts'

const { database } = await testDatabase()
const { signal } = new AbortController()

function wish(at: MailboxesGround, change: Partial<ConsentWish> = {}): ConsentWish {
  return {
    workspaceId: at.workspaceId,
    personId: at.personId,
    language: 'en',
    endpoint: 'memory',
    level: 'full',
    sharing: 'team',
    namedMembers: [],
    ...change,
  }
}

type Answer = Parameters<MailboxesGround['outside']['consent']>[1]

/** Through the sign-in and back: the outcome that the page reads. */
async function through(at: MailboxesGround, change: Partial<ConsentWish>, answer: Answer) {
  const begun = await at.mailboxes.startConsent(wish(at, change))
  if (!begun.ok) throw new Error(begun.problem)
  const callbackUrl = at.outside.consent(begun.authorizeUrl, answer)
  const personId = change.personId ?? at.personId
  const back = await at.mailboxes.comeBack({ personId, callbackUrl }, signal)
  const outcome = await at.inside((tx) => outcomeOf(tx, back?.handle ?? at.ids.uuid(), personId))
  return { outcome, callbackUrl, back }
}

async function grants(at: MailboxesGround): Promise<number> {
  const { rows } = await at.inside((tx) =>
    sql<{ count: number }>`select count(*) from oauth_grant where workspace_id = ${at.workspaceId}`.execute(
      tx,
    ),
  )
  return rows[0]?.count ?? 0
}

async function ben(at: MailboxesGround): Promise<string> {
  const personId = at.ids.uuid()
  const address = `ben.${personId}@atelier-nord.example`
  await at.inside(async (tx) => {
    await sql`insert into person (id, name, address, address_key)
      values (${personId}, 'Ben Ito', ${address}, ${address})`.execute(tx)
    await sql`insert into membership (workspace_id, person_id, role)
      values (${at.workspaceId}, ${personId}, 'member')`.execute(tx)
  })
  return personId
}

test('the first mailbox becomes the default, the second does not', async () => {
  const at = await mailboxesGround(database, { seed: 'first' })
  const first = await at.connect('anna@first.example')
  await at.connect('second@first.example')
  expect(await at.inside((tx) => defaultOf(tx, at.personId))).toBe(first)
})

test('a connected mailbox has the zone of the workspace, the name of the account and the limits of the house', async () => {
  const at = await mailboxesGround(database, { seed: 'fresh' })
  const id = await at.connect('Anna.Keller@Fresh.example', 'send_only')
  expect(await at.inside((tx) => mailboxById(tx, id))).toEqual({
    workspaceId: at.workspaceId,
    id,
    grantId: expect.any(String),
    endpoint: 'memory',
    provider: 'gmail',
    practice: true,
    place: 'own',
    level: 'send_only',
    address: 'Anna.Keller@Fresh.example',
    addressKey: 'anna.keller@fresh.example',
    ownerId: at.personId,
    displayName: 'Anna Keller',
    signature: '',
    signatureHtml: '',
    sharing: 'team',
    namedMembers: [],
    health: 'active',
    healthReason: undefined,
    paused: false,
    zone: 'Europe/Berlin',
    dailyLimit: 300,
    windowFrom: Temporal.PlainTime.from('08:00'),
    windowTo: Temporal.PlainTime.from('20:00'),
    windowDays: [1, 2, 3, 4, 5, 6, 7],
    paceSeconds: 3,
    reserve: 20,
    connectedAt: Temporal.Instant.from('2026-01-05T08:00:00Z'),
    findsChangedSubjects: false,
    disconnectedAt: undefined,
    lastCheckedAt: undefined,
  })
})

test('a box that was unticked is told, and nothing of the grant is kept', async () => {
  const at = await mailboxesGround(database, { seed: 'partial' })
  at.outside.account('anna@partial.example', 'Anna Keller')
  const asked = { address: 'anna@partial.example', endpoint: 'memory' }
  const sendOnly = await through(at, {}, { account: asked.address, read: false })
  expect(sendOnly.outcome).toEqual({ outcome: 'partial', missing: ['read'], level: 'full', ...asked })
  const readOnly = await through(at, {}, { account: asked.address, send: false })
  expect(readOnly.outcome).toEqual({ outcome: 'partial', missing: ['send'], level: 'full', ...asked })
  const none = await through(at, {}, { account: asked.address, send: false, read: false })
  expect(none.outcome).toEqual({ outcome: 'denied', level: 'full', ...asked })
  expect([await grants(at), await at.inside(mailboxesOf)]).toEqual([0, []])
})

test('a grant wider than the level is never stored', async () => {
  const at = await mailboxesGround(database, { seed: 'wide' })
  at.outside.account('anna@wide.example', 'Anna Keller')
  const { outcome } = await through(at, { level: 'send_only' }, { account: 'anna@wide.example', read: true })
  expect([outcome?.outcome, outcome?.detail, await grants(at)]).toEqual(['failed', 'grant_too_wide', 0])
})

test('a person who says no at the consent page has connected nothing', async () => {
  const at = await mailboxesGround(database, { seed: 'denied' })
  const { outcome } = await through(at, {}, 'cancel')
  expect(outcome).toEqual({ outcome: 'denied', level: 'full', endpoint: 'memory' })
})

test('a sign-in that took more than half an hour has expired', async () => {
  const at = await mailboxesGround(database, { seed: 'expired' })
  at.outside.account('anna@expired.example', 'Anna Keller')
  const begun = await at.mailboxes.startConsent(wish(at))
  if (!begun.ok) throw new Error(begun.problem)
  await at.clock.step({ minutes: 31 })
  const callbackUrl = at.outside.consent(begun.authorizeUrl, { account: 'anna@expired.example' })
  const back = await at.mailboxes.comeBack({ personId: at.personId, callbackUrl }, signal)
  const outcome = await at.inside((tx) => outcomeOf(tx, back?.handle ?? '', at.personId))
  expect([outcome, await grants(at)]).toEqual([{ outcome: 'expired', level: 'full', endpoint: 'memory' }, 0])
})

test('nobody else can finish a sign-in that a person began', async () => {
  const at = await mailboxesGround(database, { seed: 'foreign' })
  const other = await ben(at)
  at.outside.account('anna@foreign.example', 'Anna Keller')
  const begun = await at.mailboxes.startConsent(wish(at))
  if (!begun.ok) throw new Error(begun.problem)
  const callbackUrl = at.outside.consent(begun.authorizeUrl, { account: 'anna@foreign.example' })
  expect(await at.mailboxes.comeBack({ personId: other, callbackUrl }, signal)).toBeUndefined()
  expect(await grants(at)).toBe(0)
  const back = await at.mailboxes.comeBack({ personId: at.personId, callbackUrl }, signal)
  const outcome = await at.inside((tx) => outcomeOf(tx, back?.handle ?? '', at.personId))
  expect(outcome?.outcome).toBe('connected')
  expect(await at.inside((tx) => outcomeOf(tx, back?.handle ?? '', other))).toBeUndefined()
})

test.each([
  'https://kontor.example/api/v1/oauth/callback?code=1',
  'https://kontor.example/api/v1/oauth/callback?code=1&state=01890000-0000-7000-8000-000000000001.short',
  'https://kontor.example/api/v1/oauth/callback?code=1&state=01890000-0000-7000-8000-000000000001.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
])('a state that is not ours leads nowhere: %s', async (callbackUrl) => {
  const at = await mailboxesGround(database, { seed: `state-${callbackUrl.length}` })
  expect(await at.mailboxes.comeBack({ personId: at.personId, callbackUrl }, signal)).toBeUndefined()
})

test('the way back may be loaded twice and counts once', async () => {
  const at = await mailboxesGround(database, { seed: 'twice' })
  at.outside.account('anna@twice.example', 'Anna Keller')
  const { back, callbackUrl } = await through(at, {}, { account: 'anna@twice.example' })
  expect(await at.mailboxes.comeBack({ personId: at.personId, callbackUrl }, signal)).toEqual(back)
  expect(at.emitted.map((event) => event.type)).toEqual(['mailbox.connected'])
})

test('a reconnect with another account is refused and changes nothing', async () => {
  const at = await mailboxesGround(database, { seed: 'other' })
  const id = await at.connect('anna@other.example')
  at.outside.account('ben@other.example', 'Ben Ito')
  const mailbox = { id, address: 'anna@other.example' }
  const { outcome } = await through(at, { mailbox }, { account: 'ben@other.example' })
  expect(outcome).toEqual({
    outcome: 'other_account',
    mailboxId: id,
    address: 'anna@other.example',
    level: 'full',
    endpoint: 'memory',
  })
  expect((await at.inside(mailboxesOf)).map((each) => each.address)).toEqual(['anna@other.example'])
})

test('a broken mailbox works again after a reconnect, and one that a person paused stays paused', async () => {
  const at = await mailboxesGround(database, { seed: 'again' })
  const id = await at.connect('anna@again.example')
  await at.inside((tx) =>
    sql`update mailbox set paused = true, health = 'reconnect_needed', health_reason = 'revoked'
        where workspace_id = ${at.workspaceId}`.execute(tx),
  )
  const mailbox = { id, address: 'anna@again.example' }
  expect((await through(at, { mailbox }, { account: mailbox.address })).outcome?.outcome).toBe('connected')
  const after = await at.inside((tx) => mailboxById(tx, id))
  expect([after?.health, after?.healthReason]).toEqual(['paused', undefined])
  expect(at.emitted.map((event) => event.type)).toEqual(['mailbox.connected', 'mailbox.reconnected'])
})

test('an address that a colleague connected is not connected a second time', async () => {
  const at = await mailboxesGround(database, { seed: 'colleague' })
  const personId = await ben(at)
  await at.connect('team@colleague.example')
  const { outcome } = await through(at, { personId }, { account: 'team@colleague.example' })
  expect([outcome?.outcome, outcome?.detail]).toEqual(['failed', 'address_connected'])
})

test.each([
  ['practice', 'real', 'mode_mismatch'],
  ['real', 'memory', 'mode_mismatch'],
  ['practice', 'unconfigured', 'endpoint_not_configured'],
  ['practice', 'nowhere', 'endpoint_unknown'],
] as const)('a %s workspace cannot connect at the endpoint %s', async (mode, endpoint, problem) => {
  const at = await mailboxesGround(database, { seed: `mode-${mode}-${endpoint}`, mode })
  expect(await at.mailboxes.startConsent(wish(at, { endpoint }))).toEqual({ ok: false, problem })
})

test('named members must be members', async () => {
  const at = await mailboxesGround(database, { seed: 'named' })
  const namedMembers = [at.ids.uuid()]
  expect(await at.mailboxes.startConsent(wish(at, { sharing: 'named', namedMembers }))).toEqual({
    ok: false,
    problem: 'named_unknown',
  })
})

test('of a state no more than its hash is kept, and of a verifier nothing once it was used', async () => {
  const at = await mailboxesGround(database, { seed: 'kept' })
  at.outside.account('anna@kept.example', 'Anna Keller')
  const { callbackUrl } = await through(at, {}, { account: 'anna@kept.example' })
  const { rows } = await at.inside((tx) =>
    sql<{ row: string; verifier: string }>`
      select to_jsonb(c)::text as row, code_verifier as verifier from consent_request c`.execute(tx),
  )
  const state = new URL(callbackUrl).searchParams.get('state') ?? 'no state'
  expect([rows.length, rows[0]?.verifier, rows[0]?.row.includes(state.split('.')[1] ?? state)]).toEqual([
    1,
    '',
    false,
  ])
})
