import { OpenAPIHono } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { changeContact } from '../contacts/index.ts'
import { asActor } from '../http-kit/index.ts'
import type { Env } from '../http-kit/index.ts'
import { carryLayout } from '../inbox/index.ts'
import type { Actor } from '../team/index.ts'
import type { CampaignGround } from '../testing/campaign.ts'
import { acceptWaiting, groundCampaign, groundMembers } from '../testing/campaign.ts'
import { testDatabase } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { emptyBrief } from './campaign.ts'
import { launchRoutes, templateRoutes } from './routes.ts'
import { insertCampaign } from './store-campaign.ts'

const { database } = await testDatabase()
let on: CampaignGround
beforeAll(async () => {
  on = await groundCampaign(await ground(database, { seed: 'template-routes' }))
})

async function call(method: string, path: string, body?: unknown, actor: Partial<Actor> = {}) {
  const routes = new OpenAPIHono<Env>()
  routes.route('/', templateRoutes({ ...on.parts, database, carryLayout }))
  routes.route('/', launchRoutes({ ...on.parts, database }))
  const response = await asActor({ ...on.actor, ...actor }, routes).request(
    `/workspaces/${on.at.workspaceId}${path}`,
    body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
  )
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const english = { subject: 'Hello {{ first_name }}', body: 'About {{ campaign.name }}' }
const german = { subject: 'Hallo {{ first_name }}', body: 'Zu {{ campaign.name }}' }

test('a template is kept in both languages, and every change of a text is a version', async () => {
  const wish = { name: 'Warm hello', kind: 'bulk', texts: { en: english, de: german } }
  const made = await call('POST', '/templates', wish)
  expect(made).toMatchObject({ status: 200, body: { ...wish, languages: ['en', 'de'], unknown: [] } })
  const path = `/templates/${String(made.body['id'])}`
  const changed = { ...wish, texts: { ...wish.texts, en: { ...english, subject: 'Hi {{ first_name }}' } } }
  await call('PUT', path, changed)
  await call('PUT', path, changed)
  const versions = async (language: string) =>
    (
      (await call('GET', `${path}/versions?language=${language}`)).body['rows'] as {
        version: number
        subject: string
        author: string
      }[]
    ).map(({ version, subject, author }) => [version, subject, author])
  expect(await versions('en')).toEqual([
    [2, 'Hi {{ first_name }}', 'Anna Keller'],
    [1, 'Hello {{ first_name }}', 'Anna Keller'],
  ])
  expect(await versions('de')).toEqual([[1, 'Hallo {{ first_name }}', 'Anna Keller']])
  const without = await call('PUT', path, { ...changed, texts: { de: german } })
  expect(without.body).toMatchObject({ languages: ['de'], texts: { de: german } })
  expect((await call('DELETE', path)).status).toBe(200)
  expect((await call('GET', path)).status).toBe(404)
  expect((await call('PUT', path, wish)).status).toBe(404)
})

test('a variable that nobody has yet is told and kept; what is no variable is refused with its field', async () => {
  const wish = {
    name: 'With a fee',
    kind: 'approval',
    texts: { en: { subject: 'S', body: 'You get {{ feee }}' } },
  }
  expect((await call('POST', '/templates', wish)).body).toMatchObject({ unknown: ['feee'] })
  const broken = async (body: string) => {
    const refused = await call('POST', '/templates', { ...wish, texts: { de: { subject: 'S', body } } })
    return [refused.status, refused.body['code'], refused.body['values']]
  }
  expect(await broken('{{ name | shout }}')).toEqual([
    422,
    'unknown_filter',
    { field: 'de.body', name: 'shout' },
  ])
  expect(await broken('{% for i in x %}')).toEqual([
    422,
    'not_a_variable',
    { field: 'de.body', text: '{% for i in x %}' },
  ])
  expect((await call('POST', '/templates', { ...wish, texts: {} })).body['code']).toBe('message_empty')
  expect((await call('POST', '/templates', { ...wish, name: ' ' })).status).toBe(400)
})

test('a text is shown as real people would read it, and says for each what is missing', async () => {
  const [one] = await groundMembers(on, ['Dr. Ada Fee', 'Bo Nofee'])
  await on.at.inside((tx) =>
    changeContact(tx, on.at, { id: one?.contactId ?? '', patch: { custom: { fee: '400 €' } } }),
  )
  const wish = {
    kind: 'bulk',
    language: 'en',
    subject: 'For {{ first_name }}',
    body: '{{ fee }} **now**',
    campaignId: on.campaignId,
  }
  const seen = await call('POST', '/letters', wish)
  expect(seen.body['variables']).toEqual(['fee'])
  const letterTo = (name: string) =>
    (seen.body['letters'] as { name: string }[]).find((letter) => letter.name === name)
  expect(letterTo('Bo Nofee')).toMatchObject({
    missing: ['fee'],
    subject: 'For Bo',
    text: expect.stringMatching(/^\{\{ fee \}\} now\n/),
  })
  expect(letterTo('Dr. Ada Fee')).toMatchObject({
    missing: [],
    subject: 'For Ada',
    text: expect.stringMatching(/^400 € now\n/),
  })
  const alone = await call('POST', '/letters', { ...wish, contactId: one?.contactId }, { role: 'viewer' })
  expect((alone.body['letters'] as object[]).length).toBe(1)
  const link = { ...wish, body: '{{ brief_link }}', contactId: one?.contactId }
  const linkSeenBy = async (role: 'viewer' | 'member') =>
    JSON.stringify((await call('POST', '/letters', link, { role })).body).includes(one?.token ?? '-')
  expect([await linkSeenBy('viewer'), await linkSeenBy('member')]).toEqual([false, true])
  expect((await call('POST', '/letters', { ...wish, body: '{{ name' })).body).toMatchObject({
    problem: { field: 'body', code: 'not_a_variable', detail: '{{ name' },
    letters: [],
  })
  expect((await call('POST', '/letters', { ...wish, body: '{{ fe }}' })).body['unknown']).toEqual(['fe'])
})

test('among the few letters shown is one with a gap and one without, as soon as there are such people', async () => {
  const campaignId = on.at.ids.uuid()
  const { personId: createdBy, workspaceId } = on.at
  await on.at.inside((tx) =>
    insertCampaign(tx, workspaceId, { id: campaignId, name: 'Mixed', createdBy, brief: emptyBrief }),
  )
  const yaras = Array.from({ length: 6 }, (_, n) => `Yara ${n}`)
  const [, ...whole] = await groundMembers({ ...on, campaignId }, ['Zoe Gap', ...yaras])
  await on.at.inside(async (tx) => {
    for (const { contactId: id } of whole)
      await changeContact(tx, on.at, { id, patch: { custom: { fee: '1 €' } } })
  })
  const wish = { kind: 'bulk', language: 'en', subject: 'S', body: '{{ fee }}', campaignId }
  const { letters } = (await call('POST', '/letters', wish)).body as {
    letters: { name: string; missing: string[] }[]
  }
  expect(letters.map(({ name, missing }) => [name, missing])).toEqual([
    ...[0, 1, 2, 3].map((n) => [`Yara ${n}`, []]),
    ['Zoe Gap', ['fee']],
  ])
})

test('a test goes from the mailbox to itself, with the layout, a gap where a value is missing, and links that lead nowhere', async () => {
  const [one] = await groundMembers(on, ['Tess Letter'])
  const wish = {
    kind: 'invitation',
    language: 'en',
    subject: 'For {{ first_name }}',
    body: '**Hello** {{ nofee }}\n\n{{ brief_link }}',
    campaignId: on.campaignId,
    contactId: one?.contactId,
  }
  expect((await call('POST', '/letters/test', wish, { role: 'viewer' })).status).toBe(403)
  const sent = await call('POST', '/letters/test', wish)
  const address = `anna.${on.at.workspaceId}@brand.practice.example`
  expect(sent).toMatchObject({ status: 200, body: { to: address } })
  const { rows } = await on.at.inside((tx) =>
    sql`select s.kind, s.contact_id, s.to_address, s.subject, s.text, l.html from submission s
      join letter l on l.submission_id = s.id where s.id = ${String(sent.body['submissionId'])}`.execute(tx),
  )
  expect(rows).toMatchObject(
    [
      {
        kind: 'direct',
        contact_id: null,
        to_address: address,
        subject: 'Test: For Tess',
        text: /^Hello \{\{ nofee \}\}/,
      },
    ].map((row) => ({
      ...row,
      text: expect.stringMatching(row.text),
      html: expect.stringContaining('<strong>Hello</strong>'),
    })),
  )
  expect(JSON.stringify(rows)).not.toContain(one?.token)
  expect((await call('POST', '/letters/test', { ...wish, mailboxId: on.at.ids.uuid() })).body['code']).toBe(
    'mailbox_unknown',
  )
})

test('a text for a personal mail has neither a button nor a way out under it', async () => {
  const [one] = await groundMembers(on, ['Perry Sonal'])
  const wish = {
    kind: 'direct',
    language: 'en',
    subject: 'S',
    body: 'Hi {{ first_name }}',
    contactId: one?.contactId,
  }
  expect((await call('POST', '/letters', wish)).body['letters']).toMatchObject([{ text: 'Hi Perry\n' }])
  const template = { name: 'Short hello', kind: 'direct', texts: { en: { subject: 'S', body: 'Hi' } } }
  expect((await call('POST', '/templates', template)).body).toMatchObject({ kind: 'direct' })
})

test('a template is one mail whatever its version, and waiting mails keep the text they were frozen to', async () => {
  const [early, late] = await groundMembers(on, ['Cara Early', 'Cara Late'])
  if (early === undefined || late === undefined) throw new Error('members')
  const texts = { en: { subject: 'News', body: 'First' } }
  const made = await call('POST', '/templates', { name: 'News', kind: 'bulk', texts })
  const templateId = String(made.body['id'])
  const send = (key: string, ids: string[], said: object) =>
    call('POST', `/campaigns/${on.campaignId}/bulk/send`, { key, audience: { ids }, texts: said, templateId })
  expect((await send('news-first', [early.id], texts)).body).toMatchObject({ queued: 1 })
  await acceptWaiting(on.at, early.id)
  const second = { en: { subject: 'News', body: 'Second' } }
  await call('PUT', `/templates/${templateId}`, { name: 'News', kind: 'bulk', texts: second })
  expect((await send('news-second', [early.id, late.id], second)).body).toMatchObject({
    queued: 1,
    leftOut: 1,
  })
  const edited = { en: { subject: 'News', body: 'Written for once' } }
  expect((await send('news-edited', [early.id, late.id], edited)).body).toMatchObject({ queued: 2 })
})

test('a viewer reads templates and changes none, and another workspace sees none of ours', async () => {
  const wish = { name: 'Walled', kind: 'bulk', texts: { en: english } }
  expect((await call('POST', '/templates', wish, { role: 'viewer' })).status).toBe(403)
  const made = await call('POST', '/templates', wish)
  const stranger = { workspaceId: '01890000-0000-7000-8000-00000000000a' }
  expect((await call('GET', `/templates/${String(made.body['id'])}`, undefined, stranger)).status).toBe(404)
  expect((await call('GET', '/templates', undefined, stranger)).body).toEqual({ rows: [] })
})
