import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { steppedClock } from '../../testing/clock.ts'
import { createHttpClient } from './index.ts'

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const serve = (listener: RequestListener) => listening(createServer({ keepAlive: false }, listener))

test('an answer of any status is an answer, with headers and body', async () => {
  const origin = await serve((request, response) => {
    response.writeHead(429, { 'retry-after': '7', 'x-method': request.method })
    request.pipe(response)
  })
  const client = createHttpClient({ allowedOrigins: () => [origin], timeoutMs: 20_000 })
  const answer = await client.request({ url: `${origin}/send`, method: 'POST', body: '{"a":1}' })
  expect([
    answer.status,
    answer.headers.get('retry-after'),
    answer.headers.get('x-method'),
    answer.json(),
  ]).toEqual([429, '7', 'POST', { a: 1 }])
})

test('an origin the configuration does not name is refused before a byte leaves', async () => {
  const client = createHttpClient({ allowedOrigins: () => ['https://gmail.googleapis.com'], timeoutMs: 1000 })
  await expect(client.request({ url: 'https://gmail.googleapis.com.evil.example/' })).rejects.toMatchObject({
    kind: 'refused',
    mayHaveLeft: false,
    message: 'A request to https://gmail.googleapis.com.evil.example is not allowed by the configuration.',
  })
  await expect(client.request({ url: 'nonsense' })).rejects.toMatchObject({
    kind: 'refused',
    mayHaveLeft: false,
  })
})

test('a redirect is followed within the allowed origins and refused beyond', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/here') response.writeHead(302, { location: '/there' }).end()
    else if (request.url === '/out') response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end()
    else response.end(request.url)
  })
  const client = createHttpClient({ allowedOrigins: () => [origin], timeoutMs: 20_000 })
  expect((await client.request({ url: `${origin}/here` })).text()).toBe('/there')
  await expect(client.request({ url: `${origin}/out` })).rejects.toMatchObject({
    kind: 'refused',
    mayHaveLeft: true,
  })
  await expect(client.request({ url: `${origin}/round` })).rejects.toMatchObject({ kind: 'refused' })
})

test('nobody listening means nothing left', async () => {
  const server = createTcpServer()
  const origin = await listening(server)
  await new Promise((resolve) => server.close(resolve))
  const client = createHttpClient({ allowedOrigins: () => [origin], timeoutMs: 20_000 })
  await expect(client.request({ url: origin, method: 'POST', body: 'x' })).rejects.toMatchObject({
    kind: 'refused',
    mayHaveLeft: false,
  })
})

test('a connection cut after the request leaves the outcome unknown', async () => {
  const origin = await listening(createTcpServer((socket) => socket.once('data', () => socket.destroy())))
  const client = createHttpClient({ allowedOrigins: () => [origin], timeoutMs: 20_000 })
  await expect(client.request({ url: origin, method: 'POST', body: 'x' })).rejects.toMatchObject({
    kind: 'cut',
    mayHaveLeft: true,
  })
})

test('one deadline covers the whole attempt, body included', async () => {
  const clock = steppedClock()
  const begun = Promise.withResolvers<void>()
  const origin = await serve((_request, response) => {
    response.writeHead(200)
    response.write('half')
    begun.resolve()
  })
  const client = createHttpClient({ allowedOrigins: () => [origin], timeoutMs: 30_000, clock })
  const attempt = client.request({ url: origin })
  const outcome = attempt.catch((error: unknown) => error)
  await begun.promise
  await clock.step({ seconds: 30 })
  expect(await outcome).toMatchObject({ kind: 'timeout', mayHaveLeft: true })
})

test('an answer longer than allowed is not read to its end', async () => {
  const origin = await serve((_request, response) => response.end('x'.repeat(5000)))
  const client = createHttpClient({ allowedOrigins: () => [origin], timeoutMs: 20_000 })
  await expect(client.request({ url: origin, maxBytes: 4999 })).rejects.toMatchObject({ kind: 'too-large' })
  expect((await client.request({ url: origin, maxBytes: 5000 })).bytes.length).toBe(5000)
})

test('reading reuses connections, writing never does', async () => {
  const ports: (number | undefined)[] = []
  const origin = await listening(
    createServer((request, response) => {
      ports.push(request.socket.remotePort)
      response.end()
    }),
  )
  const client = createHttpClient({ allowedOrigins: () => [origin], timeoutMs: 20_000 })
  for (const method of ['GET', 'GET', 'POST', 'POST'] as const) await client.request({ url: origin, method })
  expect(ports[0]).toBe(ports[1])
  expect(new Set(ports.slice(1)).size).toBe(3)
})
