import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact } from '../testing/outbox.ts'
import type { Scene } from '../testing/receiving.ts'
import { answerTo, receivingScene } from '../testing/receiving.ts'
import { outageReports } from './store-outage.ts'
import { ring } from './store-position.ts'

const db = await testDatabase()
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(db.database, { seed: 'look-by-date' })
  mia = await groundContact(at, 'Mia Ford')
})

type Asked = Parameters<Scene['provider']['changesBetween']>[0]

/** A mailbox with six answers of the time before its provider forgot our place, of which one page tells two. */
async function forgotten(name: string) {
  const s = await receivingScene(db, at, { name, contactId: mia, pageSize: 2 })
  const sent = await s.send('a')
  await s.pull()
  const deliver = (text: string) => s.outside.deliver(s.address, answerTo(sent.raw, s.address, text))
  for (const n of ['1', '2', '3', '4', '5', '6']) deliver(`Answer ${n}`)
  s.outside.expireCursors(s.address)
  await db.setNow('2026-01-05T12:00:00Z')
  const asked: Asked[] = []
  /** One pull, in which something is done before each page of the look by date. */
  const pullWhile = async (meanwhile: () => Promise<unknown>) => {
    const changesBetween: typeof s.provider.changesBetween = async (...call) => {
      asked.push(call[0])
      await meanwhile()
      return await s.provider.changesBetween(...call)
    }
    await s.pull({ openMailbox: async () => ({ ok: true, value: { ...s.provider, changesBetween } }) })
  }
  const texts = async () => (await s.captured()).map(({ text }) => text)
  const position = async () => {
    const { rows } = await at.inside((tx) =>
      sql<{ checked_at: Temporal.Instant; failing: boolean; due: boolean }>`select checked_at,
          failing_since is not null as failing, due_at <= kontor_now() as due
        from mailbox_position where mailbox_id = ${s.mailboxId}`.execute(tx),
    )
    return rows[0]
  }
  const report = async () => (await at.inside((tx) => outageReports(tx, s.mailboxId)))[0]
  return { s, deliver, asked, pullWhile, texts, position, report }
}

test('a look by date gives way to a notice after each page, and what was told of is read before it goes on', async () => {
  const { s, deliver, pullWhile, texts, position, report } = await forgotten('gives-way')
  const told = () => at.inside((tx) => ring(tx, s.mailboxId, { told: true }))
  await pullWhile(told)
  expect([(await texts()).length, await position(), (await report())?.complete]).toEqual([
    2,
    { checked_at: Temporal.Instant.from('2026-01-05T09:00:00Z'), failing: false, due: true },
    false,
  ])
  deliver('Meanwhile')
  await pullWhile(told)
  const read = await texts()
  expect([read.includes('Meanwhile'), read.length < 7]).toEqual([true, true])
  await pullWhile(async () => undefined)
  expect([(await texts()).length, (await position())?.checked_at.toString(), await report()]).toEqual([
    7,
    '2026-01-05T12:00:00Z',
    expect.objectContaining({ complete: true, setAside: 0 }),
  ])
})

test('where nobody tells of new mail a look by date gives way after the least time between two looks', async () => {
  const { pullWhile, texts } = await forgotten('waits-for-nobody')
  await pullWhile(() => db.step({ seconds: 4 }))
  expect((await texts()).length).toBe(4)
})

test('a look by date that begins anew or goes on later asks about the time that it began with', async () => {
  const { s, asked, pullWhile, texts } = await forgotten('begins-anew')
  const later = () => db.step({ minutes: 5 })
  await pullWhile(later)
  await pullWhile(later)
  s.outside.expireCursors(s.address)
  for (let pulls = 0; pulls < 3; pulls++) await pullWhile(later)
  const spans = asked.map(({ from, to }) => `${from.toString()} ${to.toString()}`)
  const from = '2026-01-05T08:00:00Z'
  expect(spans).toEqual([
    `${from} 2026-01-05T13:00:00Z`,
    `${from} 2026-01-05T13:00:00Z`,
    `${from} 2026-01-05T13:10:00Z`,
    `${from} 2026-01-05T13:10:00Z`,
    `${from} 2026-01-05T13:10:00Z`,
  ])
  expect((await texts()).length).toBe(6)
})
