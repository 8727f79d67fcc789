import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { mailsTo } from '../../testing/campaign.ts'
import { testDatabase } from '../../testing/database.ts'
import type { FollowUpScene } from '../../testing/follow-up.ts'
import { firstWords, followUpScene, secondWords } from '../../testing/follow-up.ts'
import { headerOf } from '../../testing/receiving.ts'
import { promoteDue, promoteSome } from './promote.ts'

const db = await testDatabase({ poolSize: 8 })
const monday = '2026-01-05T09:00:00Z'
let seeds = 0

async function scene(): Promise<FollowUpScene> {
  seeds += 1
  await db.setNow(monday)
  return await followUpScene(db, `promote-${seeds}`)
}

/** The day has come, and the mailbox was read. */
async function onTheDay(on: FollowUpScene, instant = '2026-01-09T09:00:00Z'): Promise<void> {
  await on.setNow(instant)
  await on.read()
  await on.tick()
}

test('who has not answered after four days gets the follow-up in the same thread, in rank 3', async () => {
  const on = await scene()
  const [mia] = await on.people('Mia Ford')
  if (mia === undefined) throw new Error('member')
  await on.launch([mia], [firstWords, secondWords])
  expect(await on.stands(mia)).toBe('waiting 1')
  await on.leave()
  expect(await on.stands(mia)).toBe('waiting 1 2026-01-09T09:00Z')
  await on.setNow('2026-01-09T08:59:00Z')
  await on.read()
  await on.tick()
  expect(await mailsTo(on.at, mia.id)).toEqual(['invitation accepted'])
  await onTheDay(on)
  expect(await mailsTo(on.at, mia.id)).toEqual(['invitation accepted', 'bulk queued'])
  await on.leave()
  const [first = '', second = ''] = await on.got(mia)
  expect(headerOf(second, 'In-Reply-To')).toBe(headerOf(first, 'Message-ID'))
  expect(headerOf(second, 'References')).toContain(headerOf(first, 'Message-ID'))
  expect(headerOf(second, 'Subject')).toBe(`Re: ${headerOf(first, 'Subject')}`)
  expect(second).toContain('Did you see this?')
  // an invitation's brief comes with what follows it
  expect(second.replaceAll('=\r\n', '')).toContain(`/b/${mia.token}`)
  const { rows } = await on.at.inside((tx) =>
    sql`select kind, rank, subject from submission where kind = 'bulk'`.execute(tx),
  )
  expect(rows).toEqual([{ kind: 'bulk', rank: 3, subject: headerOf(second, 'Subject') }])
  expect(await on.stands(mia)).toBe('waiting 2 2026-01-16T09:00Z')
  await onTheDay(on, '2026-01-16T09:00:00Z')
  await on.leave()
  expect((await on.got(mia)).length).toBe(3)
  expect(await on.stands(mia)).toBe('done 3')
})

test('four processes at once put it into the outbox once', async () => {
  const on = await scene()
  const people = await on.people('Ava One', 'Ava Two', 'Ava Three')
  await on.launch(people, [firstWords])
  await on.leave()
  await on.setNow('2026-01-09T09:00:00Z')
  await on.read()
  await Promise.all([1, 2, 3, 4].map(() => promoteDue({ ...on.parts, database: db.database })))
  for (const { id } of people)
    expect(await mailsTo(on.at, id)).toEqual(['invitation accepted', 'bulk queued'])
})

test('a crash before the end leaves nothing half done, and the next process does it once', async () => {
  const on = await scene()
  const [bea] = await on.people('Bea One')
  if (bea === undefined) throw new Error('member')
  await on.launch([bea], [firstWords])
  await on.leave()
  await on.setNow('2026-01-09T09:00:00Z')
  await on.read()
  const crash = on.at.inside(async (tx) => {
    await promoteSome(on.parts, tx, on.at.workspaceId)
    throw new Error('crash')
  })
  await expect(crash).rejects.toThrow('crash')
  expect(await on.stands(bea)).toBe('waiting 1 2026-01-09T09:00Z')
  await on.tick()
  await on.tick()
  expect(await mailsTo(on.at, bea.id)).toEqual(['invitation accepted', 'bulk queued'])
})

test('a course that was put back by a restored copy makes no second mail: the key is taken', async () => {
  const on = await scene()
  const [cem] = await on.people('Cem One')
  if (cem === undefined) throw new Error('member')
  await on.launch([cem], [firstWords])
  await on.leave()
  await onTheDay(on)
  const course = await on.course(cem)
  await on.at.inside((tx) =>
    sql`update follow_up_course set n = 1, after_id = submission_id, due_at = kontor_now(), look_at = kontor_now()
      where submission_id = ${course}`.execute(tx),
  )
  await on.tick()
  expect(await mailsTo(on.at, cem.id)).toEqual(['invitation accepted', 'bulk queued'])
})

test('nothing follows before the mailbox was read on the day', async () => {
  const on = await scene()
  const [dan] = await on.people('Dan One')
  if (dan === undefined) throw new Error('member')
  await on.launch([dan], [firstWords])
  await on.leave()
  await on.setNow('2026-01-09T09:00:00Z')
  await on.tick()
  expect(await mailsTo(on.at, dan.id)).toEqual(['invitation accepted'])
  await on.setNow('2026-01-09T09:02:00Z')
  await on.read()
  await on.tick()
  expect(await mailsTo(on.at, dan.id)).toEqual(['invitation accepted', 'bulk queued'])
})

test('after an outage it waits until the mailbox was read again, and goes on by itself', async () => {
  const on = await scene()
  const [eva] = await on.people('Eva One')
  if (eva === undefined) throw new Error('member')
  await on.launch([eva], [firstWords])
  await on.leave()
  await onTheDay(on)
  await on.setNow('2026-01-09T12:00:00Z')
  await on.leave()
  expect(await mailsTo(on.at, eva.id)).toEqual(['invitation accepted', 'bulk held answers_unchecked'])
  await on.read()
  await on.tick()
  await on.leave()
  expect(await mailsTo(on.at, eva.id)).toEqual(['invitation accepted', 'bulk accepted'])
})

test('a paused campaign holds its follow-ups back', async () => {
  const on = await scene()
  const [fay] = await on.people('Fay One')
  if (fay === undefined) throw new Error('member')
  await on.launch([fay], [firstWords])
  await on.leave()
  await on.at.inside((tx) => sql`update campaign set status = 'paused'`.execute(tx))
  await onTheDay(on)
  expect(await mailsTo(on.at, fay.id)).toEqual(['invitation accepted'])
  await on.at.inside((tx) => sql`update campaign set status = 'running'`.execute(tx))
  await on.at.inside((tx) =>
    on.at.emit(tx, {
      workspaceId: on.at.workspaceId,
      type: 'campaign.changed',
      subject: on.campaignId,
      payload: {},
    }),
  )
  await on.deliver()
  await on.tick()
  expect(await mailsTo(on.at, fay.id)).toEqual(['invitation accepted', 'bulk queued'])
})

test('another workspace sees none of it', async () => {
  const on = await scene()
  const [gil] = await on.people('Gil One')
  if (gil === undefined) throw new Error('member')
  await on.launch([gil], [firstWords])
  const other = await scene()
  for (const table of ['follow_up', 'follow_up_course']) {
    const { rows } = await other.at.inside((tx) => sql`select 1 from ${sql.table(table)}`.execute(tx))
    expect(rows).toEqual([])
  }
})
