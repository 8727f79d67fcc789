import { OpenAPIHono } from '@hono/zod-openapi'
import { beforeAll, expect, test } from 'vitest'
import { asActor } from '../http-kit/index.ts'
import type { Env } from '../http-kit/index.ts'
import type { Actor } from '../team/index.ts'
import { testDatabase, testStart } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { contactRoutes, importRoutes } from './routes.ts'

const { database } = await testDatabase()
let at: Ground
beforeAll(async () => {
  at = await ground(database, { seed: 'contact-routes' })
})

async function call(method: string, path: string, body?: unknown, role: Actor['role'] = 'member') {
  const { workspaceId, personId, ids, emit } = at
  const actor: Actor = { workspaceId, personId, name: 'Anna Keller', role, language: 'en' }
  const routes = new OpenAPIHono<Env>()
  routes.route('/', importRoutes({ database, ids, emit }))
  routes.route('/', contactRoutes({ database, ids, emit }))
  const raw = body instanceof Uint8Array
  const response = await asActor(actor, routes).request(
    `/workspaces/${workspaceId}${path}`,
    body === undefined
      ? { method }
      : {
          method,
          body: raw ? Buffer.from(body) : JSON.stringify(body),
          headers: { 'content-type': raw ? 'application/octet-stream' : 'application/json' },
        },
  )
  // a byte order mark is looked at too
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return {
    status: response.status,
    body: (isJson ? JSON.parse(text) : { text }) as Record<string, unknown>,
  }
}

test('an influencer is added, read, changed and deleted', async () => {
  const added = await call('POST', '/contacts', {
    name: 'Mia Ford',
    address: 'mia@ford.example',
    basis: 'agreed',
  })
  const id = String(added.body['id'])
  const mia = {
    id,
    name: 'Mia Ford',
    address: 'mia@ford.example',
    otherAddresses: [],
    handle: '',
    otherHandles: [],
    language: 'en',
    country: '',
    zone: '',
    tags: [],
    notes: '',
    custom: {},
    basis: 'agreed',
    basisSource: '',
    basisAt: testStart,
    doNotContact: false,
    createdAt: testStart,
  }
  expect(added).toEqual({ status: 200, body: mia })
  expect(await call('PATCH', `/contacts/${id}`, { doNotContact: true, tags: ['food'] })).toEqual({
    status: 200,
    body: { ...mia, doNotContact: true, tags: ['food'] },
  })
  const page = await call('GET', '/contacts?q=ford&limit=1', undefined, 'viewer')
  expect(page).toEqual({
    status: 200,
    body: { rows: [{ ...mia, doNotContact: true, tags: ['food'] }], total: 1 },
  })
  expect(await call('DELETE', `/contacts/${id}`)).toEqual({ status: 200, body: { ok: true } })
  expect((await call('GET', `/contacts/${id}`)).status).toBe(404)
})

test('refusals say what is wrong, and leave nothing behind', async () => {
  const added = await call('POST', '/contacts', { name: 'Ben', address: 'ben@one.example' })
  const known = await call('POST', '/contacts', { name: 'Ben', address: 'BEN@one.example' })
  expect([known.status, known.body['code'], known.body['values']]).toEqual([
    409,
    'contact_known',
    { contactId: added.body['id'] },
  ])
  const broken = await call('POST', '/contacts', { name: 'Ben', address: 'ben@' })
  expect([broken.status, broken.body['fields']]).toEqual([
    400,
    [{ path: 'address', code: 'address', message: 'address' }],
  ])
  const header = await call('POST', '/contacts', { name: 'Ben\r\nBcc: x', address: 'ben2@one.example' })
  expect([header.status, header.body['fields']]).toEqual([
    400,
    [{ path: 'name', code: 'invalid_format', message: 'invalid_format' }],
  ])
  expect((await call('GET', '/contacts?q=one.example')).body['rows']).toHaveLength(1)
})

test('a viewer changes nothing', async () => {
  const refused = await call('POST', '/contacts', { name: 'Cy', address: 'cy@one.example' }, 'viewer')
  expect([refused.status, refused.body['code']]).toEqual([403, 'forbidden'])
})

test('pasted lines come back as added, known and broken', async () => {
  await call('POST', '/contacts', { name: 'Dan', address: 'dan@paste.example' })
  const { status, body } = await call('POST', '/contacts/paste', {
    text: 'Eli <eli@paste.example>\ndan@paste.example\nelse\neve@paste',
  })
  expect([status, (body['added'] as { name: string }[]).map(({ name }) => name), body['problems']]).toEqual([
    200,
    ['Eli'],
    [
      { line: 3, text: 'else', code: 'no_address' },
      { line: 4, text: 'eve@paste', code: 'address_invalid' },
    ],
  ])
  expect((body['known'] as { line: number }[]).map(({ line }) => line)).toEqual([2])
})

test('pages continue where the last one ended', async () => {
  const text = ['c@page.example', 'a@page.example', 'b@page.example'].join('\n')
  await call('POST', '/contacts/paste', { text })
  const first = await call('GET', '/contacts?q=page.example&limit=2')
  const second = await call('GET', `/contacts?q=page.example&limit=2&cursor=${String(first.body['next'])}`)
  const names = [first, second].flatMap(({ body }) =>
    (body['rows'] as { name: string }[]).map(({ name }) => name),
  )
  expect([names, second.body['next']]).toEqual([['a', 'b', 'c'], undefined])
  expect((await call('GET', '/contacts?cursor=nonsense')).status).toBe(400)
})

test('everything that is known of a person is stored and changed over HTTP', async () => {
  const whole = {
    name: 'Noa Whole',
    address: 'noa@whole.example',
    otherAddresses: ['noa@second.example'],
    handle: '@noa',
    otherHandles: [{ network: 'TikTok', name: '@noa.tt' }],
    language: 'de',
    country: 'at',
    zone: 'Europe/Vienna',
    custom: { shoe_size: '38' },
    manager: { name: 'Max Agent', address: 'max@agency.example', cc: true },
    basis: 'agreed',
    basisSource: 'fair',
    basisAt: '2026-01-02T00:00:00Z',
  }
  const added = await call('POST', '/contacts', whole)
  expect(added.body).toMatchObject({ ...whole, country: 'AT' })
  const path = `/contacts/${String(added.body['id'])}`
  const change = { address: 'noa@second.example', otherAddresses: [], manager: null, custom: {}, zone: '' }
  const changed = await call('PATCH', path, change)
  const { manager, ...rest } = changed.body
  expect(manager).toBeUndefined()
  expect(rest).toMatchObject({ address: 'noa@second.example', otherAddresses: [], custom: {}, zone: '' })
  expect((await call('GET', '/contacts/variables')).body).toEqual({ names: [] })
})

test.each([
  [{ zone: 'Mars/Olympus' }, 'zone', 'zone'],
  [{ country: 'QQ' }, 'country', 'country'],
  [{ otherAddresses: ['not one'] }, 'otherAddresses', 'address'],
  [{ manager: { name: 'Max', address: 'not one' } }, 'manager.address', 'address'],
  [{ manager: { name: 'Max\u0007', address: 'm@x.example' } }, 'manager.address', 'address'],
  [{ custom: { name: 'x' } }, 'custom.name', 'variable'],
  [{ custom: { 'Shoe Size': 'x' } }, 'custom.Shoe Size', 'variable'],
  [{ name: 'Ann\u202eeel' }, 'name', 'invalid_format'],
])('%j names the field that is wrong', async (wrong, path, code) => {
  const refused = await call('POST', '/contacts', { name: 'X', address: 'wrong@field.example', ...wrong })
  expect([refused.status, refused.body['code']]).toEqual([400, 'invalid'])
  expect(refused.body['fields']).toEqual([{ path, code, message: code }])
})

test('a file comes in over HTTP, and what failed goes out as a file that can be mended', async () => {
  const begun = await call('POST', '/contacts/imports', { fileName: 'liste.csv' })
  const path = `/contacts/imports/${String(begun.body['id'])}`
  const bytes = Buffer.from(
    'Name;E-Mail;Land\r\nIda Import;ida@import.example;AT\r\nKaputt;ida@;DE\r\n',
    'latin1',
  )
  expect((await call('PUT', `${path}/parts/0`, bytes.subarray(0, 30))).status).toBe(200)
  expect((await call('PUT', `${path}/parts/1`, bytes.subarray(30))).status).toBe(200)
  expect((await call('PUT', `${path}/parts/64`, bytes)).status).toBe(400)
  expect((await call('PUT', `${path}/parts/2`, Buffer.alloc(1_048_577))).status).toBe(413)
  const read = await call('POST', `${path}/read`, {})
  expect(read.body).toMatchObject({ state: 'read', lines: 3, headed: true, separator: ';' })
  expect((await call('PUT', `${path}/parts/0`, bytes)).status).toBe(404)
  const wish = { roles: read.body['roles'], headed: true, tags: ['fair'] }
  const preview = await call('POST', `${path}/preview`, wish)
  expect(preview.body).toMatchObject({
    added: 1,
    failed: 1,
    people: [{ line: 2, name: 'Ida Import', address: 'ida@import.example', country: 'AT' }],
    problems: [{ line: 3, code: 'address_invalid', detail: 'ida@', cells: ['Kaputt', 'ida@', 'DE'] }],
  })
  expect((await call('POST', `${path}/start`, wish)).body).toMatchObject({
    state: 'done',
    added: 1,
    failed: 1,
  })
  expect((await call('POST', `${path}/start`, { ...wish, tags: [] })).body['code']).toBe('import_started')
  expect((await call('GET', '/contacts/imports')).body['rows']).toMatchObject([
    { fileName: 'liste.csv', added: 1 },
  ])
  expect((await call('GET', `${path}/failed`)).body['rows']).toMatchObject([
    { line: 3, code: 'address_invalid' },
  ])
  const file = await call('GET', `${path}/failed.csv`, undefined, 'viewer')
  expect(file.body['text']).toBe(
    '\ufeffName;E-Mail;Land;Problem;Line\r\nKaputt;ida@;DE;Not a valid email address: ida@;3\r\n',
  )
  const list = String((await call('GET', '/contacts.csv?q=ida', undefined, 'viewer')).body['text'])
  expect(list.split('\r\n').map((line) => line.split(',').slice(0, 2))).toEqual([
    ['\ufeffName', 'Email'],
    ['Ida Import', 'ida@import.example'],
    [''],
  ])
})

test('what was exported is imported again without a change', async () => {
  const text = String((await call('GET', '/contacts.csv')).body['text'])
  const begun = await call('POST', '/contacts/imports', { fileName: 'again.csv' })
  const path = `/contacts/imports/${String(begun.body['id'])}`
  await call('PUT', `${path}/parts/0`, Buffer.from(text))
  const read = await call('POST', `${path}/read`, {})
  const wish = { roles: read.body['roles'], headed: true, onKnown: 'replace' }
  expect(read.body['roles']).not.toContain('skip')
  const preview = await call('POST', `${path}/preview`, wish)
  expect(preview.body).toMatchObject({ added: 0, filled: 0, failed: 0 })
})

test('a merged influencer is gone, and says where to', async () => {
  const [one, other] = await Promise.all(
    ['Ula One', 'Ula Other'].map(async (name) =>
      String(
        (await call('POST', '/contacts', { name, address: `${name.replace(' ', '.')}@x.example` })).body[
          'id'
        ],
      ),
    ),
  )
  const merged = await call('POST', `/contacts/${one}/merge`, { contactId: other })
  expect(merged.body).toMatchObject({ name: 'Ula One', otherAddresses: ['Ula.Other@x.example'] })
  const gone = await call('GET', `/contacts/${other}`)
  expect([gone.status, gone.body['code'], gone.body['values']]).toEqual([
    410,
    'contact_merged',
    { contactId: one },
  ])
  expect((await call('POST', `/contacts/${one}/merge`, { contactId: one })).status).toBe(404)
})

test('a viewer reads lists and changes none', async () => {
  const nobody = '01890000-0000-7000-8000-000000000009'
  const statuses = [
    await call('POST', '/contacts/imports', { fileName: 'x' }, 'viewer'),
    await call('PUT', `/contacts/imports/${nobody}/parts/0`, Buffer.from('x'), 'viewer'),
    await call('POST', `/contacts/${nobody}/merge`, { contactId: nobody }, 'viewer'),
  ].map(({ status }) => status)
  expect(statuses).toEqual([403, 403, 403])
  expect((await call('GET', `/contacts/imports/${nobody}`, undefined, 'viewer')).status).toBe(404)
})
