import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { somebodyWaits, testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { leaving } from '../testing/leases.ts'
import { groundContact, groundSender, leaseAll, queueMails } from '../testing/outbox.ts'
import { beginDeciding, decidePiece, steerDeciding } from './decide-waiting.ts'
import { planMove } from './outbox.ts'
import { forecastAll } from './outlook.ts'
import { syncSchedule } from './schedule.ts'
import { decisionFor } from './store-decision.ts'
import type { WaitingChoice } from './store-decision.ts'
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

const of = (mailboxId: string) => ({ workspaceId: at.workspaceId, mailboxId })
const begin = (mailboxId: string, wish: WaitingChoice) =>
  at.inside((tx) => beginDeciding(at, tx, of(mailboxId), wish))
const piece = (mailboxId: string, run?: number) => at.inside((tx) => decidePiece(at, tx, of(mailboxId), run))
const decision = (mailboxId: string) => at.inside((tx) => decisionFor(tx, mailboxId))
const steer = (mailboxId: string, wish: 'stop' | 'resume') =>
  at.inside((tx) => steerDeciding(at, tx, of(mailboxId), wish))

/** To the end, as long as the event of each piece asks for the next. Gives how many it were. */
async function decided(mailboxId: string, wish: WaitingChoice): Promise<number | undefined> {
  let count = await begin(mailboxId, wish)
  while (
    at.emitted.findLast(({ type }) => type === 'mailbox.waiting_decided')?.payload['state'] === 'running'
  )
    count = await piece(mailboxId)
  return count
}

const told = (type: string) => at.emitted.filter((event) => event.type === type).length

test('of a mailbox that is disconnected what waits is held, for want of a mailbox, and each is told', async () => {
  const { going } = await arrange('hold')
  await queue(going, 'bulk', 'hold', '09:00', 3)
  await goes(going)
  expect(await decided(going, { choice: 'hold' })).toBe(3)
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
  expect(await decided(going, { choice: 'cancel' })).toBe(2)
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
  expect(await decided(going, choice)).toBe(3)
  await at.inside((tx) =>
    sql`update mailbox_schedule set stopped = null, next_at = kontor_now() where mailbox_id = ${staying}`.execute(
      tx,
    ),
  )
  expect(await leaving(database, at)).toEqual(['higher-0', 'first-0', 'there-0', 'third-0'])
})

test('many are decided piece by piece, each in a transaction of its own; a process that dies loses none and decides none twice', async () => {
  const { going } = await arrange('pieces')
  await queue(going, 'bulk', 'pieces', '09:00', 1200)
  await goes(going)
  const seen = [await begin(going, { choice: 'hold' }), await decision(going)]
  const died = at.inside(async (tx) => {
    await decidePiece(at, tx, of(going), undefined)
    throw new Error('the process died')
  })
  await expect(died).rejects.toThrow('the process died')
  seen.push(await decision(going))
  const wish = { choice: 'hold' }
  const half = { wish, state: 'running', total: 1200, done: 500 }
  expect(seen).toEqual([undefined, half, half])
  expect([await piece(going), await piece(going), await piece(going)]).toEqual([undefined, undefined, 1200])
  expect(await decision(going)).toEqual({ wish, state: 'done', total: 1200, done: 1200 })
  expect(await standing(going)).toEqual([{ state: 'held', code: 'mailbox_disconnected', n: 1200 }])
})

test('of those that move the highest ranks go first, so that none is overtaken in the other mailbox', async () => {
  const { going, staying } = await arrange('ranks')
  await queue(going, 'rejection', 'low', '09:00', 400)
  await queue(going, 'invitation', 'high', '09:01', 300)
  await goes(going)
  await begin(going, { choice: 'reassign', to: staying })
  const { rows } = await at.inside((tx) =>
    sql`select kind, count(*)::int as n from submission where mailbox_id = ${staying} group by 1 order by 1`.execute(
      tx,
    ),
  )
  expect(rows).toEqual([
    { kind: 'invitation', n: 300 },
    { kind: 'rejection', n: 200 },
  ])
})

test('a person stops between two pieces: what is decided stays decided, the rest waits and does not leave, and it may go on', async () => {
  const { going, staying } = await arrange('stopped')
  await queue(going, 'bulk', 'stopped', '09:00', 700)
  await goes(going)
  const wish = { choice: 'reassign', to: staying } as const
  await begin(going, wish)
  expect([await steer(going, 'stop'), await steer(going, 'stop')]).toEqual([true, false])
  expect([await piece(going), await standing(going)]).toEqual([
    undefined,
    [{ state: 'queued', code: null, n: 200 }],
  ])
  expect(await decision(going)).toEqual({ wish, state: 'stopped', why: 'by_person', total: 700, done: 500 })
  expect([await steer(going, 'resume'), await steer(going, 'resume')]).toEqual([true, false])
  expect([await piece(going, 2), await piece(going, 2), await standing(going)]).toEqual([undefined, 700, []])
})

test('however often it is stopped and gone on with, one piece comes after the other: what was to bring the next one before brings none', async () => {
  const { going } = await arrange('swaps')
  await queue(going, 'bulk', 'swaps', '09:00', 1100)
  await goes(going)
  await begin(going, { choice: 'cancel' })
  for (let n = 0; n < 3; n++) {
    await steer(going, 'stop')
    await steer(going, 'resume')
  }
  const pieces: unknown[] = []
  for (const { type, payload } of at.emitted.slice()) {
    if (type !== 'mailbox.waiting_decided' || payload['state'] !== 'running') continue
    await piece(going, Number(payload['run']))
    pieces.push([payload['run'], (await decision(going))?.done])
  }
  expect(pieces).toEqual([
    [1, 500],
    [2, 500],
    [3, 500],
    [4, 1000],
  ])
})

test('what is to move stops by itself when the other mailbox is gone, and is done once somebody saw to the rest', async () => {
  const { going, staying } = await arrange('both')
  await queue(going, 'bulk', 'both', '09:00', 600)
  await goes(going)
  const wish = { choice: 'reassign', to: staying } as const
  await begin(going, wish)
  await goes(staying)
  expect([await piece(going), await decision(going)]).toEqual([
    undefined,
    { wish, state: 'stopped', why: 'reassign_target', total: 600, done: 500 },
  ])
  await at.inside((tx) =>
    sql`update submission set state = 'cancelled', settled_at = kontor_now() where mailbox_id = ${going}`.execute(
      tx,
    ),
  )
  await steer(going, 'resume')
  expect(await piece(going, 2)).toBe(500)
})

test('a mail that somebody moves elsewhere in the same moment is theirs', async () => {
  const { going, staying } = await arrange('theirs')
  await queue(going, 'bulk', 'theirs', '09:00', 2)
  await goes(going)
  let beginning: Promise<number | undefined> = Promise.resolve(undefined)
  await at.inside(async (tx) => {
    await sql`update submission set mailbox_id = ${staying} where key = 'theirs-0'`.execute(tx)
    beginning = begin(going, { choice: 'cancel' })
    await somebodyWaits(db.adminUrl)
  })
  await beginning
  expect([await standing(going), await standing(staying)]).toEqual([
    [{ state: 'cancelled', code: 'mailbox_disconnected', n: 1 }],
    [{ state: 'queued', code: null, n: 1 }],
  ])
})

test('a decision that is asked for twice begins once', async () => {
  const { going, staying } = await arrange('once')
  await queue(going, 'bulk', 'once', '09:00', 2)
  await goes(going)
  await decided(going, { choice: 'hold' })
  expect(await begin(going, { choice: 'reassign', to: staying })).toBeUndefined()
  expect(await standing(going)).toEqual([{ state: 'held', code: 'mailbox_disconnected', n: 2 }])
})

test('the plan of moving all to another mailbox tells when they will leave there, and whom they delay', async () => {
  const { going, staying } = await arrange('plan')
  await at.inside((tx) => sql`update mailbox set daily_limit = 4 where id = ${staying}`.execute(tx))
  await at.inside((tx) => syncSchedule(tx, staying))
  await queue(staying, 'rejection', 'plan-theirs', '09:00', 4)
  await queue(going, 'bulk', 'plan-ours', '09:01', 6)
  await queue(going, 'direct', 'plan-direct', '09:02')
  const plan = await at.inside((tx) => planMove(tx, { from: [going] }, staying))
  expect(plan).toMatchObject({
    total: 7,
    days: [
      { date: '2026-01-05', leaving: 4, alreadyWaiting: 0 },
      { date: '2026-01-06', leaving: 3, alreadyWaiting: 1 },
      { date: '2026-01-07', leaving: 0, alreadyWaiting: 3 },
    ],
    delays: [{ kind: 'rejection', count: 4, days: 2 }],
  })
  await goes(going)
  await decided(going, { choice: 'reassign', to: staying })
  const foretold = await at.inside((tx) => forecastAll(tx, staying))
  const { rows } = await at.inside((tx) =>
    sql<{
      id: string
    }>`select id from submission where mailbox_id = ${staying} and kind <> 'rejection'`.execute(tx),
  )
  const times = rows.map(({ id }) => foretold.get(id)?.at ?? 0)
  expect([plan?.firstAt?.epochMilliseconds, plan?.lastAt?.epochMilliseconds]).toEqual([
    Math.min(...times),
    Math.max(...times),
  ])
})

test('what is on its way when its mailbox is disconnected is left alone', async () => {
  const { going } = await arrange('on-its-way')
  await queue(going, 'direct', 'on-its-way', '09:00')
  await leaseAll(database, 'w', () => Promise.resolve())
  await goes(going)
  expect(await decided(going, { choice: 'cancel' })).toBe(0)
  expect(await standing(going)).toEqual([{ state: 'leased', code: null, n: 1 }])
})
