import { expect, test } from 'vitest'
import { openDatabase } from '../platform/db/index.ts'
import { origin, password, setupForm, testApp } from '../testing/app.ts'
import { testDatabase } from '../testing/database.ts'

const { database } = await testDatabase()
const code = ({ status, body }: { status: number; body: unknown }) => [
  status,
  (body as { code: string }).code,
]

test('every answer forbids frames, foreign scripts and sniffing, and carries its id', async () => {
  const { app } = await testApp(database)
  for (const path of ['/health', '/api/v1/session', '/api/v1/nowhere', '/inbox']) {
    const { headers } = await app.request(`${origin}${path}`)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toBe(null)
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  }
  const behind = await testApp(database, { publicUrl: 'https://kontor.example' })
  const { headers } = await behind.app.request('https://kontor.example/health')
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
})

test('answers of the API are never kept', async () => {
  const { app } = await testApp(database)
  const kept = []
  for (const path of ['/api/v1/setup', '/api/v1/session', '/health']) {
    kept.push((await app.request(`${origin}${path}`)).headers.get('cache-control'))
  }
  expect(kept).toEqual(['no-store', 'no-store', 'no-store'])
})

test('an address of the API that does not exist is a problem, not a page', async () => {
  const { browser } = await testApp(database)
  for (const path of ['/nowhere', '/workspaces/no-uuid/contacts', '/workspaces']) {
    expect(code(await browser().get(path))).toEqual([404, 'not_found'])
  }
})

test('too large and not JSON are said in problem details', async () => {
  const { browser } = await testApp(database)
  const large = await browser().send('POST', '/session', { address: 'x'.repeat(3_000_000), password })
  expect(code(large)).toEqual([413, 'too_large'])
  const form = { 'content-type': 'text/plain' }
  expect(code(await browser().send('POST', '/session', {}, form))).toEqual([415, 'not_json'])
})

test('the description of the API names every part of the product', async () => {
  const { browser } = await testApp(database)
  const { paths } = (await browser().get('/openapi.json')).body as { paths: Record<string, object> }
  const w = '/api/v1/workspaces/{workspaceId}'
  for (const path of [
    '/api/v1/session',
    `${w}/team`,
    `${w}/mailboxes/connect`,
    `${w}/contacts`,
    `${w}/campaigns`,
    `${w}/outbox`,
    `${w}/conversations`,
    '/api/v1/public/briefs/{token}',
  ]) {
    expect(Object.keys(paths)).toContain(path)
  }
})

test('a database that is away is said so with a time to come back', async () => {
  const away = openDatabase({
    url: 'postgres://kontor_app:x@127.0.0.1:1/kontor',
    applicationName: 'kontor test away',
  })
  const { app, browser } = await testApp(away)
  const ready = await app.request(`${origin}/ready`)
  const answers = [
    await browser().get('/setup'),
    await browser().send('POST', '/session', { address: 'anna@atelier-nord.example', password }),
    { status: ready.status, body: await ready.json(), headers: ready.headers },
  ]
  for (const answer of answers) {
    expect([...code(answer), answer.headers.get('retry-after')]).toEqual([503, 'database_away', '2'])
  }
  await away[Symbol.asyncDispose]()
})

test('a session that cannot be looked up is not taken for signed out', async () => {
  const here = await testApp(database)
  const anna = here.browser()
  const { body } = await anna.get('/setup')
  if ((body as { needed: boolean }).needed) {
    await anna.send('POST', '/setup', setupForm(await here.setupToken()))
  } else await anna.send('POST', '/session', { address: 'anna@atelier-nord.example', password })
  const away = openDatabase({
    url: 'postgres://kontor_app:x@127.0.0.1:1/kontor',
    applicationName: 'kontor test away',
  })
  const there = await testApp(away)
  const cookie = anna.cookie()
  const w = '/workspaces/01890000-0000-7000-8000-000000000001'
  for (const path of [w, `${w}/live`]) {
    const answer = await there.browser().open(path, { cookie })
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([503, 'database_away'])
  }
  await away[Symbol.asyncDispose]()
})
