import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, expect, test } from 'vitest'
import type { Env } from '../http-kit/index.ts'
import { problemOf, problemResponse } from '../http-kit/index.ts'
import { mountWebPage } from './static.ts'

const folder = await mkdtemp(join(tmpdir(), 'kontor-web-'))
await mkdir(join(folder, 'dist/assets'), { recursive: true })
await writeFile(join(folder, 'dist/index.html'), '<title>Kontor</title>')
await writeFile(join(folder, 'dist/assets/app-3f9a.js'), 'export {}')
await writeFile(join(folder, 'secret.txt'), 'outside')
afterAll(() => rm(folder, { recursive: true }))

async function get(path: string, root: string | undefined = join(folder, 'dist')) {
  const app = new Hono<Env>()
  app.onError((error) => problemResponse(problemOf(error).problem))
  mountWebPage(app, root)
  const answer = await app.request(path)
  return [answer.status, answer.headers.get('cache-control'), await answer.text()]
}

test('a file with a hash in its name may be kept for ever', async () => {
  expect(await get('/assets/app-3f9a.js')).toEqual([200, 'public, max-age=31536000, immutable', 'export {}'])
})

test('every address of the application is the page, asked for anew each time', async () => {
  const page = [200, 'no-cache', '<title>Kontor</title>']
  expect(await get('/')).toEqual(page)
  expect(await get('/campaigns/0189?tab=people')).toEqual(page)
  expect(await get('/b/token.with.dots')).toEqual(page)
})

test('an asset of an older build is missing rather than the page', async () => {
  const [status] = await get('/assets/app-0000.js')
  expect(status).toBe(404)
})

test('nothing outside the folder is given away', async () => {
  for (const path of [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/..\\secret.txt',
  ]) {
    expect((await get(path)).at(-1)).not.toContain('outside')
  }
})

test('the page that verifies an access log is saved, never opened from here', async () => {
  await writeFile(join(folder, 'dist/verify-access-log.html'), '<title>Verify</title>')
  const app = new Hono<Env>()
  mountWebPage(app, join(folder, 'dist'))
  const answer = await app.request('/verify-access-log.html')
  expect([answer.headers.get('content-disposition'), await answer.text()]).toEqual([
    'attachment',
    '<title>Verify</title>',
  ])
})

test('without a build there is a sentence', async () => {
  const app = new Hono<Env>()
  mountWebPage(app, undefined)
  const answer = await app.request('/inbox')
  expect([answer.status, await answer.text()]).toEqual([
    404,
    'The web page has not been built yet: npm run build\n',
  ])
})
