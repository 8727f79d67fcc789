import { beforeAll, expect, test } from 'vitest'
import { asActor } from '../http-kit/index.ts'
import type { Actor } from '../team/index.ts'
import { testDatabase, testStart } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { contactRoutes } from './routes.ts'

const { database } = await testDatabase()
let at: Ground
beforeAll(async () => {
  at = await ground(database, { seed: 'contact-routes' })
})

async function call(method: string, path: string, body?: unknown, role: Actor['role'] = 'member') {
  const { workspaceId, personId, ids, emit } = at
  const actor: Actor = { workspaceId, personId, name: 'Anna Keller', role, language: 'en' }
  const response = await asActor(actor, contactRoutes({ database, ids, emit })).request(
    `/workspaces/${workspaceId}${path}`,
    body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
  )
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
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
    language: 'en',
    country: '',
    tags: [],
    notes: '',
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
