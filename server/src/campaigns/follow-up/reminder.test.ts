import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { lookAround } from '../../notices/look.ts'
import type { MemberGround } from '../../testing/campaign.ts'
import { mailsTo } from '../../testing/campaign.ts'
import { testDatabase } from '../../testing/database.ts'
import type { FollowUpScene } from '../../testing/follow-up.ts'
import { firstWords, followUpScene, secondWords } from '../../testing/follow-up.ts'
import { headerOf } from '../../testing/receiving.ts'
import { changeFollowUps, endFollowUps, sendReminded } from './steer.ts'
import { launchesFollowed } from './store-list.ts'

const db = await testDatabase({ poolSize: 8 })
const monday = '2026-01-05T09:00:00Z'
const friday = '2026-01-09T09:00:00Z'
let seeds = 0

async function invited(
  level: 'full' | 'send_only',
  followUps = [firstWords, secondWords],
): Promise<{ readonly on: FollowUpScene; readonly person: MemberGround; readonly launchId: string }> {
  seeds += 1
  await db.setNow(monday)
  const on = await followUpScene(db, `reminder-${seeds}`, { level })
  const [person] = await on.people('Mia Ford')
  if (person === undefined) throw new Error('member')
  const launchId = await on.launch([person], followUps)
  await on.leave()
  return { on, person, launchId }
}

async function told(on: FollowUpScene): Promise<readonly unknown[]> {
  const { rows } = await on.at.inside((tx) =>
    sql`select kind, facts, settled_at is not null as settled from notice order by at, kind`.execute(tx),
  )
  return rows
}

const ended = (on: FollowUpScene, ids: readonly string[]) =>
  on.at.inside((tx) => endFollowUps(on.parts, tx, on.actor, { of: { courseIds: ids }, why: 'answer_noted' }))

test('where answers are not seen nothing leaves by itself, and a person is reminded on the day', async () => {
  const { on, person } = await invited('send_only')
  await on.setNow(friday)
  await on.tick()
  await on.tick()
  expect(await on.stands(person)).toBe('reminder 1 2026-01-09T09:00Z')
  expect(await mailsTo(on.at, person.id)).toEqual(['invitation accepted'])
  const facts = { count: 1, name: 'Spring Breads', campaignId: on.campaignId }
  expect(await told(on)).toEqual([{ kind: 'follow_up_due', facts, settled: false }])
})

test('an answer noted by hand stops it, and settles the notice', async () => {
  const { on, person } = await invited('send_only')
  await on.setNow(friday)
  await on.tick()
  expect(await ended(on, [await on.course(person)])).toBe(1)
  expect(await on.stands(person)).toBe('stopped 1 answer_noted')
  await lookAround({ ...on.at, database: db.database }, on.at.workspaceId)
  expect((await told(on)).map((one) => (one as { settled: boolean }).settled)).toEqual([true])
})

test('two who send the reminder at once send one mail, in the thread, and the next one counts from it', async () => {
  const { on, person } = await invited('send_only')
  await on.setNow(friday)
  await on.tick()
  const ids = [await on.course(person)]
  const outcomes = await Promise.all(
    [1, 2].map(() => on.at.inside((tx) => sendReminded(on.parts, tx, on.actor, ids))),
  )
  expect(outcomes.map((each) => (each.ok ? each.queued : -1)).toSorted((a, b) => a - b)).toEqual([0, 1])
  await on.deliver()
  await on.leave()
  const [first = '', second = ''] = await on.got(person)
  expect(headerOf(second, 'In-Reply-To')).toBe(headerOf(first, 'Message-ID'))
  expect(second).toContain('Did you see this?')
  expect(await on.stands(person)).toBe('waiting 2 2026-01-16T09:00Z')
})

test('an application ends a reminder, too', async () => {
  const { on, person } = await invited('send_only')
  await on.setNow(friday)
  await on.tick()
  await on.at.inside((tx) => sql`update member set state = 'applied' where id = ${person.id}`.execute(tx))
  const outcome = await on.at.inside(async (tx) =>
    sendReminded(on.parts, tx, on.actor, [await on.course(person)]),
  )
  expect(outcome).toEqual({ ok: true, queued: 0 })
  expect(await on.stands(person)).toBe('stopped 1 already_applied')
})

test('a level that is lowered turns what waits into reminders, and tells', async () => {
  const { on, person } = await invited('full')
  await on.setNow(friday)
  await on.read()
  await on.tick()
  expect(await mailsTo(on.at, person.id)).toEqual(['invitation accepted', 'bulk queued'])
  await narrow(on)
  expect(await mailsTo(on.at, person.id)).toEqual(['invitation accepted', 'bulk suppressed answers_unseen'])
  expect(await on.stands(person)).toBe('reminder 1 2026-01-09T09:00Z')
  expect((await told(on)).map((one) => (one as { kind: string }).kind).toSorted()).toEqual([
    'follow_up_by_hand',
    'follow_up_due',
  ])
  const outcome = await on.at.inside(async (tx) =>
    sendReminded(on.parts, tx, on.actor, [await on.course(person)]),
  )
  expect(outcome).toEqual({ ok: true, queued: 1 })
  await on.leave()
  expect((await on.got(person)).length).toBe(2)
})

test('a level that was lowered without a word is found by the truth check', async () => {
  const { on, person } = await invited('full')
  await on.setNow(friday)
  await on.read()
  await on.tick()
  await on.at.inside((tx) => sql`update mailbox set level = 'send_only'`.execute(tx))
  await on.leave()
  expect((await on.got(person)).length).toBe(1)
  expect(await on.stands(person)).toBe('reminder 1 2026-01-09T09:00Z')
})

test('what Kontor cannot see is not counted as nought', async () => {
  const { on } = await invited('send_only')
  const [launch] = await on.at.inside((tx) => launchesFollowed(tx, { campaignId: on.campaignId }, 10))
  expect([launch?.byHand, launch?.answered, launch?.counts]).toEqual([
    true,
    0,
    { waiting: 1, reminder: 0, done: 0, stopped: 0 },
  ])
})

test('follow-ups are added later for those who got the mail before, and due at once when the days are over', async () => {
  const { on, person, launchId } = await invited('full', [])
  expect(await on.stands(person)).toBe('none')
  await on.setNow('2026-01-20T10:00:00Z')
  await change(on, launchId, [firstWords])
  expect(await on.stands(person)).toBe('waiting 1 2026-01-20T10:00Z')
})

test('who has answered before is not followed up on when follow-ups are added', async () => {
  const { on, person, launchId } = await invited('full', [])
  await on.answers(person, 'Yes, tell me more.')
  await change(on, launchId, [firstWords])
  expect(await on.stands(person)).toBe('stopped 1 answered')
})

test('other days and words hold for those still waiting; a mail in the outbox keeps its words', async () => {
  const { on, person, launchId } = await invited('full')
  await change(on, launchId, [{ afterDays: 2, texts: { en: { body: 'Other words.' } } }])
  expect(await on.stands(person)).toBe('waiting 1 2026-01-07T09:00Z')
  await on.setNow('2026-01-07T09:00:00Z')
  await on.read()
  await on.tick()
  await change(on, launchId, [{ afterDays: 2, texts: { en: { body: 'Too late.' } } }, secondWords])
  await on.leave()
  expect((await on.got(person)).at(-1)).toContain('Other words.')
  expect(await on.stands(person)).toBe('waiting 2 2026-01-14T09:00Z')
  await change(on, launchId, [])
  expect(await on.stands(person)).toBe('done 2')
})

test('words with a variable that does not exist are refused', async () => {
  const { on, launchId } = await invited('full', [])
  const followUps = [{ afterDays: 4, texts: { en: { body: 'Hi {{ nobody_knows }}' } } }]
  const outcome = await on.at.inside((tx) => changeFollowUps(on.parts, tx, on.actor, { launchId, followUps }))
  expect(outcome).toEqual({
    ok: false,
    code: 'unknown_variable',
    values: { field: 'en.body', name: 'nobody_knows' },
  })
})

async function change(
  on: FollowUpScene,
  launchId: string,
  followUps: Parameters<FollowUpScene['launch']>[1],
): Promise<void> {
  const outcome = await on.at.inside((tx) => changeFollowUps(on.parts, tx, on.actor, { launchId, followUps }))
  expect(outcome).toEqual({ ok: true })
  await on.deliver()
}

async function narrow(on: FollowUpScene): Promise<void> {
  const { workspaceId } = on.at
  await on.at.inside(async (tx) => {
    await sql`update mailbox set level = 'send_only' where id = ${on.mailboxId}`.execute(tx)
    await on.at.emit(tx, { workspaceId, type: 'mailbox.narrowed', subject: on.mailboxId, payload: {} })
  })
  await on.deliver()
}
