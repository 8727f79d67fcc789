/** The program as a person starts it: processes, signals, exit codes, what the terminal says. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'kontor-main-'))
afterAll(() => rm(folder, { recursive: true }))

type Run = {
  /** The first match of a pattern in what was printed. */
  said(pattern: RegExp): Promise<string>
  signal(name: NodeJS.Signals): void
  readonly ended: Promise<{ code: number | null; out: string; err: string }>
}

function start(env: Record<string, string>, args: readonly string[] = []): Run {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: '/usr/bin:/bin', KONTOR_LOG: 'warn', KONTOR_PRACTICE: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  const looking = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    for (const look of looking) look()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
  return {
    ended,
    signal: (name) => child.kill(name),
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(out)
          if (found !== null) resolve(found[1] ?? found[0])
        }
        looking.add(look)
        void ended.then(() => reject(new Error(`ended without saying ${pattern}: ${out}${err}`)))
        look()
      }),
  }
}

test('one program per data folder: it serves, a second one says so, a signal ends it', async () => {
  const env = { KONTOR_DATA: join(folder, 'one'), PORT: '0' }
  const first = start(env)
  const address = await first.said(/^Kontor: (\S+)$/m)
  expect(await first.said(/^Set up, once: (\S+)token=/m)).toBe(`${address}/setup?`)
  const ready = await fetch(`${address}/ready`)
  expect([ready.status, await ready.json()]).toEqual([200, { ok: true }])
  const second = await start(env).ended
  expect([second.code, second.out, second.err.split('.')[0]]).toEqual([
    1,
    '',
    'Kontor is running with this data folder already',
  ])
  first.signal('SIGTERM')
  const end = await first.ended
  expect([end.code, end.err]).toEqual([0, ''])
}, 60_000)

test('a port that is taken is a sentence and code 1', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  const run = await start({ KONTOR_DATA: join(folder, 'two'), PORT: String(port) }).ended
  taken.close()
  expect(run).toEqual({
    code: 1,
    out: '',
    err: `Port ${port} is in use. Stop the other program, or start Kontor with PORT=<another port>.\n`,
  })
}, 60_000)

test('a configuration with mistakes names each of them', async () => {
  const run = await start({ PORT: 'x', DATABASE_URL: 'mysql://x' }, ['--role=boss']).ended
  expect([
    run.code,
    run.err
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ]).toEqual([1, ['--role', 'PORT', 'DATABASE_URL']])
})

test('a database that is not there is a sentence and code 1', async () => {
  const env = { KONTOR_DATA: join(folder, 'three'), DATABASE_URL: 'postgres://x:y@127.0.0.1:1/kontor' }
  const run = await start(env).ended
  expect([run.code, run.err]).toEqual([
    1,
    'The database cannot be reached: connect ECONNREFUSED 127.0.0.1:1. Check DATABASE_URL and that the server runs.\n',
  ])
})
