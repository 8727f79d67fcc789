import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { forecastAll, syncSchedule } from '../sending/index.ts'
import type { Actor } from '../team/index.ts'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact, groundSender, queueMails } from '../testing/outbox.ts'
import { foresee } from './foresee.ts'
import type { Mailbox } from './mailbox.ts'
import { changeSettings } from './steer.ts'
import { mailboxById } from './store.ts'

const db = await testDatabase()
let at: Ground
let mia: string
let actor: Actor
beforeAll(async () => {
  at = await ground(db.database, { seed: 'foresee' })
  mia = await groundContact(at, 'Mia Ford')
  const { workspaceId, personId } = at
  actor = { workspaceId, personId, name: 'Anna Keller', role: 'owner', language: 'en' }
})

type Change = Parameters<typeof changeSettings>[3]

/** Monday 09:00, 65 mails at 30 a day: 30 on Monday and Tuesday each, 5 on Wednesday. */
async function waiting(name: string) {
  await db.setNow('2026-01-05T09:00:00Z')
  const mailboxId = await groundSender(at, { address: `${name}@brand.practice.example`, limit: 30 })
  await queueMails(at, { mailboxId, contactId: mia, kind: 'bulk', count: 65, prefix: name })
  const schedule = { sync: syncSchedule, charge: async () => undefined, refund: async () => {} }
  const parts = { emit: at.emit, schedule, leaving: forecastAll }
  const inside = <T>(work: (tx: Parameters<typeof foresee>[1], mailbox: Mailbox) => Promise<T>) =>
    at.inside(async (tx) => {
      const mailbox = await mailboxById(tx, mailboxId)
      if (mailbox === undefined) throw new Error('no mailbox')
      return await work(tx, mailbox)
    })
  return {
    foreseen: (change: Change) => inside((tx, mailbox) => foresee(parts, tx, { actor, mailbox }, change)),
    change: (wish: Change) => inside((tx, mailbox) => changeSettings(parts, tx, { actor, mailbox }, wish)),
    times: () =>
      at.inside(async (tx) => [...(await forecastAll(tx, mailboxId)).values()].map((one) => one.at)),
    traces: () =>
      at.inside(async (tx) => {
        const { rows } = await sql<{ limits: string; written: number }>`
          select m.daily_limit || ' ' || m.zone as limits, (select count(*)::int from audit_entry) as written
          from mailbox m where m.id = ${mailboxId}`.execute(tx)
        return rows
      }),
  }
}

const monday = Temporal.Instant.from('2026-01-05T09:00:00Z')
const at0800 = (day: number) =>
  Temporal.Instant.from(`2026-01-${String(day).padStart(2, '0')}T08:00:00Z`).epochMilliseconds

// 65 at 10 a day are seven days, Monday to Sunday. Ten of Monday's 30 stay; all others leave on a later day: 55.
test('a limit of 10 instead of 30 means seven days instead of three, and that is known before', async () => {
  const { foreseen } = await waiting('lowered')
  expect(await foreseen({ dailyLimit: 10 })).toEqual({
    waiting: 65,
    lastAt: at0800(7),
    thenLastAt: at0800(11),
    later: 55,
    earlier: 0,
  })
})

test('a higher limit brings mails to an earlier day', async () => {
  const { foreseen } = await waiting('raised')
  expect(await foreseen({ dailyLimit: 65 })).toEqual({
    waiting: 65,
    lastAt: at0800(7),
    thenLastAt: monday.epochMilliseconds,
    later: 0,
    earlier: 35,
  })
})

test('what is foreseen changes nothing: times, settings and the activity log are as before', async () => {
  const { foreseen, times, traces } = await waiting('untouched')
  const before = [await times(), await traces()]
  await foreseen({ dailyLimit: 10, zone: 'America/New_York' })
  expect([await times(), await traces()]).toEqual(before)
})

test.each<[string, Change]>([
  ['lower-limit', { dailyLimit: 12 }],
  ['zone', { zone: 'Asia/Tokyo' }],
  ['zone-west', { zone: 'America/New_York' }],
  ['workdays', { windowDays: [6, 7] }],
  ['reserve', { reserve: 20 }],
])('what was foreseen for another %s comes true when it is changed', async (name, change) => {
  const { foreseen, change: make, times } = await waiting(name)
  const found = await foreseen(change)
  expect(await make(change)).toEqual([])
  const last = Math.max(...(await times()).map((time) => time ?? 0))
  expect('thenLastAt' in found && found.thenLastAt).toBe(last)
})

test('what may not be chosen is refused as when it is saved', async () => {
  const { foreseen } = await waiting('refused')
  expect(await foreseen({ reserve: 31 })).toEqual({ problems: ['reserve_above_limit'] })
})

test('a mailbox that stands still has no times to compare', async () => {
  const { foreseen } = await waiting('still')
  await at.inside((tx) => sql`update mailbox_schedule set stopped = 'paused', next_at = null`.execute(tx))
  expect(await foreseen({ dailyLimit: 10 })).toMatchObject({ waiting: 65, later: 0, earlier: 0 })
})
