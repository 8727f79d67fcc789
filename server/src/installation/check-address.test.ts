/** Whether a public address leads here, against real servers on this machine. */
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createHttpClient } from '../platform/http-client/index.ts'
import { seededIds } from '../platform/ids/index.ts'
import { openSecretBox } from '../platform/secret-box/index.ts'
import { checkAddress, healthProof } from './check-address.ts'

const patienceMs = 1500
const ours = openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(1) }], current: 'a' })
const theirs = openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(2) }], current: 'a' })

/** A server on this machine; the address that is checked stands for it, because one of this machine is refused. */
async function behind(listener: RequestListener): Promise<Parameters<typeof checkAddress>[0]> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = createHttpClient({ allowedOrigins: () => [local], timeoutMs: patienceMs })
  return {
    ids: seededIds('address'),
    box: ours,
    http: {
      request: (wanted) => client.request({ ...wanted, url: wanted.url.replace(/^https?:\/\/[^/]+/, local) }),
    },
  }
}
const asks = (url: string | undefined) => new URL(url ?? '', 'http://x').searchParams.get('ask') ?? ''
const verdict = async (listener: RequestListener, address = 'https://kontor.example') =>
  (await checkAddress(await behind(listener), address)).verdict

test('an address that leads to this Kontor is known by its answer', async () => {
  const health: RequestListener = ({ url }, answer) =>
    answer.end(JSON.stringify({ ok: true, answer: healthProof(ours, asks(url)) }))
  expect(await verdict(health)).toBe('reached')
  expect(await verdict(health, 'http://kontor.example')).toBe('reached_plainly')
})

test('another Kontor is told apart from this one', async () => {
  const health: RequestListener = ({ url }, answer) =>
    answer.end(JSON.stringify({ ok: true, answer: healthProof(theirs, asks(url)) }))
  expect(await verdict(health)).toBe('other_kontor')
})

test('an answer that was heard before proves nothing', async () => {
  const heard = healthProof(ours, 'an earlier question')
  expect(await verdict((_, answer) => answer.end(JSON.stringify({ ok: true, answer: heard })))).toBe(
    'other_kontor',
  )
})

test('whatever else answers is not Kontor', async () => {
  expect(await verdict((_, answer) => answer.end('<h1>Welcome to nginx</h1>'))).toBe('not_kontor')
  expect(await verdict((_, answer) => answer.writeHead(502).end('Bad Gateway'))).toBe('not_kontor')
})

test('a redirect to another address is not followed', async () => {
  const elsewhere: RequestListener = (_, answer) =>
    answer.writeHead(302, { location: 'https://login.example/' }).end()
  expect(await verdict(elsewhere)).toBe('leads_elsewhere')
})

test('an address that does not answer in time is said to be slow', async () => {
  expect(await verdict(() => undefined)).toBe('too_slow')
})

test('nobody there', async () => {
  const parts = { ids: seededIds('nobody'), box: ours }
  expect((await checkAddress(parts, 'https://nowhere.invalid')).verdict).toBe('host_unknown')
})

test.each([
  ['kontor.example', 'no_origin'],
  ['ftp://kontor.example', 'no_origin'],
  ['https://kontor.example/app', 'no_origin'],
  ['https://anna:pw@kontor.example', 'no_origin'],
  ['http://localhost:3210', 'only_here'],
  ['http://127.0.0.1', 'only_here'],
  ['http://[::1]:3210', 'only_here'],
])('%s: %s', async (typed, expected) => {
  expect((await checkAddress({ ids: seededIds('typed'), box: ours }, typed)).verdict).toBe(expected)
})
