import { OpenAPIHono } from '@hono/zod-openapi'
import { beforeAll, expect, test } from 'vitest'
import { asActor } from '../http-kit/index.ts'
import type { Env } from '../http-kit/index.ts'
import type { Actor } from '../team/index.ts'
import type { CampaignGround } from '../testing/campaign.ts'
import { groundCampaign, groundMembers } from '../testing/campaign.ts'
import { steppedClock } from '../testing/clock.ts'
import { testDatabase, testStart } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { addressOf, groundContact } from '../testing/outbox.ts'
import { campaignRoutes, launchRoutes, publicRoutes } from './routes.ts'

const { database } = await testDatabase()
let on: CampaignGround
beforeAll(async () => {
  on = await groundCampaign(await ground(database, { seed: 'campaign-routes' }))
})

type Answer = { readonly status: number; readonly body: Record<string, unknown> }

async function ask(app: OpenAPIHono<Env>, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await app.request(
    path,
    body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
  )
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

function call(method: string, path: string, body?: unknown, actor: Partial<Actor> = {}): Promise<Answer> {
  const routes = new OpenAPIHono<Env>()
  routes.route('/', campaignRoutes({ ...on.parts, database }))
  routes.route('/', launchRoutes({ ...on.parts, database }))
  const app = asActor({ ...on.actor, ...actor }, routes)
  return ask(app, method, `/workspaces/${on.at.workspaceId}${path}`, body)
}

function visit(method: string, path: string, body?: unknown, place = '203.0.113.7'): Promise<Answer> {
  const app = new OpenAPIHono<Env>()
  app.use(async (c, next) => {
    c.set('clientAddress', place)
    await next()
  })
  app.route('/', publicRoutes({ ...on.parts, database, clock: steppedClock() }))
  return ask(asActor(on.actor, app), method, `/public${path}`, body)
}

const figures = {
  added: 0,
  invited: 0,
  viewed: 0,
  applied: 0,
  approved: 0,
  rejected: 0,
  withdrawn: 0,
  declined: 0,
}

test('a campaign from its beginning to its decisions', async () => {
  const begun = await call('POST', '/campaigns', { name: 'Autumn', mailboxId: on.mailboxId })
  const id = String(begun.body['id'])
  const autumn = {
    id,
    name: 'Autumn',
    status: 'draft',
    brief: { headline: '', body: '', deliverables: [], dates: '', compensation: '', images: [] },
    mailboxId: on.mailboxId,
    brandName: '',
    brandColour: '#2A3FC4',
    formality: 'du',
    images: [],
    counts: figures,
    replied: 0,
    waiting: 0,
    pausable: 0,
    createdAt: testStart,
  }
  expect(begun).toEqual({ status: 200, body: autumn })
  expect(await call('PATCH', `/campaigns/${id}`, { brandName: 'Nord' })).toEqual({
    status: 200,
    body: { ...autumn, brandName: 'Nord' },
  })
  const contactIds = [await groundContact(on.at, 'Abe Route'), await groundContact(on.at, 'Bea Route')]
  expect((await call('POST', `/campaigns/${id}/members`, { contactIds })).body).toEqual({
    added: 2,
    known: 0,
  })
  expect((await call('POST', `/campaigns/${id}/members`, { contactIds })).body).toEqual({
    added: 0,
    known: 2,
  })
  const page = await call('GET', `/campaigns/${id}/members?limit=1`)
  const second = await call('GET', `/campaigns/${id}/members?limit=1&cursor=${String(page.body['next'])}`)
  const members = [page, second].flatMap(({ body }) => body['rows'] as { id: string; name: string }[])
  expect(members.map(({ name }) => name)).toEqual(['Abe Route', 'Bea Route'])
  const memberIds = members.map((member) => member.id)

  const early = await call('POST', `/campaigns/${id}/send`, {
    kind: 'invitation',
    memberIds,
    key: 'autumn-1',
  })
  expect([early.status, early.body['code']]).toEqual([409, 'campaign_not_running'])
  await call('PUT', `/campaigns/${id}/status`, { status: 'running' })
  const plan = await call('POST', `/campaigns/${id}/plan`, { kind: 'invitation', memberIds })
  expect(plan.body).toMatchObject({ mailboxId: on.mailboxId, total: 2, leftOut: [], delays: [] })
  const sent = { launchId: expect.any(String), state: 'done', total: 2, queued: 2, leftOut: 0 }
  const send = () => call('POST', `/campaigns/${id}/send`, { kind: 'invitation', memberIds, key: 'autumn-1' })
  expect((await send()).body).toEqual({ ...sent, replayed: false })
  expect((await send()).body).toEqual({ ...sent, replayed: true })

  const after = await call('GET', `/campaigns/${id}/members`)
  const waits = (after.body['rows'] as { waiting?: unknown }[]).map(({ waiting }) => waiting)
  expect(waits).toMatchObject([
    { kind: 'invitation', expectedAt: expect.any(String), reason: { code: expect.any(String) } },
    {
      kind: 'invitation',
      expectedAt: expect.any(String),
      reason: { code: 'behind', values: { position: 2 } },
    },
  ])

  expect((await call('GET', `/campaigns/${id}/applications`)).body).toEqual({ rows: [] })
  const decisions = await call('POST', `/campaigns/${id}/decisions/send`, { key: 'autumn-decisions' })
  expect(decisions.body).toEqual({ ...sent, total: 0, queued: 0, replayed: false })
  const list = await call('GET', '/campaigns', undefined, { role: 'viewer' })
  const rows = list.body['rows'] as { id: string }[]
  expect(rows.find((row) => row.id === id)).toMatchObject({ waiting: 2, pausable: 2 })
})

test('an application is decided, and the decision sent', async () => {
  const [member] = await groundMembers(on, ['Cleo Applies'])
  const token = member?.token ?? ''
  const brief = {
    campaignName: 'Spring Breads',
    brandName: 'Atelier Nord',
    brandColour: '#2A3FC4',
    formality: 'du',
    language: 'en',
    brief: {
      headline: 'Bread for spring',
      body: 'Bake with us.',
      deliverables: ['1 reel'],
      dates: 'May',
      compensation: '400 EUR',
      images: [],
    },
    images: [],
    personName: 'Cleo Applies',
    state: 'open',
  }
  expect(await visit('GET', `/briefs/${token}`)).toEqual({ status: 200, body: brief })
  expect(await visit('POST', `/briefs/${token}/viewed`)).toEqual({ status: 200, body: { ok: true } })
  expect(await visit('POST', `/briefs/${token}/apply`, { message: 'I bake.' })).toEqual({
    status: 200,
    body: { ...brief, state: 'applied' },
  })
  const path = `/campaigns/${on.campaignId}`
  const open = await call('GET', `${path}/applications?undecided=true`)
  const application = {
    id: expect.any(String),
    memberId: member?.id,
    contactId: member?.contactId,
    name: 'Cleo Applies',
    handle: '',
    address: addressOf('Cleo Applies'),
    message: 'I bake.',
    appliedAt: testStart,
    memberState: 'applied',
    throughOpenLink: false,
  }
  expect(open.body).toEqual({ rows: [application] })
  const applicationId = (open.body['rows'] as { id: string }[])[0]?.id ?? ''
  const decided = await call('PUT', `${path}/applications/${applicationId}/decision`, {
    decision: 'approved',
  })
  expect(decided.body).toEqual({ ...application, decision: 'approved', decidedBy: 'Anna Keller' })
  const plan = await call('POST', `${path}/decisions/plan`, {})
  expect((plan.body['preview'] as { subject: string }[]).map(({ subject }) => subject)).toEqual([
    "You're in: Spring Breads",
  ])
  expect((await call('POST', `${path}/decisions/send`, { key: 'cleo-decided' })).body).toMatchObject({
    queued: 1,
    leftOut: 0,
    replayed: false,
  })
  const late = await call('PUT', `${path}/applications/${applicationId}/decision`, { decision: null })
  expect([late.status, late.body['code']]).toEqual([409, 'decision_sent'])
  expect((await visit('GET', `/briefs/${token}`)).body['state']).toBe('decided')
})

test('texts are ours until somebody changes them; a variable that does not exist is named', async () => {
  const path = `/campaigns/${on.campaignId}/texts`
  const ours = (await call('GET', path)).body['rows'] as { kind: string; language: string }[]
  expect(ours.map(({ kind, language }) => `${kind} ${language}`)).toEqual([
    'approval de',
    'approval en',
    'invitation de',
    'invitation en',
    'rejection de',
    'rejection en',
  ])
  const text = { kind: 'rejection', language: 'de', subject: 'Schade', body: 'Hallo {{ name }}' }
  expect(await call('PUT', path, text)).toEqual({ status: 200, body: text })
  expect((await call('GET', path)).body['rows']).toContainEqual(text)
  const refused = await call('PUT', path, { ...text, body: 'Hallo {{ vorname }}' })
  expect([refused.status, refused.body['code'], refused.body['values']]).toEqual([
    422,
    'unknown_variable',
    { field: 'body', name: 'vorname' },
  ])
})

test('a no and an unsubscribing are POSTs that looking never does', async () => {
  const [member] = await groundMembers(on, ['Dora Says'])
  const token = member?.token ?? ''
  expect((await visit('GET', `/briefs/${token}`)).body['state']).toBe('open')
  expect((await visit('POST', `/briefs/${token}/decline`, {})).body['state']).toBe('declined')
  expect(await visit('POST', `/unsubscribe/${token}`)).toEqual({ status: 200, body: { ok: true } })
})

test.each(['nonsense', `${'a'.repeat(22)}.${'b'.repeat(32)}`])('the link %s is unknown', async (token) => {
  const { status, body } = await visit('GET', `/briefs/${token}`)
  expect([status, body['code']]).toEqual([404, 'brief_unknown'])
})

test('a client that knocks too often waits, and others do not', async () => {
  const place = '198.51.100.9'
  const statuses: number[] = []
  for (let knock = 0; knock < 121; knock++)
    statuses.push((await visit('GET', '/briefs/x', undefined, place)).status)
  expect([statuses.slice(0, 120).every((status) => status === 404), statuses[120]]).toEqual([true, 429])
  expect((await visit('GET', '/briefs/x', undefined, '198.51.100.10')).status).toBe(404)
})

test('what does not exist is not found, and what a role may not do is refused', async () => {
  const nobody = '01890000-0000-7000-8000-000000000009'
  expect((await call('GET', `/campaigns/${nobody}`)).status).toBe(404)
  expect((await call('GET', `/campaigns/${nobody}/applications`)).status).toBe(404)
  expect((await call('POST', `/campaigns/${nobody}/members`, { contactIds: [nobody] })).status).toBe(404)
  expect((await call('POST', '/campaigns', { name: 'X', mailboxId: nobody })).body['code']).toBe(
    'mailbox_unknown',
  )
  expect((await call('POST', '/campaigns', { name: 'X' }, { role: 'viewer' })).status).toBe(403)
})

test('a message to many is planned and launched over HTTP, in a campaign and outside any', async () => {
  const members = await groundMembers(on, ['Ella Bulk', 'Emil Bulk'])
  const texts = { en: { subject: 'Over HTTP', body: 'Hi {{ name }}' } }
  const audience = { ids: members.map((member) => member.id) }
  const path = `/campaigns/${on.campaignId}`
  const plan = await call('POST', `${path}/bulk/plan`, { audience, texts })
  expect(plan.body).toMatchObject({ total: 2, leftOut: [], leftOutTotal: 0, leftOutBy: {} })
  const sent = await call('POST', `${path}/bulk/send`, { audience, texts, key: 'bulk-http' })
  expect(sent.body).toMatchObject({ state: 'done', total: 2, queued: 2, replayed: false })
  const launches = await call('GET', `${path}/launches`, undefined, { role: 'viewer' })
  const launch = { kind: 'bulk', subject: 'Over HTTP', state: 'done', queued: 2, by: 'Anna Keller' }
  expect((launches.body['rows'] as object[])[0]).toMatchObject(launch)
  const outside = {
    audience: { everyone: { q: 'ella bulk' } },
    texts,
    mailboxId: on.mailboxId,
    again: false,
  }
  expect((await call('POST', '/bulk/plan', outside)).body).toMatchObject({
    total: 0,
    leftOutBy: { already_waiting: 1 },
  })
  const other = { ...outside, texts: { en: { ...texts.en, subject: 'Outside' } } }
  const away = await call('POST', '/bulk/send', { ...other, key: 'bulk-outside' })
  expect(away.body).toMatchObject({ queued: 1 })
  const id = String(away.body['launchId'])
  expect((await call('GET', `/launches/${id}`)).body).toMatchObject({ id, subject: 'Outside', total: 1 })
  expect((await call('GET', '/launches')).body['rows']).toHaveLength(1)
  const stop = await call('PUT', `/launches/${id}/state`, { wish: 'stop' })
  expect([stop.status, stop.body['code']]).toEqual([409, 'launch_state'])
})

const someone = '01890000-0000-7000-8000-000000000009'
const fine = { en: { subject: 'x', body: 'y' } }
test.each([
  ['nobody', { audience: { ids: [] }, texts: fine }, 400, 'invalid'],
  ['no audience', { texts: fine }, 400, 'invalid'],
  ['an id that is none', { audience: { ids: ['anna'] }, texts: fine }, 400, 'invalid'],
  [
    'an empty subject',
    { audience: { ids: [someone] }, texts: { en: { subject: ' ', body: 'y' } } },
    400,
    'invalid',
  ],
  [
    'a text too long',
    { audience: { ids: [someone] }, texts: { en: { subject: 'x', body: 'y'.repeat(50_001) } } },
    400,
    'invalid',
  ],
  ['no text', { audience: { ids: [someone] }, texts: {} }, 422, 'message_empty'],
  [
    'another mailbox',
    { audience: { ids: [someone] }, texts: fine, mailboxId: someone },
    409,
    'mailbox_unknown',
  ],
])('a message to %s is refused with a code', async (_what, body, status, code) => {
  const refused = await call('POST', `/campaigns/${on.campaignId}/bulk/plan`, body)
  expect([refused.status, refused.body['code']]).toEqual([status, code])
})

test('a viewer launches nothing, and another workspace sees no launch of ours', async () => {
  const body = { audience: { everyone: {} }, texts: fine, key: 'viewer-tries' }
  expect((await call('POST', `/campaigns/${on.campaignId}/bulk/send`, body, { role: 'viewer' })).status).toBe(
    403,
  )
  const [member] = await groundMembers(on, ['Fritz Bulk'])
  const sent = await call('POST', `/campaigns/${on.campaignId}/bulk/send`, {
    ...body,
    audience: { ids: [member?.id] },
    key: 'walled-launch',
  })
  const stranger = { workspaceId: '01890000-0000-7000-8000-00000000000a' }
  expect((await call('GET', `/launches/${String(sent.body['launchId'])}`, undefined, stranger)).status).toBe(
    404,
  )
})
