import { OpenAPIHono } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { changeContact, contactById, suppress } from '../contacts/index.ts'
import { asActor } from '../http-kit/index.ts'
import type { Env } from '../http-kit/index.ts'
import { hashLinkToken, newLinkToken, readLinkToken } from '../platform/link-token/index.ts'
import type { CampaignGround } from '../testing/campaign.ts'
import { groundCampaign, groundMembers, mailsTo, stateOf } from '../testing/campaign.ts'
import { steppedClock } from '../testing/clock.ts'
import { testDatabase } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { addressOf, groundContact } from '../testing/outbox.ts'
import { emptyBrief } from './campaign.ts'
import { apply, decline } from './creator/creator.ts'
import { decide } from './decide.ts'
import { sendInvitations } from './launch.ts'
import { changeCampaign, setCampaignStatus } from './manage.ts'
import { setOpenLink } from './open-link.ts'
import { planDecisions } from './plan.ts'
import { openLinkRoutes } from './routes.ts'
import { sendDecisions } from './send-decisions.ts'
import { applicationRows } from './store-application.ts'
import type { Application } from './store-application.ts'

const db = await testDatabase({ poolSize: 8 })
let on: CampaignGround
let token = ''
beforeAll(async () => {
  on = await opened('open')
  token = await tokenOf(on)
})

async function opened(seed: string): Promise<CampaignGround> {
  const at = await groundCampaign(await ground(db.database, { seed }))
  await at.at.inside((tx) => setOpenLink(at.parts, tx, at.actor, { campaignId: at.campaignId, open: true }))
  return at
}

type Answer = { readonly status: number; readonly body: Record<string, unknown> }
const clock = steppedClock()

async function ask(
  method: string,
  path: string,
  { body, place = '203.0.113.7', at = on }: { body?: unknown; place?: string; at?: CampaignGround } = {},
): Promise<Answer> {
  const app = new OpenAPIHono<Env>()
  app.use(async (c, next) => {
    c.set('clientAddress', place)
    await next()
  })
  app.route('/', openLinkRoutes({ ...at.parts, database: db.database, clock }))
  const answer = await asActor(at.actor, app).request(path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  return { status: answer.status, body: (await answer.json()) as Answer['body'] }
}

const linkPath = (at: CampaignGround) =>
  `/workspaces/${at.at.workspaceId}/campaigns/${at.campaignId}/open-link`

async function tokenOf(at: CampaignGround): Promise<string> {
  const { body } = await ask('GET', linkPath(at), { at })
  return String(body['link']).split('/').at(-1) ?? ''
}

let places = 0
/** Each from a client of its own, unless one is named. */
function applying(
  who: { name: string; address?: string; message?: string; extra?: string },
  { at = on, link = token, place = `198.51.100.${(places += 1)}` } = {},
): Promise<Answer> {
  const body = { address: addressOf(who.name), language: 'en', ...who }
  return ask('POST', `/public/open/${link}/apply`, { body, place, at })
}

async function applicationOf(name: string, at = on): Promise<Application | undefined> {
  const rows = await at.at.inside((tx) => applicationRows(tx, at.campaignId, 'all'))
  return rows.find((row) => row.address === addressOf(name))
}

const ok = { status: 200, body: { ok: true } }

test('a campaign has no open link until somebody switches it on; off it says so, on again it is the same', async () => {
  const at = await groundCampaign(await ground(db.database, { seed: 'switch' }))
  const set = (open: boolean) => ask('PUT', linkPath(at), { body: { open }, at })
  expect((await ask('GET', linkPath(at), { at })).body).toEqual({ open: false, people: 0 })
  const made = await set(true)
  expect(made.body).toEqual({
    open: true,
    people: 0,
    link: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3210\/o\//),
  })
  const link = await tokenOf(at)
  expect((await ask('GET', `/public/open/${link}`)).status).toBe(200)
  expect((await set(false)).body).toEqual({ ...made.body, open: false })
  for (const answer of [
    await ask('GET', `/public/open/${link}`),
    await applying({ name: 'Off Olaf' }, { at, link }),
  ])
    expect(answer).toMatchObject({ status: 410, body: { code: 'open_link_off' } })
  expect((await set(true)).body).toEqual(made.body)
})

test('a new link takes the place of the old one, which leads nowhere from then on; who came is still counted', async () => {
  const at = await opened('renew')
  const old = await tokenOf(at)
  await applying({ name: 'Rita Renew' }, { at, link: old })
  expect((await ask('POST', `${linkPath(at)}/renew`, { at })).body).toMatchObject({ open: true, people: 1 })
  const fresh = await tokenOf(at)
  expect(fresh).not.toBe(old)
  expect(await ask('GET', `/public/open/${old}`)).toMatchObject({
    status: 404,
    body: { code: 'brief_unknown' },
  })
  expect((await ask('GET', `/public/open/${fresh}`)).status).toBe(200)
})

test('anybody sees the brief and nobody’s name', async () => {
  expect((await ask('GET', `/public/open/${token}`)).body).toEqual({
    campaignName: 'Spring Breads',
    brandName: 'Atelier Nord',
    brandColour: '#2A3FC4',
    formality: 'du',
    brief: {
      headline: 'Bread for spring',
      body: 'Bake with us.',
      deliverables: ['1 reel'],
      dates: 'May',
      compensation: '400 EUR',
      images: [],
    },
    images: [],
    state: 'open',
  })
})

test('paused, closed and after the last day the page says so and nobody applies; a draft has no page', async () => {
  const at = await opened('states')
  const link = await tokenOf(at)
  const seen = async () => {
    const page = await ask('GET', `/public/open/${link}`)
    const tried = await applying({ name: 'Stan States' }, { at, link })
    return [page.body['state'] ?? page.body['code'], tried.status, tried.body['code']]
  }
  const day = (applyUntil: string | undefined) =>
    at.at.inside((tx) =>
      changeCampaign(at.parts, tx, at.actor, {
        id: at.campaignId,
        patch: { brief: { ...emptyBrief, applyUntil } },
      }),
    )
  const status = (to: 'running' | 'paused' | 'closed') =>
    at.at.inside((tx) => setCampaignStatus(at.parts, tx, at.actor, { id: at.campaignId, status: to }))
  await day('2026-01-04')
  expect(await seen()).toEqual(['over', 409, 'application_over'])
  await day('2026-01-05')
  await status('paused')
  expect(await seen()).toEqual(['paused', 409, 'applications_paused'])
  await status('running')
  expect((await ask('GET', `/public/open/${link}`)).body['state']).toBe('open')
  await status('closed')
  expect(await seen()).toEqual(['closed', 409, 'campaign_closed'])
  await at.at.inside((tx) => sql`update campaign set status = 'draft'`.execute(tx))
  expect(await seen()).toEqual(['brief_unknown', 404, 'brief_unknown'])
})

test('a stranger begins as a contact who asked us, with the source and the day, and applies unconfirmed', async () => {
  expect(await applying({ name: 'Nina New', message: 'I bake.' })).toEqual(ok)
  const application = await applicationOf('Nina New')
  expect(application).toMatchObject({
    name: 'Nina New',
    message: 'I bake.',
    memberState: 'applied',
    throughOpenLink: true,
  })
  expect(application).not.toHaveProperty('barred')
  const contact = await on.at.inside((tx) => contactById(tx, application?.contactId ?? ''))
  expect(contact).toMatchObject({
    name: 'Nina New',
    language: 'en',
    basis: 'asked_us',
    basisSource: 'Open link of “Spring Breads”, address not confirmed',
    basisAt: Temporal.Instant.from('2026-01-05T08:00:00Z'),
  })
  const told = on.at.emitted.filter(({ subject }) => subject === application?.id)
  expect(told.map(({ type }) => type)).toEqual(['application.received'])
})

test('whoever is known stays as the team knows them', async () => {
  const id = await groundContact(on.at, 'Kim Known')
  const before = await on.at.inside((tx) => contactById(tx, id))
  expect(await applying({ name: 'Somebody Else', address: addressOf('Kim Known') })).toEqual(ok)
  expect(await on.at.inside((tx) => contactById(tx, id))).toEqual(before)
  expect(await applicationOf('Kim Known')).toMatchObject({ name: 'Kim Known', throughOpenLink: true })
})

test('the answer is the same for everybody: unknown, known, barred, decided, asked before, caught', async () => {
  const [barred] = await groundMembers(on, ['Bo Barred'])
  await groundContact(on.at, 'Kai Known')
  await on.at.inside((tx) =>
    suppress(
      tx,
      { workspaceId: on.at.workspaceId, emit: on.at.emit },
      {
        addressKey: addressOf('Bo Barred'),
        reason: 'unsubscribed',
        evidence: '',
      },
    ),
  )
  const answers = [
    await applying({ name: 'Una Unknown' }),
    await applying({ name: 'Una Unknown' }),
    await applying({ name: 'Kai Known' }),
    await applying({ name: 'Bo Barred' }),
    await applying({ name: 'Caught Carl', extra: 'http://pills.example' }),
  ]
  expect(answers).toEqual(answers.map(() => ok))
  expect(await stateOf(on.at, barred?.id ?? '')).toBe('applied')
})

test('what is typed is judged before anybody is looked for', async () => {
  await groundContact(on.at, 'Jo Judged')
  const wrongName = (address: string) => applying({ name: 'Jo\u202E', address })
  expect(await wrongName(addressOf('Jo Judged'))).toEqual(await wrongName(addressOf('Jo Unknown')))
  expect(await wrongName(addressOf('Jo Judged'))).toMatchObject({
    status: 400,
    body: { fields: [{ path: 'name', code: 'control_characters' }] },
  })
  expect(await applying({ name: 'Jo', address: 'no address' })).toMatchObject({
    status: 400,
    body: { fields: [{ path: 'address', code: 'address' }] },
  })
})

test('the same address five times at once, and once more in other letters, is one person with one application', async () => {
  const address = addressOf('Tia Twice')
  const spelled = [address, address, address, address.toUpperCase(), ` ${address} `]
  expect(await Promise.all(spelled.map((each) => applying({ name: 'Tia Twice', address: each })))).toEqual(
    spelled.map(() => ok),
  )
  await applying({ name: 'Tia Twice', message: 'once more' })
  const { rows } = await on.at.inside((tx) =>
    sql<{ people: number; applications: number }>`
      select count(distinct m.contact_id)::int as people, count(a.id)::int as applications
      from contact_address k join member m on m.contact_id = k.contact_id join application a on a.member_id = m.id
      where k.address_key = ${address}`.execute(tx),
  )
  expect(rows).toEqual([{ people: 1, applications: 1 }])
})

test('a program that fills in what people do not see leaves nothing behind', async () => {
  expect(await applying({ name: 'Rob Robot', extra: 'x' })).toEqual(ok)
  expect(await applicationOf('Rob Robot')).toBeUndefined()
})

test('whoever must not be written to applies, stays barred, and gets no approval', async () => {
  const at = await opened('barred')
  const link = await tokenOf(at)
  await at.at.inside((tx) =>
    suppress(
      tx,
      { workspaceId: at.at.workspaceId, emit: at.at.emit },
      {
        addressKey: addressOf('Sue Suppressed'),
        reason: 'complaint',
        evidence: 'abuse',
      },
    ),
  )
  const forbidden = await groundContact(at.at, 'Fay Forbidden')
  const writer = { workspaceId: at.at.workspaceId, ids: at.at.ids, emit: at.at.emit }
  await at.at.inside((tx) => changeContact(tx, writer, { id: forbidden, patch: { doNotContact: true } }))
  for (const name of ['Sue Suppressed', 'Fay Forbidden', 'Gus Good']) {
    expect(await applying({ name }, { at, link })).toEqual(ok)
    const application = await applicationOf(name, at)
    const wish = {
      campaignId: at.campaignId,
      applicationId: application?.id ?? '',
      decision: 'approved',
    } as const
    await at.at.inside((tx) => decide(at.parts, tx, at.actor, wish))
  }
  expect((await applicationOf('Sue Suppressed', at))?.barred).toBe('complaint')
  expect((await applicationOf('Fay Forbidden', at))?.barred).toBe('do_not_contact')
  const planned = await at.at.inside((tx) => planDecisions(at.parts, tx, at))
  const leftOut = planned.ok ? planned.plan.leftOut.map(({ name, reason }) => `${name} ${reason}`) : []
  expect(new Set(leftOut)).toEqual(new Set(['Fay Forbidden do_not_contact', 'Sue Suppressed complaint']))
  expect(
    await at.at.inside((tx) => sendDecisions(at.parts, tx, { ...at, key: 'barred-decisions' })),
  ).toMatchObject({
    queued: 1,
    leftOut: 2,
  })
  expect((await applicationOf('Gus Good', at))?.memberState).toBe('approved')
})

test('an invited person who comes this way has applied, and the invitation that waits is stopped', async () => {
  const [member] = await groundMembers(on, ['Ira Invited'])
  const id = member?.id ?? ''
  const wish = { actor: on.actor, campaignId: on.campaignId, key: 'invite-ira', memberIds: [id] }
  await on.at.inside((tx) => sendInvitations(on.parts, tx, wish))
  await applying({ name: 'Ira Invited' })
  expect([await stateOf(on.at, id), await mailsTo(on.at, id)]).toEqual([
    'applied',
    ['invitation cancelled already_applied'],
  ])
})

test('a no that was said by the own link stands until the own link takes it back', async () => {
  const [member] = await groundMembers(on, ['Dan Declined'])
  const own = readLinkToken(member?.token ?? '')
  if (member === undefined || own === undefined) throw new Error('no member')
  await on.at.inside((tx) => decline(on.parts, tx, own))
  expect(await applying({ name: 'Dan Declined', message: 'by somebody' })).toEqual(ok)
  expect(await applicationOf('Dan Declined')).toMatchObject({
    memberState: 'declined',
    throughOpenLink: true,
  })
  await on.at.inside((tx) => apply(on.parts, tx, own, { message: 'by Dan' }))
  expect(await applicationOf('Dan Declined')).toMatchObject({
    memberState: 'applied',
    message: 'by Dan',
    throughOpenLink: false,
  })
})

test('one client applies twenty times an hour, others go on, and after the hour it may again', async () => {
  const place = '192.0.2.44'
  const again = () => applying({ name: 'Max Many' }, { place })
  for (let n = 0; n < 20; n += 1) expect((await again()).status).toBe(200)
  expect(await again()).toMatchObject({ status: 429, body: { code: 'too_many_requests' } })
  expect((await applying({ name: 'Max Other' })).status).toBe(200)
  await clock.step({ hours: 1 })
  expect((await again()).status).toBe(200)
})

test('whoever has a network of IPv6 addresses is one client with all of them', async () => {
  const again = (n: number) => applying({ name: 'Max Six' }, { place: `2001:db8:0:6::${n}` })
  for (let n = 1; n <= 20; n += 1) expect((await again(n)).status).toBe(200)
  expect((await again(21)).status).toBe(429)
  expect((await applying({ name: 'Max Six' }, { place: '2001:db8:0:7::1' })).status).toBe(200)
})

test('one link takes five hundred applications an hour, from however many clients', async () => {
  const at = await opened('flood')
  const link = await tokenOf(at)
  await applying({ name: 'Flo First' }, { at, link })
  const key = `open-link ${hashLinkToken(link).toString('base64url')}`
  await db.database.inSystem((tx) => sql`update rate_limit set count = 499 where key = ${key}`.execute(tx))
  expect((await applying({ name: 'Flo Last' }, { at, link })).status).toBe(200)
  expect((await applying({ name: 'Flo Late' }, { at, link })).status).toBe(429)
})

test('another workspace neither sees nor switches the link, and a link moved there leads nowhere', async () => {
  const elsewhere = await opened('elsewhere')
  const path = `/workspaces/${elsewhere.at.workspaceId}/campaigns/${on.campaignId}/open-link`
  expect((await ask('GET', path, { at: elsewhere })).status).toBe(404)
  expect((await ask('PUT', path, { body: { open: false }, at: elsewhere })).status).toBe(404)
  expect((await ask('POST', `${path}/renew`, { at: elsewhere })).status).toBe(404)
  const [there] = newLinkToken(on.at.ids, elsewhere.at.workspaceId).split('.')
  const moved = `${there ?? ''}.${token.split('.')[1] ?? ''}`
  expect((await ask('GET', `/public/open/${moved}`)).status).toBe(404)
})

test('in a real workspace a link that leads to this machine alone is not switched on', async () => {
  const at = await groundCampaign(await ground(db.database, { seed: 'real', mode: 'real' }))
  expect(await ask('PUT', linkPath(at), { body: { open: true }, at })).toMatchObject({
    status: 409,
    body: { code: 'public_url_needed' },
  })
})
