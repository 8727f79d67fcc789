import { OpenAPIHono } from '@hono/zod-openapi'
import { expect, test } from 'vitest'
import type { Env } from './index.ts'
import { originGuard, problemOf, problemResponse } from './index.ts'

function app(publicUrl?: string) {
  const routes = new OpenAPIHono<Env>()
  routes.onError((error) => problemResponse(problemOf(error).problem))
  routes.use(originGuard(() => publicUrl))
  routes.all('/', (c) => c.text('through'))
  return routes
}
const ask = async (method: string, headers: Record<string, string>, publicUrl?: string) => {
  const request = { method, headers: { host: 'kontor.local:3210', ...headers } }
  return (await app(publicUrl).request('/', request)).status
}

test('an unsafe request from a page of another origin is refused', async () => {
  const post = (headers: Record<string, string>, publicUrl?: string) => ask('POST', headers, publicUrl)
  expect({
    same: await post({ origin: 'http://kontor.local:3210' }),
    program: await post({}),
    otherHost: await post({ origin: 'http://evil.example' }),
    otherPort: await post({ origin: 'http://kontor.local:9999' }),
    subdomain: await post({ origin: 'http://evil.kontor.local:3210' }),
    sandboxed: await post({ origin: 'null' }),
    nonsense: await post({ origin: 'kontor.local:3210' }),
    crossSiteWithoutOrigin: await post({ 'sec-fetch-site': 'cross-site' }),
    sameSiteWithoutOrigin: await post({ 'sec-fetch-site': 'same-site' }),
    typedAddress: await post({ 'sec-fetch-site': 'none' }),
    publicOrigin: await post({ origin: 'https://kontor.example' }, 'https://kontor.example'),
    likePublic: await post({ origin: 'https://kontor.example.evil' }, 'https://kontor.example'),
  }).toEqual({
    same: 200,
    program: 200,
    otherHost: 403,
    otherPort: 403,
    subdomain: 403,
    sandboxed: 403,
    nonsense: 403,
    crossSiteWithoutOrigin: 403,
    sameSiteWithoutOrigin: 403,
    typedAddress: 200,
    publicOrigin: 200,
    likePublic: 403,
  })
})

test('every unsafe method is looked at, no safe one', async () => {
  const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'HEAD', 'OPTIONS']
  const answers = await Promise.all(methods.map((method) => ask(method, { origin: 'http://evil.example' })))
  expect(answers).toEqual([403, 403, 403, 403, 200, 200, 200])
})
