import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Tx } from '../platform/db/index.ts'
import { readLinkToken } from '../platform/link-token/index.ts'
import type { Browser } from '../testing/app.ts'
import { origin, password, setupForm, testApp } from '../testing/app.ts'
import { somebodyWaits, testDatabase } from '../testing/database.ts'
import { jpeg, png } from '../testing/pictures.ts'
import { emptyBrief } from './campaign.ts'
import { insertCampaign } from './store-campaign.ts'

const { database, adminUrl } = await testDatabase()
const plainBrief = { headline: 'Bread', body: '', deliverables: [], dates: '', compensation: '' }

type Picture = { readonly id: string; readonly path: string }
type Campaign = {
  readonly id: string
  readonly brandName: string
  readonly formality: string
  readonly logo?: Picture
  readonly images: readonly Picture[]
}
type Told = { readonly status: number; readonly body: Record<string, unknown> }

/** Anna, who owns two workspaces that nobody has used yet, and the ways of the page to the server. */
async function open() {
  const app = await testApp(database)
  const anna = app.browser()
  const { needed } = (await anna.get('/setup')).body as { needed: boolean }
  const form = needed ? setupForm(await app.setupToken()) : undefined
  const address = 'anna@atelier-nord.example'
  await (form === undefined
    ? anna.send('POST', '/session', { address, password })
    : anna.send('POST', '/setup', form))
  const workspace = async (name: string) =>
    ((await anna.send('POST', '/workspaces', { name, language: 'en', zone: 'UTC' })).body as { id: string })
      .id
  const [here, there] = [await workspace('Here'), await workspace('There')]
  return {
    anna,
    here: `/workspaces/${here}`,
    there: `/workspaces/${there}`,
    browser: app.browser,
    inside: <T>(fn: (tx: Tx) => Promise<T>) => database.inWorkspace(here, fn),
    async bring(method: string, path: string, bytes: Buffer, by: Browser = anna): Promise<Told> {
      const headers = { host: new URL(origin).host, origin, cookie: by.cookie() }
      const answer = await app.app.request(`${origin}/api/v1${path}`, {
        method,
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(bytes),
      })
      return { status: answer.status, body: (await answer.json()) as Told['body'] }
    },
    async begun(name: string, at = `/workspaces/${here}`): Promise<Campaign> {
      return (await anna.send('POST', `${at}/campaigns`, { name })).body as Campaign
    },
    load: (picture: Picture | undefined) => anna.open((picture?.path ?? '').replace('/api/v1', '')),
  }
}

test('a workspace begins plain; what it sets, new campaigns begin with and old ones do not', async () => {
  const { anna, there, bring, begun } = await open()
  expect((await anna.get(`${there}/brand`)).body).toEqual({ name: '', colour: '#2A3FC4', formality: 'du' })
  const before = await begun('Before', there)
  const brand = { name: 'Nordlicht', colour: '#0B5C4B', formality: 'sie' }
  expect((await anna.send('PATCH', `${there}/brand`, brand)).body).toEqual(brand)
  const { body } = await bring('PUT', `${there}/brand/logo`, png(300, 100))
  const logo = { id: expect.any(String), path: expect.any(String), width: 300, height: 100 }
  expect(body).toEqual({ ...brand, logo })
  expect(await begun('After', there)).toMatchObject({
    brandName: 'Nordlicht',
    brandColour: '#0B5C4B',
    formality: 'sie',
    logo: body['logo'],
  })
  const old = (await anna.get(`${there}/campaigns/${before.id}`)).body as Campaign
  expect([old.brandName, old.formality, old.logo]).toEqual(['', 'du', undefined])
})

test('a logo is served by its own address: its type, never guessed at, running nothing, unchanging', async () => {
  const { here, bring, load } = await open()
  const { body } = await bring('PUT', `${here}/brand/logo`, png(300, 100, 'served'))
  const answer = await load(body['logo'] as Picture)
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(png(300, 100, 'served'))
  expect(answer.status).toBe(200)
  const names = ['content-type', 'x-content-type-options', 'content-security-policy', 'cache-control']
  expect(names.map((name) => answer.headers.get(name))).toEqual([
    'image/png',
    'nosniff',
    "default-src 'none'; sandbox",
    'public, max-age=31536000, immutable',
  ])
})

test('an address that is none, and one of this workspace moved to another, lead nowhere', async () => {
  const { anna, here, there, bring } = await open()
  const { body } = await bring('PUT', `${here}/brand/logo`, png(301, 100))
  const { path } = body['logo'] as Picture
  const chance = path.split('.')[1] ?? ''
  const elsewhere = Buffer.from(there.replace('/workspaces/', '').replaceAll('-', ''), 'hex')
  const moved = `${elsewhere.toString('base64url')}.${chance}`
  expect(readLinkToken(moved)?.workspaceId).toBe(there.replace('/workspaces/', ''))
  for (const token of [moved, 'nothing', `${'A'.repeat(22)}.${'A'.repeat(32)}`])
    expect((await anna.get(`/pictures/${token}`)).status).toBe(404)
})

test('what is no picture, or too large, is refused with its own sentence and changes nothing', async () => {
  const { anna, here, bring, begun } = await open()
  const { body: before } = await bring('PUT', `${here}/brand/logo`, png(302, 100))
  const tries: [string, string, Buffer][] = [
    ['PUT', '/brand/logo', Buffer.from('<svg onload="alert(1)"/>')],
    ['PUT', '/brand/logo', Buffer.from('<html>')],
    ['PUT', '/brand/logo', png(9999, 10)],
    ['PUT', '/brand/logo', png(10, 10, 'x'.repeat(1_000_000))],
    ['POST', `/campaigns/${(await begun('Large')).id}/images`, png(10, 10, 'x'.repeat(5_000_000))],
  ]
  const told = []
  for (const [method, path, bytes] of tries) {
    const { status, body } = await bring(method, here + path, bytes)
    told.push([status, body['code'], body['values']])
  }
  expect(told).toEqual([
    [415, 'image_svg', undefined],
    [415, 'image_type', undefined],
    [422, 'image_dimensions', { most: 3000 }],
    [413, 'image_too_large', { most: 1 }],
    [413, 'image_too_large', { most: 5 }],
  ])
  expect((await anna.get(`${here}/brand`)).body).toEqual(before)
})

test('a logo that nothing shows any more is forgotten with its bytes; one that a campaign shows stays', async () => {
  const { anna, here, bring, begun, load, inside } = await open()
  const { body } = await bring('PUT', `${here}/brand/logo`, png(303, 100))
  const campaign = await begun('Keeps')
  expect(campaign.logo).toEqual(body['logo'])
  await anna.send('DELETE', `${here}/brand/logo`)
  expect((await anna.get(`${here}/brand`)).body).not.toHaveProperty('logo')
  expect((await load(campaign.logo)).status).toBe(200)
  const own = await bring('PUT', `${here}/campaigns/${campaign.id}/logo`, jpeg(80, 80))
  expect((await load(campaign.logo)).status).toBe(404)
  await anna.send('PATCH', `${here}/campaigns/${campaign.id}/logo`, { logo: 'none' })
  expect((await load((own.body as unknown as Campaign).logo)).status).toBe(404)
  const left = await inside((tx) =>
    sql<{ loose: number }>`select count(*)::int as loose from blob b
      where not exists (select from picture p where p.sha256 = b.sha256)`.execute(tx),
  )
  expect(left.rows).toEqual([{ loose: 0 }])
})

test('a logo that is taken away while a campaign begins with it stays with that campaign', async () => {
  const { anna, here, bring, load, inside } = await open()
  const { body } = await bring('PUT', `${here}/brand/logo`, png(305, 100))
  const [id, workspaceId] = ['01890000-0000-7000-8000-0000000000b1', here.replace('/workspaces/', '')]
  const removed = await inside(async (tx) => {
    const { rows } = await sql<{ id: string }>`select created_by as id from picture`.execute(tx)
    const campaign = { id, name: 'Begins', brief: emptyBrief, createdBy: rows[0]?.id ?? '' }
    await insertCampaign(tx, workspaceId, campaign)
    const removing = anna.send('DELETE', `${here}/brand/logo`)
    await somebodyWaits(adminUrl)
    return { removing }
  })
  expect((await removed.removing).status).toBe(200)
  expect(((await anna.get(`${here}/campaigns/${id}`)).body as Campaign).logo).toEqual(body['logo'])
  expect((await load(body['logo'] as Picture)).status).toBe(200)
})

test('a campaign takes the logo of the workspace back', async () => {
  const { anna, here, bring, begun } = await open()
  const campaign = await begun('Takes')
  const { body } = await bring('PUT', `${here}/brand/logo`, png(304, 100))
  const taken = await anna.send('PATCH', `${here}/campaigns/${campaign.id}/logo`, { logo: 'brand' })
  expect((taken.body as Campaign).logo).toEqual(body['logo'])
})

test('a brief shows images that were brought for it, each with words or marked as decoration', async () => {
  const { anna, here, bring, begun } = await open()
  const { id } = await begun('Images')
  const { body: image } = await bring('POST', `${here}/campaigns/${id}/images`, jpeg(1200, 800))
  const save = (images: unknown[]) =>
    anna.send('PATCH', `${here}/campaigns/${id}`, { brief: { ...plainBrief, images } })
  expect(await save([{ id: image['id'], alt: ' ' }])).toMatchObject({
    status: 422,
    body: { code: 'image_needs_words' },
  })
  const described = { id: image['id'], alt: 'A loaf', decorative: false }
  expect((await save([described])).body).toMatchObject({
    brief: { ...plainBrief, images: [described] },
    images: [image],
  })
  expect((await save([{ id: image['id'], decorative: true }])).status).toBe(200)
  expect((await save(Array.from({ length: 13 }, () => described))).status).toBe(400)
})

test('an image of another campaign or workspace stands in no brief of this one', async () => {
  const { anna, here, there, bring, begun } = await open()
  const { id } = await begun('Mine')
  const neighbour = await begun('Neighbour')
  const stranger = await begun('Stranger', there)
  const { body: near } = await bring('POST', `${here}/campaigns/${neighbour.id}/images`, jpeg(10, 10))
  const { body: far } = await bring('POST', `${there}/campaigns/${stranger.id}/images`, jpeg(10, 10))
  for (const image of [near, far]) {
    const images = [{ id: image['id'], alt: 'Theirs' }]
    const refused = await anna.send('PATCH', `${here}/campaigns/${id}`, { brief: { ...plainBrief, images } })
    expect(refused).toMatchObject({ status: 422, body: { code: 'image_unknown' } })
  }
  expect((await bring('POST', `${here}/campaigns/${stranger.id}/images`, jpeg(10, 10))).status).toBe(404)
  expect((await bring('PUT', `${here}/campaigns/${stranger.id}/logo`, jpeg(10, 10))).status).toBe(404)
})

test('a brief takes twenty-four images and no more; those that it does not show go after a week', async () => {
  const { anna, here, bring, begun, inside } = await open()
  const { id } = await begun('Many')
  const bringOne = () => bring('POST', `${here}/campaigns/${id}/images`, jpeg(11, 11))
  const kept = (await bringOne()).body
  for (let n = 1; n < 24; n += 1) await bringOne()
  expect((await bringOne()).body).toMatchObject({ code: 'too_many_images' })
  const images = [{ id: kept['id'], alt: 'Kept' }]
  await anna.send('PATCH', `${here}/campaigns/${id}`, { brief: { ...plainBrief, images } })
  await inside((tx) => sql`update picture set created_at = created_at - interval '8 days'`.execute(tx))
  const fresh = (await bringOne()).body
  expect(((await anna.get(`${here}/campaigns/${id}`)).body as Campaign).images).toEqual([kept, fresh])
})

test('publishing that ends before it begins is refused', async () => {
  const { anna, here, begun } = await open()
  const { id } = await begun('Reversed')
  const brief = { ...plainBrief, publishFrom: '2026-05-02', publishUntil: '2026-05-01' }
  expect(await anna.send('PATCH', `${here}/campaigns/${id}`, { brief })).toMatchObject({
    status: 422,
    body: { code: 'publishing_reversed' },
  })
})

test('members dress campaigns, admins the workspace, and somebody else nothing', async () => {
  const { anna, here, there, bring, begun, browser } = await open()
  const invitation = await anna.send('POST', `${here}/invitations`, { role: 'member' })
  const token = (invitation.body as { link: string }).link.split('/').at(-1) ?? ''
  const ben = browser()
  const joining = {
    name: 'Ben',
    address: 'ben@atelier-nord.example',
    password: 'another battery',
    language: 'de',
  }
  expect((await ben.send('POST', `/invitations/${token}/accept`, joining)).status).toBe(200)
  const { id } = await begun('Dressed')
  expect((await bring('PUT', `${here}/campaigns/${id}/logo`, jpeg(10, 10), ben)).status).toBe(200)
  expect((await bring('PUT', `${here}/brand/logo`, jpeg(10, 10), ben)).status).toBe(403)
  expect((await ben.send('PATCH', `${here}/brand`, { name: 'Ben' })).status).toBe(403)
  expect((await ben.get(`${there}/brand`)).status).toBe(403)
  expect((await bring('PUT', `${there}/brand/logo`, jpeg(10, 10), ben)).status).toBe(403)
})
