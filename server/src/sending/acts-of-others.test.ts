import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { leaving } from '../testing/leases.ts'
import { groundContact, groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import { releaseMailbox } from './acts-of-others.ts'
import type { MailKind } from './submission.ts'

const db = await testDatabase()
const { database } = db
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(database, { seed: 'of-others' })
  mia = await groundContact(at, 'Mia Ford')
})

/** Two mailboxes, the first of which is going to be disconnected. */
async function arrange(name: string): Promise<{ going: string; staying: string }> {
  await db.setNow('2026-01-05T09:00:00Z')
  await at.inside((tx) => sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx))
  at.emitted.length = 0
  const going = await groundSender(at, { address: `${name}@brand.practice.example` })
  return { going, staying: await groundSender(at, { address: `${name}.else@brand.practice.example` }) }
}

async function queue(
  mailboxId: string,
  kind: MailKind,
  prefix: string,
  time: string,
  count = 1,
): Promise<void> {
  await db.setNow(`2026-01-05T${time}:00Z`)
  await queueMails(at, { mailboxId, contactId: mia, kind, count, prefix })
}

async function goes(mailboxId: string): Promise<void> {
  await at.inside(async (tx) => {
    await sql`update mailbox set health = 'disconnected', disconnected_at = kontor_now() where id = ${mailboxId}`.execute(
      tx,
    )
    await sql`update mailbox_schedule set stopped = 'disconnected', next_at = null where mailbox_id = ${mailboxId}`.execute(
      tx,
    )
  })
}

async function standing(mailboxId: string): Promise<readonly unknown[]> {
  const { rows } = await at.inside((tx) =>
    sql`select state, reason->>'code' as code, count(*)::int as n from submission
      where mailbox_id = ${mailboxId} group by 1, 2 order by 1`.execute(tx),
  )
  return rows
}

const told = (type: string) => at.emitted.filter((event) => event.type === type).length

test('of a mailbox that is disconnected what waits is held, for want of a mailbox, and each is told', async () => {
  const { going } = await arrange('hold')
  await queue(going, 'bulk', 'hold', '09:00', 3)
  await goes(going)
  expect(await at.inside((tx) => releaseMailbox(at, tx, going, { choice: 'hold' }))).toBe(3)
  expect(await standing(going)).toEqual([{ state: 'held', code: 'mailbox_disconnected', n: 3 }])
  expect(told('submission.held')).toBe(3)
})

test('or cancelled, also what was on hold', async () => {
  const { going } = await arrange('cancel')
  await queue(going, 'bulk', 'cancel', '09:00', 2)
  await at.inside((tx) =>
    sql`update submission set state = 'held', reason = '{"code": "by_person"}' where key = 'cancel-0'`.execute(
      tx,
    ),
  )
  await goes(going)
  expect(await at.inside((tx) => releaseMailbox(at, tx, going, { choice: 'cancel' }))).toBe(2)
  expect(await standing(going)).toEqual([{ state: 'cancelled', code: 'mailbox_disconnected', n: 2 }])
  expect(told('submission.cancelled')).toBe(2)
})

test('or leaves from another mailbox, in its rank and by the time it was queued', async () => {
  const { going, staying } = await arrange('elsewhere')
  await queue(going, 'bulk', 'first', '09:01')
  await queue(staying, 'bulk', 'there', '09:02')
  await queue(going, 'bulk', 'third', '09:03')
  await queue(going, 'invitation', 'higher', '09:04')
  await at.inside((tx) =>
    sql`update mailbox_schedule set stopped = 'paused' where mailbox_id = ${staying}`.execute(tx),
  )
  await goes(going)
  const choice = { choice: 'reassign', to: staying } as const
  expect(await at.inside((tx) => releaseMailbox(at, tx, going, choice))).toBe(3)
  await at.inside((tx) =>
    sql`update mailbox_schedule set stopped = null, next_at = kontor_now() where mailbox_id = ${staying}`.execute(
      tx,
    ),
  )
  expect(await leaving(database, at)).toEqual(['higher-0', 'first-0', 'there-0', 'third-0'])
})

test('what is on its way when its mailbox is disconnected is left alone', async () => {
  const { going } = await arrange('on-its-way')
  await queue(going, 'direct', 'on-its-way', '09:00')
  await leaseAll(database, 'w', () => Promise.resolve())
  await goes(going)
  expect(await at.inside((tx) => releaseMailbox(at, tx, going, { choice: 'cancel' }))).toBe(0)
  expect(await standing(going)).toEqual([{ state: 'leased', code: null, n: 1 }])
})
