/**
 * The programs of a story or a storm: a fresh PostgreSQL, a fresh practice world, one web process and workers, each a
 * process of its own, so that one can be killed in the middle of its work.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import lean from '../../scripts/lean.json' with { type: 'json' }
import { startEmbedded } from '../src/platform/embedded-postgres/index.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface Programs extends AsyncDisposable {
  readonly product: string
  readonly setupToken: string
  readonly practice: string
  /** Behind the walls, for sabotage alone. */
  readonly admin: pg.Client
  /** Of the product's database, and the folder with its key: for a command that is run beside. */
  readonly env: NodeJS.ProcessEnv
  /** Process id of each worker. */
  workers(): readonly number[]
  /** Kills all workers without a word and starts new ones. */
  killWorkers(): Promise<void>
  /** Kills one of them, and starts another in its place. */
  killWorker(which: number): Promise<void>
  /** When no worker was there that had come up, by this machine's clock, in milliseconds. */
  withoutWorker(): readonly Span[]
}

export interface Span {
  readonly from: number
  readonly to: number
}

/** Where Gmail of the practice world publishes notices of new mail, once somebody made the topic there. */
export const pushTopic = { topic: 'projects/practice/topics/kontor', serviceAccount: 'push@practice.example' }

/** What a process compiled is there for the next; a worker that is killed keeps nothing by itself. */
export function keepCompiled(): void {
  process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules/.cache/kontor-compiled')
}

/** `quick`: mailboxes are looked at every five seconds; `usual`: as the product does it by itself. */
export async function startPrograms({
  workers: count = 2,
  polling = 'quick',
}: {
  readonly workers?: number
  readonly polling?: 'quick' | 'usual'
} = {}): Promise<Programs> {
  await using parts = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'kontor-story-'))
  parts.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const postgres = parts.use(
    await startEmbedded({
      folder: join(folder, 'postgres'),
      // Nobody takes the machine's power away here; waiting for its disk would only be slow.
      settings: { fsync: 'off', synchronous_commit: 'off' },
    }),
  )
  const admin = new pg.Client({ connectionString: postgres.superuserUrl })
  await admin.connect()
  await admin.query('create database story')
  await admin.end()
  const url = new URL(postgres.superuserUrl)
  url.pathname = '/story'
  const story = new pg.Client({ connectionString: url.href })
  story.on('error', () => {})
  await story.connect()
  parts.defer(() => story.end())

  const env = {
    PATH: process.env['PATH'],
    KONTOR_DATA: folder,
    PRACTICE_SEED: 'none',
    KONTOR_LOG: 'warn',
    ...lean.env,
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(folder, 'compiled'),
  }
  const practice = program('practice/src/main.ts', [], env)
  parts.defer(() => stop(practice))
  const practiceUrl = await lineWith(practice, /"practice":"([^"]+)"/)
  const serving = {
    ...env,
    DATABASE_URL: url.href,
    PRACTICE_URL: practiceUrl,
    KONTOR_STEPPABLE_CLOCK: '1',
    ...(polling === 'quick' ? { KONTOR_POLL_SECONDS: '5' } : {}),
    PRACTICE_PUSH_TOPIC: pushTopic.topic,
    PRACTICE_PUSH_ACCOUNT: pushTopic.serviceAccount,
  }
  const web = program('server/src/main.ts', ['--role=web'], { ...serving, PORT: '0' })
  parts.defer(() => stop(web))
  const setUp = await lineWith(web, /(http:\/\/\S+)\/setup\?token=(\S+)/)
  const [product = '', setupToken = ''] = setUp.split(' ')
  const working = { ...serving, PORT: new URL(product).port }
  const ready = new Set<ChildProcess>()
  const gaps: Span[] = []
  let gapFrom = Date.now()
  const startWorker = (): ChildProcess => {
    const worker = program('server/src/main.ts', ['--role=worker'], working)
    // one that is killed before it is ready says nothing
    void lineWith(worker, /(works)/).then(
      () => {
        if (ready.size === 0) gaps.push({ from: gapFrom, to: Date.now() })
        ready.add(worker)
      },
      () => {},
    )
    worker.once('exit', () => {
      if (ready.delete(worker) && ready.size === 0) gapFrom = Date.now()
    })
    return worker
  }
  const workers = Array.from({ length: count }, startWorker)
  parts.defer(async () => {
    await Promise.all(workers.map((worker) => stop(worker)))
  })
  async function killWorker(which: number): Promise<void> {
    const worker = workers[which]
    if (worker !== undefined) await stop(worker, 'SIGKILL')
    workers[which] = startWorker()
  }
  const running = parts.move()
  return {
    product,
    setupToken,
    practice: practiceUrl,
    admin: story,
    env: working,
    workers: () => workers.flatMap(({ pid }) => pid ?? []),
    killWorker,
    withoutWorker: () => (ready.size === 0 ? [...gaps, { from: gapFrom, to: Date.now() }] : gaps),
    async killWorkers() {
      await Promise.all(workers.map((_worker, which) => killWorker(which)))
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function program(path: string, parameters: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [...lean.flags, join(root, path), ...parameters], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
}

/** The groups of the first line that matches, joined by a blank. */
async function lineWith(child: ChildProcess, pattern: RegExp): Promise<string> {
  const { stdout } = child
  if (stdout === null) throw new Error('a program without output')
  return await new Promise((resolve, reject) => {
    createInterface({ input: stdout }).on('line', (line) => {
      const match = pattern.exec(line)
      if (match !== null) resolve(match.slice(1).join(' '))
    })
    child.once('exit', (code) =>
      reject(new Error(`${child.spawnargs[1]} ended with code ${code} before it was ready`)),
    )
  })
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await ended
}
