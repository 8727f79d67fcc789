import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Reader } from './json.ts'

let folder: string
const running: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-program-'))
})
afterEach(() => {
  for (const program of running.splice(0)) program.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Program {
  readonly child: ChildProcess
  readonly url: string
}

async function start(
  environment: Readonly<Record<string, string>> = {},
  complaints: 'inherit' | 'ignore' = 'inherit',
): Promise<Program> {
  const child = fork(join(import.meta.dirname, 'main.ts'), {
    env: { KONTOR_DATA: folder, ...environment },
    stdio: ['ignore', 'pipe', complaints, 'ipc'],
  })
  running.push(child)
  if (child.stdout === null) throw new Error('the program has no output')
  const ended = once(child, 'exit').then(() =>
    Promise.reject(new Error('the program ended before it was ready')),
  )
  const [line]: unknown[] = await Promise.race([once(child.stdout, 'data'), ended])
  ended.catch(() => undefined)
  return { child, url: new Reader(JSON.parse(String(line))).text('practice') }
}

async function read(program: Program, path: string): Promise<Reader> {
  return new Reader(await (await fetch(program.url + path)).json())
}

async function post(program: Program, path: string, body: object): Promise<void> {
  await fetch(program.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

test('the first start brings the cast and its foreign mail', async () => {
  const program = await start()
  const accounts = (await read(program, '/control/accounts')).readers('accounts')
  const counted = accounts.map((account) => [account.text('kind'), account.number('messages')] as const)
  expect([
    counted.filter(([kind]) => kind === 'brand'),
    counted.filter(([kind]) => kind === 'person').length,
  ]).toEqual([
    [
      ['brand', 14],
      ['brand', 14],
      ['brand', 0],
      ['brand', 0],
      ['brand', 14],
      ['brand', 14],
      ['brand', 14],
    ],
    25,
  ])
  const people = (await read(program, '/control/people')).readers('people')
  const distinct = (field: string): number => new Set(people.map((person) => person.text(field))).size
  expect([distinct('temperament'), distinct('address')]).toEqual([12, 24])
})

test('a killed program loses nothing and comes back at the same address', async () => {
  const first = await start({ PRACTICE_SEED: 'none' })
  await post(first, '/control/accounts', { address: 'a@brand.practice.example', name: 'A' })
  await post(first, '/control/clock', { advanceMs: 3_600_000 })
  await post(first, '/control/deliver', {
    to: 'a@brand.practice.example',
    from: 'x@outside.example',
    subject: 'Kept',
  })
  await post(first, '/control/faults', { messageIdRewrite: false })
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  const second = await start({ PRACTICE_SEED: 'none' })
  const arrivals = (await read(second, '/control/records/arrivals')).readers('arrivals')
  expect([
    second.url,
    arrivals.map((arrival) => arrival.text('subject')),
    (await read(second, '/control/clock')).number('offsetMs'),
    (await read(second, '/control/faults')).reader('behaviour').flag('messageIdRewrite', true),
  ]).toEqual([first.url, ['Kept'], 3_600_000, false])
  expect(readFileSync(join(folder, 'practice-port'), 'utf8')).toBe(new URL(first.url).port)
})

test('people act from the first start when asked to, until somebody decides otherwise', async () => {
  const first = await start({ PRACTICE_SEED: 'none', PRACTICE_ACT: '1' })
  const before = (await read(first, '/control/people')).flag('acting', false)
  await post(first, '/control/people/act', { on: false })
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  const second = await start({ PRACTICE_SEED: 'none', PRACTICE_ACT: '1' })
  expect([before, (await read(second, '/control/people')).flag('acting', true)]).toEqual([true, false])
})

test('a remembered port that somebody took meanwhile gives way to another, a given one does not', async () => {
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const address = squatter.address()
  const taken = typeof address === 'object' && address !== null ? address.port : 0
  writeFileSync(join(folder, 'practice-port'), String(taken))
  const program = await start({ PRACTICE_SEED: 'none' })
  expect(readFileSync(join(folder, 'practice-port'), 'utf8')).toBe(new URL(program.url).port)
  expect(program.url).not.toContain(String(taken))
  await expect(start({ PRACTICE_PORT: String(taken) }, 'ignore')).rejects.toThrow('ended before it was ready')
  squatter.close()
})

test('the program ends when its parent lets go', async () => {
  const { child } = await start({ PRACTICE_SEED: 'none' })
  child.disconnect()
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('the program ends on SIGTERM', async () => {
  const { child } = await start({ PRACTICE_SEED: 'none' })
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a request for another host is refused, so that no web page reaches in by a name of its own', async () => {
  const program = await start({ PRACTICE_SEED: 'none' })
  const status = await new Promise((resolve, reject) => {
    request(`${program.url}/control/accounts`, { headers: { host: 'evil.example' } }, (answer) =>
      resolve(answer.statusCode),
    )
      .on('error', reject)
      .end()
  })
  expect(status).toBe(421)
})

test('resetting is refused unless it was allowed at the start', async () => {
  const program = await start({ PRACTICE_SEED: 'none' })
  const answer = await fetch(`${program.url}/control/reset`, { method: 'POST' })
  expect(answer.status).toBe(403)
})
