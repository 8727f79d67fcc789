import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { wallClock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import { openDatabase } from '../platform/db/index.ts'
import { testDatabase } from '../testing/database.ts'
import { mailboxesGround } from '../testing/mailboxes-ground.ts'
import type { MailboxesGround } from '../testing/mailboxes-ground.ts'
import type { Adapter } from './consent.ts'
import type { Mailboxes } from './index.ts'
import { mailboxById } from './index.ts'
import type { Outcome, ProviderFailure } from './provider.ts'
import { tokenChannel } from './store-grant.ts'

const testing = await testDatabase()
const { database } = testing
const { signal } = new AbortController()

async function identityBy(mailboxes: Mailboxes, at: MailboxesGround, id: string): Promise<string> {
  const opened = await mailboxes.open(at.workspaceId, id, 'identities')
  if (!opened.ok) return opened.failure.kind
  const answer = await opened.value.identity(signal)
  return answer.ok ? answer.value.address : `${answer.failure.kind} ${reasonOf(answer.failure)}`
}

function reasonOf(failure: ProviderFailure): string {
  return 'why' in failure ? failure.why : ''
}

/** The memory provider with a refresh that answers when the test says so. */
function slowRefresh(at: MailboxesGround) {
  const begun = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<Outcome<never> | 'as usual'>()
  let asked = 0
  const adapter: Adapter = {
    ...at.outside.adapter,
    consent: {
      ...at.outside.adapter.consent,
      async refresh(refreshToken, reach, at_) {
        asked += 1
        begun.resolve()
        const told = await answer.promise
        return told === 'as usual' ? at.outside.adapter.consent.refresh(refreshToken, reach, at_) : told
      },
    },
  }
  return { adapter, begun: begun.promise, answer: answer.resolve, asked: () => asked }
}

/** Resolves when one caller waits and its process would hear of a lease that ends. */
async function waitsListening(at: MailboxesGround, process: Database): Promise<void> {
  await at.clock.sleepers(1)
  await process.listen(tokenChannel, () => {}).ready
  await at.clock.sleepers(1)
}

async function grantRow(at: MailboxesGround) {
  const { rows } = await at.inside((tx) =>
    sql<{ state: string; broken_reason: string | null; token_version: number; refresh_lease: string | null }>`
      select state, broken_reason, token_version, refresh_lease from oauth_grant
      where workspace_id = ${at.workspaceId}`.execute(tx),
  )
  return rows[0]
}

test('forty callers in two processes make one refresh', async () => {
  const at = await mailboxesGround(database, { seed: 'stampede' })
  const id = await at.connect('anna@stampede.example')
  await at.clock.step({ hours: 1 })
  await using second = openDatabase({ url: testing.url, applicationName: 'second process', poolSize: 5 })
  const slow = slowRefresh(at)
  const parts = { adapter: slow.adapter, clock: { ...wallClock, now: at.clock.now } }
  const processes = [at.beside(database, parts), at.beside(second, parts)]
  const callers = Array.from({ length: 40 }, (_unused, n) => {
    const mailboxes = processes[n % 2]
    return mailboxes === undefined ? Promise.resolve('') : identityBy(mailboxes, at, id)
  })
  await slow.begun
  slow.answer('as usual')
  expect(new Set(await Promise.all(callers))).toEqual(new Set(['anna@stampede.example']))
  expect(slow.asked()).toBe(1)
  expect(await grantRow(at)).toEqual({
    state: 'active',
    broken_reason: null,
    token_version: 2,
    refresh_lease: null,
  })
})

test('whoever waits for the refresh of another process is woken by its end, however it ends', async () => {
  const at = await mailboxesGround(database, { seed: 'woken' })
  const id = await at.connect('anna@woken.example')
  await at.clock.step({ hours: 1 })
  await using second = openDatabase({ url: testing.url, applicationName: 'second process', poolSize: 2 })
  const [failing, slow] = [slowRefresh(at), slowRefresh(at)]
  const fails = identityBy(at.beside(database, { adapter: failing.adapter }), at, id)
  await failing.begun
  const renews = identityBy(at.beside(second, { adapter: slow.adapter }), at, id)
  await waitsListening(at, second)
  failing.answer({ ok: false, failure: { kind: 'transient', diagnostic: 'away' } })
  expect(await fails).toBe('transient ')
  await slow.begun
  const waits = identityBy(at.mailboxes, at, id)
  await waitsListening(at, database)
  slow.answer('as usual')
  expect(await Promise.all([renews, waits])).toEqual(['anna@woken.example', 'anna@woken.example'])
  expect([failing.asked(), slow.asked(), at.outside.refreshes]).toEqual([1, 1, 1])
})

test.each([
  ['goes an hour ahead', { hours: 1 }, 1],
  ['is an hour behind', { hours: -1 }, 0],
])(
  'a process whose clock %s uses what the others hold or renews it, and nobody loses the grant',
  async (name, apart, early) => {
    const seed = `skewed-${early}`
    const at = await mailboxesGround(database, { seed })
    const address = `anna@${seed}.example`
    const id = await at.connect(address)
    const clock = { ...wallClock, now: () => at.clock.now().add(apart) }
    const skewed = at.beside(database, { clock })
    const each = async () => [await identityBy(skewed, at, id), await identityBy(at.mailboxes, at, id)]
    expect([name, await each(), at.outside.refreshes]).toEqual([name, [address, address], early])
    await at.clock.step({ hours: 1 })
    expect([name, await each(), (await grantRow(at))?.state]).toEqual([name, [address, address], 'active'])
  },
)

test('tokens that came while the database was away are stored when it is back, and not asked for again', async () => {
  const at = await mailboxesGround(database, { seed: 'away' })
  const id = await at.connect('anna@away.example')
  await at.clock.step({ hours: 1 })
  const slow = slowRefresh(at)
  let away = false
  const leaving: Database = {
    ...database,
    inWorkspace: (workspaceId, fn) =>
      away ? Promise.reject(new Error('away')) : database.inWorkspace(workspaceId, fn),
  }
  const asks = identityBy(at.beside(leaving, { adapter: slow.adapter }), at, id)
  await slow.begun
  away = true
  slow.answer('as usual')
  await at.clock.sleepers(1)
  away = false
  await at.clock.step({ seconds: 1 })
  expect(await asks).toBe('anna@away.example')
  expect([at.outside.refreshes, (await grantRow(at))?.token_version]).toEqual([1, 2])
})

test('a late refusal of tokens that were replaced meanwhile disconnects nothing', async () => {
  const at = await mailboxesGround(database, { seed: 'late' })
  const id = await at.connect('anna@late.example')
  await at.clock.step({ hours: 1 })
  const slow = slowRefresh(at)
  const late = identityBy(at.beside(database, { adapter: slow.adapter }), at, id)
  await slow.begun
  await at.connect('anna@late.example')
  slow.answer({ ok: false, failure: { kind: 'unauthorised', why: 'revoked', diagnostic: 'invalid_grant' } })
  expect(await late).toBe('anna@late.example')
  expect((await at.inside((tx) => mailboxById(tx, id)))?.health).toBe('active')
  expect(at.emitted.map((event) => event.type)).toEqual(['mailbox.connected', 'mailbox.changed'])
})

test('a grant that ended is found at the first failing call, told once, and holds the outbox', async () => {
  const at = await mailboxesGround(database, { seed: 'ended' })
  const id = await at.connect('anna@ended.example')
  at.outside.endGrants('anna@ended.example')
  expect(await identityBy(at.mailboxes, at, id)).toBe('unauthorised revoked')
  expect(await identityBy(at.mailboxes, at, id)).toBe('unauthorised revoked')
  const mailbox = await at.inside((tx) => mailboxById(tx, id))
  expect([mailbox?.health, mailbox?.healthReason]).toEqual(['reconnect_needed', 'revoked'])
  expect(at.emitted.slice(1)).toEqual([
    {
      workspaceId: at.workspaceId,
      type: 'mailbox.broken',
      subject: id,
      payload: {
        mailboxId: id,
        address: 'anna@ended.example',
        ownerId: at.personId,
        health: 'reconnect_needed',
        reason: 'revoked',
      },
    },
  ])
  expect(at.synced).toEqual([id, id])
  expect(at.outside.refreshes).toBe(1)
})

test('a refresh that fails for the moment breaks nothing and is asked again', async () => {
  const at = await mailboxesGround(database, { seed: 'moment' })
  const id = await at.connect('anna@moment.example')
  await at.clock.step({ hours: 1 })
  const slow = slowRefresh(at)
  slow.answer({ ok: false, failure: { kind: 'transient', diagnostic: 'away' } })
  expect(await identityBy(at.beside(database, { adapter: slow.adapter }), at, id)).toBe('transient ')
  expect(await grantRow(at)).toEqual({
    state: 'active',
    broken_reason: null,
    token_version: 1,
    refresh_lease: null,
  })
  expect(await identityBy(at.mailboxes, at, id)).toBe('anna@moment.example')
})

test('a process that died while refreshing keeps the others waiting no longer than its lease', async () => {
  const at = await mailboxesGround(database, { seed: 'died' })
  const id = await at.connect('anna@died.example')
  await at.clock.step({ hours: 1 })
  await at.inside((tx) =>
    sql`update oauth_grant set refresh_lease = ${at.ids.uuid()},
        refresh_lease_until = kontor_now() + interval '90 seconds' where workspace_id = ${at.workspaceId}`.execute(
      tx,
    ),
  )
  const waits = identityBy(at.mailboxes, at, id)
  await at.clock.sleepers(1)
  await testing.step({ seconds: 91 })
  await at.clock.step({ seconds: 1 })
  expect(await waits).toBe('anna@died.example')
})

test('a process that cannot be seen for a moment is not refreshed beside, and what came first is kept where it was', async () => {
  const at = await mailboxesGround(database, { seed: 'unseen' })
  const id = await at.connect('anna@unseen.example')
  await at.clock.step({ hours: 1 })
  const [unseen, beside] = [slowRefresh(at), slowRefresh(at)]
  const first = identityBy(at.beside(database, { adapter: unseen.adapter }), at, id)
  await unseen.begun
  await at.inside((tx) =>
    sql`update oauth_grant set refresh_holder = 1 where workspace_id = ${at.workspaceId}`.execute(tx),
  )
  const second = identityBy(at.beside(database, { adapter: beside.adapter }), at, id)
  await at.clock.sleepers(1)
  expect(beside.asked()).toBe(0)
  await testing.step({ seconds: 5 })
  await at.clock.step({ seconds: 1 })
  await beside.begun
  unseen.answer('as usual')
  expect(await first).toBe('anna@unseen.example')
  beside.answer({ ok: false, failure: { kind: 'unauthorised', why: 'revoked', diagnostic: 'used before' } })
  expect([await second, await grantRow(at)]).toMatchObject([
    'anna@unseen.example',
    { state: 'active', token_version: 2 },
  ])
})

test('a process that is known to be gone keeps nobody waiting for its refresh', async () => {
  const at = await mailboxesGround(database, { seed: 'known-dead' })
  const id = await at.connect('anna@known-dead.example')
  await at.clock.step({ hours: 1 })
  const nobody = 1
  await at.inside((tx) =>
    sql`update oauth_grant set refresh_lease = gen_random_uuid(), refresh_lease_until = kontor_now() + interval '84 seconds',
      refresh_holder = ${nobody} where workspace_id = ${at.workspaceId}`.execute(tx),
  )
  expect(await identityBy(at.beside(database, {}), at, id)).toBe('anna@known-dead.example')
})

test('new tokens that are refused for a moment disconnect nothing, for ten minutes without a success they do', async () => {
  const at = await mailboxesGround(database, { seed: 'refused' })
  const id = await at.connect('anna@refused.example')
  const refusing = at.beside(database, {
    adapter: {
      ...at.outside.adapter,
      open: (tokens) => ({
        ...at.outside.adapter.open(tokens),
        async identity(until) {
          await tokens.current(until)
          return { ok: false, failure: { kind: 'unauthorised', why: 'token_refused', diagnostic: '401' } }
        },
      }),
    },
  })
  expect(await identityBy(refusing, at, id)).toBe('transient ')
  await testing.step({ minutes: 31 })
  expect(await identityBy(refusing, at, id)).toBe('transient ')
  await testing.step({ minutes: 9 })
  expect(await identityBy(refusing, at, id)).toBe('transient ')
  expect(await identityBy(at.mailboxes, at, id)).toBe('anna@refused.example')
  await testing.step({ minutes: 20 })
  expect(await identityBy(refusing, at, id)).toBe('transient ')
  await testing.step({ minutes: 9 })
  expect(await identityBy(refusing, at, id)).toBe('transient ')
  expect((await at.inside((tx) => mailboxById(tx, id)))?.health).toBe('active')
  await testing.step({ minutes: 1 })
  expect(await identityBy(refusing, at, id)).toBe('unauthorised token_refused')
  expect((await at.inside((tx) => mailboxById(tx, id)))?.healthReason).toBe('token_refused')
})

test('tokens lie sealed in the database', async () => {
  const at = await mailboxesGround(database, { seed: 'sealed' })
  await at.connect('anna@sealed.example')
  const { rows } = await at.inside((tx) =>
    sql<{ access_token: string; refresh_token: string }>`
      select access_token, refresh_token from oauth_grant where workspace_id = ${at.workspaceId}`.execute(tx),
  )
  expect(rows).toEqual([
    { access_token: expect.stringMatching(/^v1\.a\./), refresh_token: expect.stringMatching(/^v1\.a\./) },
  ])
})
