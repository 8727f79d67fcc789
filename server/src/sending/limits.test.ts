/** The daily limit against numbers that were worked out by hand: what leaves on which day, and what waits. */
import { sql } from 'kysely'
import { beforeAll, expect, test, vi } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { leaving } from '../testing/leases.ts'
import { groundContact, groundSender, queueMails } from '../testing/outbox.ts'
import { syncSchedule } from './schedule.ts'

vi.setConfig({ testTimeout: 120_000 }) // three hundred mails, one by one
const db = await testDatabase()
const { database } = db
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(database, { seed: 'limits' })
  mia = await groundContact(at, 'Mia Ford')
})

type Wish = Omit<Parameters<typeof groundSender>[1], 'address'>

async function sender(now: string, address: string, wish: Wish = {}): Promise<string> {
  await db.setNow(now)
  await at.inside((tx) => sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx))
  return await groundSender(at, { address, ...wish })
}

async function queue(
  mailboxId: string,
  prefix: string,
  count: number,
  kind: 'direct' | 'bulk',
): Promise<void> {
  await queueMails(at, { mailboxId, contactId: mia, kind, count, prefix })
}

async function leavingAt(...instants: readonly string[]): Promise<number[]> {
  const counts: number[] = []
  for (const instant of instants) {
    await db.setNow(instant)
    counts.push((await leaving(database, at)).length)
  }
  return counts
}

test('two addresses, one chosen: 300 of 310 leave, 10 wait for the next day, and the other address sends nothing', async () => {
  const one = await sender('2026-01-05T09:00:00Z', 'one@brand.practice.example')
  await groundSender(at, { address: 'other@brand.practice.example' })
  await queue(one, 'chosen', 310, 'bulk')
  expect(await leavingAt('2026-01-05T09:00:00Z', '2026-01-05T19:59:59Z', '2026-01-06T08:00:00Z')).toEqual([
    300, 0, 10,
  ])
})

test('two addresses, both chosen by hand: 600 leave the same day', async () => {
  const one = await sender('2026-01-05T09:00:00Z', 'left@brand.practice.example')
  const other = await groundSender(at, { address: 'right@brand.practice.example' })
  await queue(one, 'left', 300, 'bulk')
  await queue(other, 'right', 300, 'bulk')
  expect(await leavingAt('2026-01-05T09:00:00Z')).toEqual([600])
})

test('the day of 23 hours in Berlin: the next two may leave at 22:00 UTC, not at 23:00', async () => {
  const id = await sender('2026-03-28T23:00:00Z', 'spring@brand.practice.example', {
    limit: 2,
    zone: 'Europe/Berlin',
  })
  await queue(id, 'spring', 6, 'direct')
  expect(
    await leavingAt(
      '2026-03-28T23:00:00Z',
      '2026-03-29T21:59:59Z',
      '2026-03-29T22:00:00Z',
      '2026-03-30T22:00:00Z',
    ),
  ).toEqual([2, 0, 2, 2])
})

test('the day of 25 hours in Berlin: the next two wait until 23:00 UTC', async () => {
  const id = await sender('2026-10-24T22:00:00Z', 'autumn@brand.practice.example', {
    limit: 2,
    zone: 'Europe/Berlin',
  })
  await queue(id, 'autumn', 6, 'direct')
  expect(
    await leavingAt(
      '2026-10-24T22:00:00Z',
      '2026-10-25T22:00:00Z',
      '2026-10-25T22:59:59Z',
      '2026-10-25T23:00:00Z',
    ),
  ).toEqual([2, 0, 0, 2])
})

test('a limit lowered at noon below what has left: none more today, and the lower one tomorrow', async () => {
  const id = await sender('2026-01-05T09:00:00Z', 'noon@brand.practice.example', { limit: 20 })
  await queue(id, 'noon', 20, 'bulk')
  expect(await leavingAt('2026-01-05T09:00:00Z')).toEqual([20])
  await queue(id, 'later', 20, 'bulk')
  await limitTo(id, 12)
  expect(await leavingAt('2026-01-05T12:00:00Z', '2026-01-06T08:00:00Z')).toEqual([0, 12])
  await limitTo(id, 15)
  expect(await leavingAt('2026-01-06T12:00:00Z')).toEqual([3])
})

test('consumer Gmail: 300 in the evening, 150 the next morning, and the 451st a day after the first', async () => {
  const id = await sender('2026-01-05T19:00:00Z', 'anna@gmail.com')
  await queue(id, 'gmail', 460, 'bulk')
  expect(
    await leavingAt(
      '2026-01-05T19:00:00Z',
      '2026-01-06T08:00:00Z',
      '2026-01-06T18:59:59.999Z',
      '2026-01-06T19:00:00Z',
    ),
  ).toEqual([300, 150, 0, 10])
})

async function limitTo(mailboxId: string, limit: number): Promise<void> {
  await at.inside(async (tx) => {
    await sql`update mailbox set daily_limit = ${limit} where id = ${mailboxId}`.execute(tx)
    await syncSchedule(tx, mailboxId)
  })
}
