import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../platform/db/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { silentLog } from '../platform/log/index.ts'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact, groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import { lease } from './lease.ts'
import { syncSchedule } from './schedule.ts'
import type { Lease } from './store-lease.ts'
import { expiredLeases, leaseSeconds } from './store-lease.ts'
import { throttle } from './store-schedule.ts'
import { endAccepted, expireLease, refund } from './store-submission.ts'
import { submissionStates, transitions } from './submission.ts'

const db = await testDatabase()
const { database } = db
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(database, { seed: 'lease' })
  mia = await groundContact(at, 'Mia Ford')
})

/** The provider took it. */
async function accepted(taken: Lease): Promise<void> {
  await database.inWorkspace(taken.workspaceId, async (tx) => {
    await sql`update submission set call_started_at = kontor_now(), state = 'accepted', accepted_at = kontor_now(), settled_at = kontor_now(),
      lease_until = null where id = ${taken.submissionId} and state = 'leased' and lease_id = ${taken.leaseId}`.execute(
      tx,
    )
    await sql`update mailbox_schedule set next_at = kontor_now() where mailbox_id = ${taken.mailboxId} and stopped is null`.execute(
      tx,
    )
  })
}

async function keysOf(leases: readonly Lease[]): Promise<string[]> {
  const keys = await at.inside(async (tx) => {
    const { rows } = await sql<{ id: string; key: string }>`select id, key from submission`.execute(tx)
    return new Map(rows.map((row) => [row.id, row.key]))
  })
  return leases.map((one) => keys.get(one.submissionId) ?? '?')
}

async function setUp(name: string, wish: Partial<Parameters<typeof groundSender>[1]> = {}): Promise<string> {
  await db.setNow('2026-01-05T09:00:00Z')
  await at.inside((tx) => sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx))
  return await groundSender(at, { address: `${name}@brand.practice.example`, ...wish })
}

test('of 301 mails 300 leave today and one tomorrow', async () => {
  const mailboxId = await setUp('three-hundred')
  await queueMails(at, { mailboxId, contactId: mia, kind: 'invitation', count: 301, prefix: 'cap' })
  expect((await leaseAll(database, 'w', accepted)).length).toBe(300)
  await db.setNow('2026-01-05T19:59:00Z')
  expect(await leaseAll(database, 'w', accepted)).toEqual([])
  await db.setNow('2026-01-06T08:00:00Z')
  expect(await keysOf(await leaseAll(database, 'w', accepted))).toEqual(['cap-300'])
})

test('a mailbox whose day is used up keeps no mail of another waiting, however much stands before it', async () => {
  const full = await setUp('used-up', { limit: 1 })
  await queueMails(at, { mailboxId: full, contactId: mia, kind: 'invitation', count: 400, prefix: 'full' })
  expect(await keysOf(await leaseAll(database, 'w', accepted))).toEqual(['full-0'])
  const free = await groundSender(at, { address: 'free@brand.practice.example' })
  await queueMails(at, { mailboxId: free, contactId: mia, kind: 'rejection', count: 1, prefix: 'free' })
  expect(await keysOf(await leaseAll(database, 'w', accepted))).toEqual(['free-0'])
})

test('four dispatchers on one mailbox take exactly its limit, each mail once', async () => {
  const mailboxId = await setUp('race', { limit: 40 })
  await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 60, prefix: 'race' })
  const others = [1, 2, 3].map((n) =>
    openDatabase({ url: db.url, applicationName: `race-${n}`, poolSize: 1 }),
  )
  const taken = await Promise.all([database, ...others].map((one, n) => leaseAll(one, `w${n}`, accepted)))
  // nobody waits for another's lock, so all of them may stop before the end
  const rest = await leaseAll(database, 'w', accepted)
  const ids = [...taken, rest].flat().map((one) => one.submissionId)
  expect([ids.length, new Set(ids).size]).toEqual([40, 40])
  for (const one of others) await one[Symbol.asyncDispose]()
})

test('the ranks are strict and first in, first out inside a rank', async () => {
  const mailboxId = await setUp('ranks')
  for (const kind of ['rejection', 'bulk', 'approval', 'invitation', 'direct'] as const) {
    await queueMails(at, { mailboxId, contactId: mia, kind, count: 2, prefix: `rank-${kind}` })
  }
  expect(await keysOf(await leaseAll(database, 'w', accepted))).toEqual(
    ['direct', 'invitation', 'approval', 'bulk', 'rejection'].flatMap((kind) => [
      `rank-${kind}-0`,
      `rank-${kind}-1`,
    ]),
  )
})

test('enqueueing overrides neither the pace nor the provider that told us to wait', async () => {
  const mailboxId = await setUp('pace', { pace: 3 })
  await queueMails(at, { mailboxId, contactId: mia, kind: 'invitation', count: 2, prefix: 'pace' })
  expect((await leaseAll(database, 'w', accepted)).length).toBe(1)
  await queueMails(at, { mailboxId, contactId: mia, kind: 'invitation', count: 1, prefix: 'pace-more' })
  expect(await leaseAll(database, 'w', accepted)).toEqual([])
  await db.step({ seconds: 4 })
  expect(await keysOf(await leaseAll(database, 'w', accepted))).toEqual(['pace-1'])
  await at.inside((tx) => throttle(tx, mailboxId, Temporal.Instant.from('2026-01-05T09:30:00Z')))
  await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 1, prefix: 'pace-direct' })
  expect(await leaseAll(database, 'w', accepted)).toEqual([])
  await db.setNow('2026-01-05T09:30:00Z')
  expect(await keysOf(await leaseAll(database, 'w', accepted))).toEqual(['pace-direct-0', 'pace-more-0'])
})

test('while a ranked mail is on its way no other ranked mail leaves, but direct mail does', async () => {
  const mailboxId = await setUp('in-flight')
  await queueMails(at, { mailboxId, contactId: mia, kind: 'rejection', count: 1, prefix: 'slow' })
  const first = await leaseAll(database, 'w', () => Promise.resolve())
  await queueMails(at, { mailboxId, contactId: mia, kind: 'invitation', count: 1, prefix: 'quick' })
  await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 1, prefix: 'quick-direct' })
  expect(await keysOf(await leaseAll(database, 'w', accepted))).toEqual(['quick-direct-0'])
  for (const one of first) await accepted(one)
  expect(await keysOf(await leaseAll(database, 'w', accepted))).toEqual(['quick-0'])
})

test('one address connected in two workspaces shares one daily count', async () => {
  const here = await setUp('shared', { limit: 10 })
  const elsewhere = await ground(database, { seed: 'lease-elsewhere' })
  const theirs = await groundContact(elsewhere, 'Mia Ford')
  const there = await groundSender(elsewhere, { address: 'shared@brand.practice.example', limit: 300 })
  await queueMails(at, { mailboxId: here, contactId: mia, kind: 'invitation', count: 8, prefix: 'here' })
  await queueMails(elsewhere, {
    mailboxId: there,
    contactId: theirs,
    kind: 'invitation',
    count: 8,
    prefix: 'there',
  })
  expect((await leaseAll(database, 'w', accepted)).length).toBe(10)
  await db.setNow('2026-01-06T08:00:00Z')
  expect((await leaseAll(database, 'w', accepted)).length).toBe(6)
})

test('a limit raised in one workspace lets the same address send in the other at once', async () => {
  const here = await setUp('raised', { limit: 5 })
  const elsewhere = await ground(database, { seed: 'lease-raised' })
  const theirs = await groundContact(elsewhere, 'Mia Ford')
  const there = await groundSender(elsewhere, { address: 'raised@brand.practice.example', limit: 300 })
  await queueMails(elsewhere, {
    mailboxId: there,
    contactId: theirs,
    kind: 'invitation',
    count: 7,
    prefix: 'there',
  })
  expect((await leaseAll(database, 'w', accepted)).length).toBe(5)
  await at.inside(async (tx) => {
    await sql`update mailbox set daily_limit = 7 where id = ${here}`.execute(tx)
    await syncSchedule(tx, here)
  })
  expect((await leaseAll(database, 'w', accepted)).length).toBe(2)
})

test('a limit lowered at noon counts at once', async () => {
  const mailboxId = await setUp('lowered')
  await queueMails(at, { mailboxId, contactId: mia, kind: 'bulk', count: 30, prefix: 'low' })
  let sent = 0
  const stopAtTen = async (taken: Lease): Promise<void> => {
    await accepted(taken)
    sent += 1
    if (sent !== 10) return
    await at.inside(async (tx) => {
      await sql`update mailbox set daily_limit = 12 where id = ${mailboxId}`.execute(tx)
      await syncSchedule(tx, mailboxId)
    })
  }
  expect((await leaseAll(database, 'w', stopAtTen)).length).toBe(12)
})

test('a zone moved there and back at noon gives no second day and takes none away', async () => {
  const mailboxId = await setUp('moved', { limit: 5, zone: 'Europe/Berlin' })
  await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 20, prefix: 'move' })
  expect((await leaseAll(database, 'w', accepted)).length).toBe(5)
  for (const zone of ['Asia/Tokyo', 'America/New_York', 'Europe/Berlin']) {
    await moveZone(mailboxId, zone)
    expect(await leaseAll(database, 'w', accepted)).toEqual([])
  }
  await db.setNow('2026-01-05T22:59:59Z')
  expect(await leaseAll(database, 'w', accepted)).toEqual([])
  await db.setNow('2026-01-05T23:00:00Z')
  expect((await leaseAll(database, 'w', accepted)).length).toBe(5)
})

test('a zone moved westward at noon: the day goes on until the new midnight, and no calendar day of either gets more', async () => {
  const mailboxId = await setUp('west', { limit: 5, zone: 'Europe/Berlin' })
  await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 20, prefix: 'west' })
  expect((await leaseAll(database, 'w', accepted)).length).toBe(5)
  await moveZone(mailboxId, 'America/New_York')
  await db.setNow('2026-01-06T04:59:59Z')
  expect(await leaseAll(database, 'w', accepted)).toEqual([])
  await db.setNow('2026-01-06T05:00:00Z')
  expect((await leaseAll(database, 'w', accepted)).length).toBe(5)
})

test('a zone moved after days of silence begins with a fresh day', async () => {
  const mailboxId = await setUp('silent', { limit: 5, zone: 'Europe/Berlin' })
  await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 5, prefix: 'before' })
  expect((await leaseAll(database, 'w', accepted)).length).toBe(5)
  await db.setNow('2026-01-09T12:00:00Z')
  await moveZone(mailboxId, 'America/New_York')
  await queueMails(at, { mailboxId, contactId: mia, kind: 'direct', count: 9, prefix: 'after' })
  expect((await leaseAll(database, 'w', accepted)).length).toBe(5)
})

async function moveZone(mailboxId: string, zone: string): Promise<void> {
  await at.inside(async (tx) => {
    await sql`update mailbox set zone = ${zone} where id = ${mailboxId}`.execute(tx)
    await syncSchedule(tx, mailboxId)
  })
}

test('a lease that runs out before the call waits again and its allowance returns; after the call it is in doubt', async () => {
  const mailboxId = await setUp('expiry', { limit: 1 })
  await queueMails(at, { mailboxId, contactId: mia, kind: 'invitation', count: 1, prefix: 'exp' })
  const [first] = await leaseAll(database, 'dies', () => Promise.resolve())
  await db.step({ seconds: 121 })
  await recover()
  const [second] = await lease(database, { mailboxes: 10, ttlSeconds: 120, worker: 'dies too' })
  expect(second?.submissionId).toBe(first?.submissionId)
  await at.inside((tx) =>
    sql`update submission set call_started_at = kontor_now() where id = ${second?.submissionId}`.execute(tx),
  )
  await db.step({ seconds: 121 })
  await recover()
  expect(await stateOf(second?.submissionId ?? '')).toEqual({ state: 'in_doubt', charged: true })
})

test('a worker that is gone holds nothing: what it had not begun waits again at once, what it had is in doubt', async () => {
  const mailboxId = await setUp('gone')
  const other = await setUp('gone-too')
  for (const [box, key] of [
    [mailboxId, 'gone'],
    [other, 'begun'],
  ] as const) {
    await at.inside((tx) =>
      sql`update mailbox_schedule set stopped = null, next_at = kontor_now() where mailbox_id = ${box}`.execute(
        tx,
      ),
    )
    await queueMails(at, { mailboxId: box, contactId: mia, kind: 'bulk', count: 1, prefix: key })
  }
  const leases = await leaseOf(await someProcess(), 'gone')
  const begun = leases.find((one) => one.mailboxId === other)?.submissionId ?? ''
  const waiting = leases.find((one) => one.mailboxId === mailboxId)?.submissionId ?? ''
  await at.inside((tx) =>
    sql`update submission set call_started_at = kontor_now() where id = ${begun}`.execute(tx),
  )
  await db.step({ seconds: 4 })
  await recover()
  expect([await stateOf(waiting), await stateOf(begun)]).toMatchObject([
    { state: 'leased' },
    { state: 'leased' },
  ])
  await db.step({ seconds: 2 })
  await recover()
  expect([await stateOf(waiting), await stateOf(begun)]).toEqual([
    { state: 'queued', charged: false },
    { state: 'in_doubt', charged: true },
  ])
})

test('a worker that lives holds what it leased until it runs out', async () => {
  const mailboxId = await setUp('lives')
  await queueMails(at, { mailboxId, contactId: mia, kind: 'bulk', count: 1, prefix: 'lives' })
  await using living = await someProcess()
  const [taken] = await lease(living, { mailboxes: 1, ttlSeconds: leaseSeconds, worker: 'lives' })
  await db.step({ seconds: 119 })
  await recover()
  expect(await stateOf(taken?.submissionId ?? '')).toMatchObject({ state: 'leased' })
  await db.step({ seconds: 2 })
  await recover()
  expect(await stateOf(taken?.submissionId ?? '')).toMatchObject({ state: 'queued' })
})

test('the answer of a worker that was taken for gone still counts', async () => {
  const mailboxId = await setUp('late-answer')
  await queueMails(at, { mailboxId, contactId: mia, kind: 'bulk', count: 1, prefix: 'late-answer' })
  const [taken] = await leaseOf(await someProcess(), 'late')
  if (taken === undefined) throw new Error('nothing was leased')
  await at.inside((tx) =>
    sql`update submission set call_started_at = kontor_now() where id = ${taken.submissionId}`.execute(tx),
  )
  await db.step({ seconds: 6 })
  await recover()
  await at.inside((tx) => endAccepted(tx, [taken]))
  expect(await stateOf(taken.submissionId)).toEqual({ state: 'accepted', charged: true })
})

test('a lease does not wait for the disk; the transaction after it does', async () => {
  const waits = async (tx: Tx) => {
    const { rows } = await sql<{
      waits: string
    }>`select current_setting('synchronous_commit') as waits`.execute(tx)
    return rows[0]?.waits
  }
  await using one = openDatabase({ url: db.url, applicationName: 'test', poolSize: 1 })
  await one.call((only) => sql`set synchronous_commit = on`.execute(only))
  const leasing = await one.inSystem(async (tx) => {
    await sql`select * from outbox_take('[]', '1 minute', 'w', null)`.execute(tx)
    return await waits(tx)
  })
  expect([leasing, await one.inSystem(waits)]).toEqual(['off', 'on'])
})

test('the database refuses every move that the table does not list', async () => {
  const mailboxId = await setUp('moves')
  const refused: string[] = []
  for (const from of submissionStates) {
    for (const to of submissionStates) {
      if (from === to) continue
      const outcome = await attempt(mailboxId, from, to)
      if (outcome === transitions[from].includes(to)) continue
      refused.push(`${from} to ${to}`)
    }
  }
  expect(refused).toEqual([])
})

/** A process that listened, leases, and is gone. */
async function leaseOf(gone: Database, worker: string): Promise<readonly Lease[]> {
  const leases = await lease(gone, { mailboxes: 10, ttlSeconds: leaseSeconds, worker })
  await gone[Symbol.asyncDispose]()
  return leases
}

async function someProcess(): Promise<Database> {
  const process = openDatabase({ url: db.url, applicationName: 'test', log: silentLog })
  await process.listen('nothing', () => {}).ready
  return process
}

async function recover(): Promise<void> {
  for (const ref of await expiredLeases(database, 10)) {
    await database.inWorkspace(ref.workspaceId, async (tx) => {
      const expired = await expireLease(tx, ref.submissionId)
      if (expired?.to === 'queued') await refund(tx, expired)
    })
  }
}

async function stateOf(id: string): Promise<unknown> {
  return await at.inside(async (tx) => {
    const { rows } = await sql<{ state: string; charged: boolean }>`
      select state, charged_from is not null as charged from submission where id = ${id}`.execute(tx)
    return rows[0]
  })
}

const ways: Readonly<Record<string, readonly string[]>> = {
  queued: [],
  leased: ['leased'],
  accepted: ['leased', 'accepted'],
  failed: ['leased', 'failed'],
  in_doubt: ['leased', 'in_doubt'],
  held: ['held'],
  cancelled: ['cancelled'],
  suppressed: ['suppressed'],
}

/** Whether the database lets a mail go from one state to another. The transaction is always undone. */
async function attempt(mailboxId: string, from: string, to: string): Promise<boolean> {
  const [id] = await queueMails(at, {
    mailboxId,
    contactId: mia,
    kind: 'bulk',
    count: 1,
    prefix: `${from}-${to}`,
  })
  try {
    await at.inside(async (tx) => {
      for (const step of ways[from] ?? []) await put(tx, id ?? '', step)
      await put(tx, id ?? '', to)
    })
    return true
  } catch (error) {
    if (String(error).includes('cannot go from')) return false
    throw error
  }
}

async function put(tx: Tx, id: string, state: string): Promise<void> {
  const final = ['accepted', 'failed', 'cancelled', 'suppressed'].includes(state)
  await sql`update submission set state = ${state}, lease_id = gen_random_uuid(), lease_until = kontor_now(), call_started_at = kontor_now(),
    in_doubt_since = kontor_now(), settled_at = ${final ? sql`kontor_now()` : sql`null`},
    accepted_at = ${state === 'accepted' ? sql`kontor_now()` : sql`null`} where id = ${id}`.execute(tx)
}
