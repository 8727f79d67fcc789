/**
 * The programs of a browser test, each a process of its own, started by the very script behind `npm start`: the page is
 * built when its sources changed, then the practice world and the server with all its roles run on free ports in a fresh
 * data folder with its embedded PostgreSQL. Both clocks stand at half past seven on a Monday, half an hour before campaign
 * mails may leave, so that no test depends on the hour at which it runs.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Practice, closing } from './practice.ts'

const startScript = fileURLToPath(new URL('../../scripts/start.js', import.meta.url))
const keptLines = 60

export interface Programs extends AsyncDisposable {
  /** Origin of the product. */
  readonly product: string
  /** The one-time link that the terminal prints. */
  readonly setupLink: string
  readonly practice: Practice
  /** How far both clocks are ahead of this machine's, in milliseconds. */
  readonly aheadMs: () => number
  /** Moves product and practice world on together. */
  readonly step: (milliseconds: number) => Promise<void>
}

export async function startPrograms(): Promise<Programs> {
  await using parts = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'kontor-e2e-'))
  parts.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }))
  const { child, setupLink } = await start(folder)
  parts.defer(() => stop(child))
  const product = new URL(setupLink).origin
  const practice = new Practice(
    `http://127.0.0.1:${(await readFile(join(folder, 'practice-port'), 'utf8')).trim()}`,
  )
  let aheadMs = 0
  async function step(milliseconds: number): Promise<void> {
    await stepProduct(product, milliseconds)
    await practice.post('/clock', { advanceMs: milliseconds })
    aheadMs += milliseconds
  }
  await step(msUntilMonday(await stepProduct(product, 0)))
  const running = parts.move()
  return {
    product,
    setupLink,
    practice,
    step,
    aheadMs: () => aheadMs,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

async function start(folder: string): Promise<{ child: ChildProcess; setupLink: string }> {
  const child = spawn(process.execPath, [startScript], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      KONTOR_DATA: folder,
      PORT: '0',
      KONTOR_PRACTICE: 'on',
      KONTOR_STEPPABLE_CLOCK: '1',
      KONTOR_POLL_SECONDS: '5',
      KONTOR_LOG: 'warn',
      PRACTICE_ACT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const said: string[] = []
  const setupLink = await new Promise<string>((resolve, reject) => {
    for (const input of [child.stdout, child.stderr]) {
      if (input === null) continue
      createInterface({ input }).on('line', (line) => {
        said.push(line)
        const link = /(http:\/\/\S+\/setup\?token=\S+)/.exec(line)?.[1]
        if (link !== undefined) resolve(link)
      })
    }
    // Also later: whoever waits for a server that is gone should read why.
    child.once('exit', (code, signal) => {
      const words = said.slice(-keptLines).join('\n')
      const end = `npm start ended with ${signal ?? `code ${code}`}:\n${words}`
      if (signal === null && code !== 0) process.stderr.write(`${end}\n`)
      reject(new Error(end))
    })
  })
  return { child, setupLink }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

/** The product's clock after a step. */
async function stepProduct(product: string, milliseconds: number): Promise<Temporal.Instant> {
  const answer = await fetch(`${product}/api/v1/test-clock`, {
    method: 'POST',
    headers: { ...closing, 'content-type': 'application/json', origin: product },
    body: JSON.stringify({ stepSeconds: milliseconds / 1000 }),
  })
  const { now } = (await answer.json()) as { now: string }
  return Temporal.Instant.from(now)
}

function msUntilMonday(now: Temporal.Instant): number {
  const today = now.toZonedDateTimeISO('UTC')
  const monday = today.startOfDay().add({ days: 8 - today.dayOfWeek, hours: 7, minutes: 30 })
  return Math.ceil(today.until(monday).total('milliseconds'))
}
