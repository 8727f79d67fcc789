import { OpenAPIHono } from '@hono/zod-openapi'
import { expect, test } from 'vitest'
import { asActor } from '../../http-kit/index.ts'
import type { Env } from '../../http-kit/index.ts'
import type { Actor } from '../../team/index.ts'
import { testDatabase } from '../../testing/database.ts'
import type { FollowUpScene } from '../../testing/follow-up.ts'
import { firstWords, followUpScene, secondWords } from '../../testing/follow-up.ts'
import { campaignRoutes, followUpRoutes, launchRoutes } from '../routes.ts'

const db = await testDatabase()
let seeds = 0

async function scene(level: 'full' | 'send_only' = 'full'): Promise<FollowUpScene> {
  seeds += 1
  await db.setNow('2026-01-05T09:00:00Z')
  return await followUpScene(db, `follow-up-routes-${seeds}`, { level })
}

async function call(
  on: FollowUpScene,
  method: string,
  path: string,
  body?: unknown,
  actor: Partial<Actor> = {},
) {
  const routes = new OpenAPIHono<Env>()
  const parts = { ...on.parts, database: db.database }
  for (const some of [followUpRoutes, launchRoutes, campaignRoutes]) routes.route('/', some(parts))
  const response = await asActor({ ...on.actor, ...actor }, routes).request(
    `/workspaces/${on.at.workspaceId}${path}`,
    body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
  )
  await on.deliver()
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

test('the plan says how many follow-ups may come and when at the earliest, and who is reminded instead', async () => {
  const wish = (ids: readonly string[]) => ({
    kind: 'invitation',
    memberIds: ids,
    followUps: [firstWords, secondWords],
  })
  const on = await scene()
  const people = await on.people('Mia Ford', 'Ava One')
  const path = `/campaigns/${on.campaignId}/plan`
  const planned = await call(on, 'POST', path, wish(people.map(({ id }) => id)))
  expect(planned.body['followUps']).toEqual({
    how: 'mail',
    most: 4,
    steps: [
      { afterDays: 4, earliestAt: '2026-01-09T09:00:00Z' },
      { afterDays: 7, earliestAt: '2026-01-16T09:00:00Z' },
    ],
  })
  const blind = await scene('send_only')
  const [mia] = await blind.people('Mia Ford')
  const reminded = await call(blind, 'POST', `/campaigns/${blind.campaignId}/plan`, wish([mia?.id ?? '']))
  expect(reminded.body['followUps']).toMatchObject({ how: 'reminder', most: 2 })
})

test('a campaign shows what follows each launch, where each person stands, and stops it', async () => {
  const on = await scene()
  const people = await on.people('Mia Ford', 'Ava One')
  const wish = {
    kind: 'invitation',
    memberIds: people.map(({ id }) => id),
    followUps: [firstWords],
    key: 'invite-both-1',
  }
  const sent = await call(on, 'POST', `/campaigns/${on.campaignId}/send`, wish)
  await on.leave()
  const launchId = String(sent.body['launchId'])
  const [listed] = (await call(on, 'GET', `/campaigns/${on.campaignId}/follow-ups`)).body['rows'] as object[]
  expect(listed).toMatchObject({
    launchId,
    people: 2,
    byHand: false,
    answered: 0,
    counts: { waiting: 2, reminder: 0, done: 0, stopped: 0 },
    followUps: [firstWords],
  })
  const standing = await call(on, 'GET', `/launches/${launchId}/follow-ups/people?limit=1`)
  const [first] = standing.body['rows'] as { id: string }[]
  expect(first).toMatchObject({ state: 'waiting', n: 1, of: 1, dueAt: '2026-01-09T09:00:00Z' })
  const next = await call(
    on,
    'GET',
    `/launches/${launchId}/follow-ups/people?limit=1&cursor=${String(standing.body['next'])}`,
  )
  expect([(next.body['rows'] as { id: string }[]).length, next.body['next']]).toEqual([1, undefined])
  const end = `/launches/${launchId}/follow-ups/end`
  expect((await call(on, 'POST', end, { why: 'stopped', ids: [first?.id] })).body).toEqual({ count: 1 })
  const members = (await call(on, 'GET', `/campaigns/${on.campaignId}/members`)).body['rows'] as {
    followUp: { state: string; reason?: object }
  }[]
  expect(members.map(({ followUp }) => [followUp.state, followUp.reason])).toEqual(
    expect.arrayContaining([
      ['waiting', undefined],
      ['stopped', { code: 'follow_ups_stopped', values: { name: 'Anna Keller' } }],
    ]),
  )
  const all = await call(on, 'POST', `/campaigns/${on.campaignId}/follow-ups/end`)
  expect(all.body).toEqual({ count: 1 })
  expect((await call(on, 'GET', '/follow-ups')).body).toEqual({ rows: [] })
})

test('where answers are not seen their number is not known', async () => {
  const on = await scene('send_only')
  const launchId = await on.launch(await on.people('Mia Ford'), [firstWords])
  const [listed] = (await call(on, 'GET', '/follow-ups')).body['rows'] as object[]
  expect(listed).toMatchObject({ launchId, byHand: true })
  expect(listed).not.toHaveProperty('answered')
})

test('a viewer looks and changes nothing', async () => {
  const on = await scene()
  const launchId = await on.launch(await on.people('Mia Ford'), [firstWords])
  const viewer = { role: 'viewer' } as const
  expect((await call(on, 'GET', '/follow-ups', undefined, viewer)).status).toBe(200)
  const acts = [
    ['PUT', `/launches/${launchId}/follow-ups`, { followUps: [] }],
    ['POST', `/launches/${launchId}/follow-ups/end`, { why: 'stopped' }],
    ['POST', `/launches/${launchId}/follow-ups/send`, { ids: [launchId] }],
    ['POST', `/campaigns/${on.campaignId}/follow-ups/end`, undefined],
  ] as const
  for (const [method, path, body] of acts)
    expect((await call(on, method, path, body, viewer)).status).toBe(403)
})

test('nobody sets up mails from a mailbox that is not shared with them', async () => {
  const on = await scene()
  const launchId = await on.launch(await on.people('Mia Ford'), [])
  await on.at.inside((tx) => tx.updateTable('mailbox').set({ sharing: 'team_sees' }).execute())
  const wish = { followUps: [firstWords] }
  const other = { role: 'member', personId: on.at.ids.uuid() } as const
  const refused = await call(on, 'PUT', `/launches/${launchId}/follow-ups`, wish, other)
  expect([refused.status, refused.body['code']]).toEqual([403, 'may_not_send'])
})

test('more than three, or none of a day, is refused', async () => {
  const on = await scene()
  const launchId = await on.launch(await on.people('Mia Ford'), [])
  const path = `/launches/${launchId}/follow-ups`
  const four = { followUps: Array.from({ length: 4 }, () => firstWords) }
  expect((await call(on, 'PUT', path, four)).status).toBe(400)
  const today = { followUps: [{ ...firstWords, afterDays: 0 }] }
  expect((await call(on, 'PUT', path, today)).status).toBe(400)
  const silent = { followUps: [{ afterDays: 4, texts: {} }] }
  expect(await call(on, 'PUT', path, silent)).toMatchObject({ status: 422, body: { code: 'message_empty' } })
})
