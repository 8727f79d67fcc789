/**
 * `npm start`: everything on this machine, with nothing to prepare.
 *
 * 1. The pinned Node. 2. The web page, built when its sources changed since the last build. 3. The practice world,
 * unless KONTOR_PRACTICE is off or PRACTICE_URL names another one. 4. The server; its arguments are ours.
 *
 * Stops when the server stops, and stops everything when it is told to. Both children watch their IPC channel, so
 * that even a SIGKILL of this process leaves nothing running.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { handedToPinnedNode, passSignalsOn } from './pinned-node.js'
import { buildWeb } from './build-web.js'

const root = fileURLToPath(new URL('../', import.meta.url))
const practiceMain = `${root}practice/src/main.ts`
const serverMain = `${root}server/src/main.ts`
const firstRestMs = 1000
const longestRestMs = 60_000
const slowestStartMs = 20_000
/**
 * Measured on a busy worker: 160 MB instead of 270, at no cost in time; many small arenas keep most of what they ever held.
 * Attachments are given back at once where the size from which memory is mapped does not grow with them: 240 MB instead of 265
 * at most, while a hard corpus of mails is read. The story and the benchmarks start the product's programs with them, too.
 */
const lean = JSON.parse(readFileSync(new URL('lean.json', import.meta.url), 'utf8'))

if (!handedToPinnedNode()) await start()

async function start() {
  let server
  let practice
  let stopping = false
  passSignalsOn([() => server, () => practice])
  const stop = () => {
    stopping = true
    server?.kill('SIGTERM')
    practice?.kill('SIGTERM')
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      stopping = true
    })
  }
  process.on('disconnect', stop)

  await buildWeb(root)
  // what one start has compiled, the next one need not
  process.env.NODE_COMPILE_CACHE ??= `${root}node_modules/.cache/kontor-compiled`
  const env = { ...lean.env, ...process.env }
  if (practiceWanted()) {
    const port = await rememberedPort()
    practice = startPractice(
      () => stopping,
      (fresh) => (practice = fresh),
    )
    env.PRACTICE_URL = port === undefined ? await addressOf(practice) : `http://127.0.0.1:${port}`
  }
  if (env.PRACTICE_URL && practice !== undefined) env.PRACTICE_PUSH ??= 'on'
  if (stopping) return
  server = spawn(process.execPath, [...lean.flags, serverMain, ...serverArguments()], {
    env,
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  server.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : stopping ? 0 : 1
    stop()
    if (process.connected) process.disconnect()
  })
}

function serverArguments() {
  const given = process.argv.slice(2)
  return given.some((argument) => argument.startsWith('--role=')) ? given : ['--role=all', ...given]
}

function practiceWanted() {
  const wish = process.env.KONTOR_PRACTICE
  const off = ['0', 'off', 'false', 'no'].includes(wish ?? '')
  const unasked = (wish ?? '') === '' && process.env.NODE_ENV === 'production'
  return !off && !unasked && (process.env.PRACTICE_URL ?? '') === '' && existsSync(practiceMain)
}

/** A practice world that comes back on its remembered port if it dies, later each time. */
function startPractice(stopping, replace, deaths = 0) {
  const child = spawn(process.execPath, [practiceMain], {
    cwd: root,
    env: { PRACTICE_ACT: '1', ...process.env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  child.on('exit', (code) => {
    if (stopping()) return
    const restMs = Math.min(longestRestMs, firstRestMs * 2 ** deaths)
    process.stderr.write(
      `The practice world ended with code ${code}; it is started again in ${restMs / 1000} s.\n`,
    )
    setTimeout(() => {
      if (!stopping()) replace(startPractice(stopping, replace, deaths + 1))
    }, restMs).unref()
  })
  return child
}

/** The port on which the practice world will come back: then nobody has to wait for it. Undefined when that is not sure. */
async function rememberedPort() {
  const file = join(process.env.KONTOR_DATA || `${root}data`, 'practice-port')
  const port = Number(await readFile(file, 'utf8').catch(() => ''))
  if (port === 0 || (process.env.PRACTICE_PORT ?? '') !== '') return undefined
  const probe = createServer()
  const free = await new Promise((resolve) => {
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => resolve(true))
  })
  await new Promise((resolve) => probe.close(resolve))
  return free ? port : undefined
}

/** The address in the line a practice world prints when it is ready; empty when it never does. */
function addressOf(practice) {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(''), slowestStartMs)
    const found = (address) => {
      clearTimeout(late)
      resolve(address)
    }
    practice.on('exit', () => found(''))
    createInterface({ input: practice.stdout }).on('line', (line) => {
      const address = /"practice":"([^"]+)"/.exec(line)?.[1]
      if (address !== undefined) found(address)
    })
  })
}
