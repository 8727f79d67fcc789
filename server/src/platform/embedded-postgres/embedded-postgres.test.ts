import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { wallClock } from '../clock/index.ts'
import { startEmbedded } from './index.ts'
import { alive } from './instance.ts'

const made: string[] = []
afterAll(async () => {
  for (const folder of made) await rm(folder, { recursive: true, force: true })
})

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-embedded-'))
  made.push(folder)
  return folder
}

const settings = { fsync: 'off' }
const holder = new URL('./holder.fixture.ts', import.meta.url)

async function startHolder(
  folder: string,
): Promise<{ child: ChildProcess; superuserUrl: string; joined: boolean }> {
  const child = fork(holder, [folder], { execArgv: [] })
  const told = await new Promise<{ superuserUrl: string; joined: boolean }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { superuserUrl: string; joined: boolean }))
    child.once('exit', (code) => reject(new Error(`the holder ended with code ${code}`)))
  })
  return { child, ...told }
}

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

async function postmasterOf(folder: string): Promise<number> {
  return Number((await readFile(join(folder, 'pg', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

async function ended(pid: number): Promise<void> {
  while (alive(pid)) await wallClock.sleep(10)
}

test('a cluster is made, sorts by code point, keeps its data over a restart, and stops with its last user', async () => {
  const folder = await freshFolder()
  const first = await startEmbedded({ folder, settings })
  await ask(first.superuserUrl, 'create table kept (n int)')
  expect(
    await ask(first.superuserUrl, `select 'B' < 'a' as plain, current_setting('server_encoding') as enc`),
  ).toEqual([{ plain: true, enc: 'UTF8' }])
  const pid = await postmasterOf(folder)
  await first[Symbol.asyncDispose]()
  expect(alive(pid)).toBe(false)
  await using second = await startEmbedded({ folder, settings })
  expect([first.joined, second.joined]).toEqual([false, false])
  expect(await ask(second.superuserUrl, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }])
  expect((await stat(join(folder, 'password'))).mode & 0o777).toBe(0o600)
})

test('two first starts at once share one instance, which outlives the one that started it', async () => {
  const folder = await freshFolder()
  const [one, two] = await Promise.all([
    startEmbedded({ folder, settings }),
    startEmbedded({ folder, settings }),
  ])
  expect(one.joined).toBe(!two.joined)
  expect(one.superuserUrl).toBe(two.superuserUrl)
  const [starter, guest] = one.joined ? [two, one] : [one, two]
  await starter[Symbol.asyncDispose]()
  expect(await ask(guest.superuserUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  const pid = await postmasterOf(folder)
  await guest[Symbol.asyncDispose]()
  expect(alive(pid)).toBe(false)
})

test('PostgreSQL ends when the only process that holds it is killed', async () => {
  const folder = await freshFolder()
  const { child } = await startHolder(folder)
  const pid = await postmasterOf(folder)
  child.kill('SIGKILL')
  await ended(pid)
  await using again = await startEmbedded({ folder, settings })
  expect(await ask(again.superuserUrl, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('a running instance is adopted, also one whose supervisor was killed', async () => {
  const folder = await freshFolder()
  const { child, superuserUrl } = await startHolder(folder)
  const supervisor = (JSON.parse(await readFile(join(folder, 'supervisor.json'), 'utf8')) as { pid: number })
    .pid
  const guest = await startEmbedded({ folder, settings })
  expect([guest.joined, guest.superuserUrl]).toEqual([true, superuserUrl])
  process.kill(supervisor, 'SIGKILL')
  await ended(supervisor)
  const rescuer = await startEmbedded({ folder, settings })
  expect([rescuer.joined, rescuer.superuserUrl]).toEqual([true, superuserUrl])
  const pid = await postmasterOf(folder)
  child.kill('SIGKILL')
  await rescuer[Symbol.asyncDispose]()
  expect(alive(pid)).toBe(false)
  await guest[Symbol.asyncDispose]()
})

test('a start that was killed half way through leaves no lock and no half cluster', async () => {
  const folder = await freshFolder()
  await mkdir(join(folder, 'pg.tmp'))
  await writeFile(join(folder, 'pg.tmp', 'PG_VERSION'), '18\n')
  await writeFile(join(folder, 'start.lock'), '4194305')
  await using embedded = await startEmbedded({ folder, settings })
  expect(await ask(embedded.superuserUrl, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('a cluster of another major version is refused with a sentence', async () => {
  const folder = await freshFolder()
  await mkdir(join(folder, 'pg'))
  await writeFile(join(folder, 'pg', 'PG_VERSION'), '17\n')
  await expect(startEmbedded({ folder })).rejects.toThrow('was made by PostgreSQL 17, this is PostgreSQL 18')
})

test('a setting PostgreSQL does not know is answered with its own words', async () => {
  const folder = await freshFolder()
  await expect(startEmbedded({ folder, settings: { nonsense: '1' } })).rejects.toThrow(
    'unrecognized configuration parameter "nonsense"',
  )
})
