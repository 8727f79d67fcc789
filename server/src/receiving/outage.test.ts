import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { groundContact } from '../testing/outbox.ts'
import { answerTo, receivingScene } from '../testing/receiving.ts'
import { outageReports } from './store-outage.ts'

const db = await testDatabase()
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(db.database, { seed: 'outage' })
  mia = await groundContact(at, 'Mia Ford')
})

const scene = (name: string) => receivingScene(db, at, { name, contactId: mia })

const reportOf = async (mailboxId: string) => {
  const [report] = await at.inside((tx) => outageReports(tx, mailboxId))
  return (
    report && [report.from.toString(), report.to.toString(), report.recovered, report.complete, report.reason]
  )
}

test('an outage that several pulls are needed for is one report, which grows and counts nothing twice', async () => {
  const s = await scene('long-outage')
  const sent = await s.send('a')
  await s.pull()
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'First.'))
  await db.setNow('2026-01-05T12:00:00Z')
  const away = { kind: 'transient', diagnostic: '503' } as const
  s.outside.fault(s.address, { call: 'changesSince', effect: away, times: 2 })
  await s.pull()
  expect(await reportOf(s.mailboxId)).toEqual([
    '2026-01-05T09:00:00Z',
    '2026-01-05T12:00:00Z',
    0,
    false,
    'gap',
  ])
  await db.setNow('2026-01-05T12:30:00Z')
  await s.pull()
  s.outside.expireCursors(s.address)
  s.outside.fault(s.address, { call: 'changesBetween', effect: away })
  await db.setNow('2026-01-05T13:00:00Z')
  await s.pull()
  await db.setNow('2026-01-05T13:01:00Z')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Second!'))
  await s.pull()
  expect(await reportOf(s.mailboxId)).toEqual([
    '2026-01-05T09:00:00Z',
    '2026-01-05T13:01:00Z',
    2,
    true,
    'expired',
  ])
  expect((await at.inside((tx) => outageReports(tx, s.mailboxId))).length).toBe(1)
})

test('what is automatic is captured after an outage, and is no reply that a report counts', async () => {
  const s = await scene('automatic')
  const sent = await s.send('a')
  await s.pull()
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Yes.'))
  s.outside.deliver(
    s.address,
    answerTo(sent.raw, s.address, 'Away until Monday.', { 'Auto-Submitted': 'auto-replied' }),
  )
  await db.setNow('2026-01-05T12:00:00Z')
  await s.pull()
  const kinds = (await s.captured()).map(({ kind }) => kind)
  expect([kinds.toSorted(), (await reportOf(s.mailboxId))?.[2]]).toEqual([['auto_reply', 'reply'], 1])
})

test('a report does not say that nothing is missing while a message could not be read', async () => {
  const s = await scene('not-whole')
  const sent = await s.send('a')
  await s.pull()
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Unreadable.'))
  await db.setNow('2026-01-05T12:00:00Z')
  await s.pull({ read: () => Promise.reject(new Error('a limit')) })
  const [report] = await at.inside((tx) => outageReports(tx, s.mailboxId))
  expect([report?.recovered, report?.setAside, report?.complete]).toEqual([0, 1, true])
})

test('an outage that is not over yet says how the last look failed, and one that is over does not', async () => {
  const s = await scene('held')
  await db.setNow('2026-01-05T12:00:00Z')
  const heldBy: (string | undefined)[] = []
  for (const effect of [
    { kind: 'transient', diagnostic: '503' } as const,
    { kind: 'throttled', until: Temporal.Instant.from('2026-01-05T12:00:05Z'), diagnostic: '429' } as const,
    undefined,
  ]) {
    if (effect !== undefined) s.outside.fault(s.address, { call: 'changesSince', effect })
    await s.pull()
    const [report] = await at.inside((tx) => outageReports(tx, s.mailboxId))
    heldBy.push(report?.heldBy)
  }
  expect(heldBy).toEqual(['transient', 'throttled', undefined])
})

test('a short pause is no outage', async () => {
  const s = await scene('short')
  await db.setNow('2026-01-05T09:09:00Z')
  await s.pull()
  expect(await reportOf(s.mailboxId)).toBeUndefined()
})
