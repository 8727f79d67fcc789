/**
 * The supervisor: a small process of its own, detached from whoever started it, that runs one PostgreSQL for as long
 * as somebody holds it. Holding is an open TCP connection on the loopback interface that began with the right word,
 * so a holder that is killed with SIGKILL lets go at that moment.
 *
 * 1. Start PostgreSQL (or watch one whose supervisor was lost) and wait until it says it is ready.
 * 2. Tell the starter over its IPC channel, write the address for later holders.
 * 3. When the last holder is gone: fast shutdown (SIGINT), then tell those who wait by closing their connections.
 *
 * Owns the PostgreSQL process. Refuses the network beyond 127.0.0.1 and every decision about the cluster.
 */
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { wallClock } from '../clock/index.ts'
import type { Command } from './binaries.ts'
import { alive, files, readPostmaster, writeSupervisor } from './instance.ts'

export type Order = {
  readonly folder: string
  readonly word: string
  /** Undefined: PostgreSQL runs already and only needs watching. */
  readonly postgres: Command | undefined
}
export type Word = { readonly ready: true } | { readonly failed: string }

const pollMs = 20
const patienceMs = 60_000
const fastShutdownMs = 15_000
const holders = new Set<Socket>()
const waiting = new Set<Socket>()

process.once('message', (order: Order) => {
  supervise(order).catch((error: unknown) => {
    tell({ failed: error instanceof Error ? error.message : String(error) })
    process.disconnect?.()
    process.exitCode = 1
  })
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

async function supervise(order: Order): Promise<void> {
  const gone = new AbortController()
  if (order.postgres !== undefined) {
    const { file, args, ...user } = order.postgres
    const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'], ...user })
    child.on('exit', () => gone.abort())
    child.on('error', () => gone.abort())
  }
  const pid = await untilReady(order.folder, gone.signal)
  const server = createServer((socket) => welcome(socket, order.word))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port to be held by')
  await writeSupervisor(order.folder, { pid: process.pid, port: address.port, word: order.word })
  tell({ ready: true })

  while (!gone.signal.aborted && alive(pid) && (holders.size > 0 || process.connected)) {
    await wallClock.sleep(pollMs * 2, gone.signal)
  }
  rmSync(files.supervisor(order.folder), { force: true })
  if (!gone.signal.aborted) await shutDown(pid, gone.signal)
  for (const socket of [...holders, ...waiting]) socket.destroy()
  server.close()
}

async function untilReady(folder: string, gone: AbortSignal): Promise<number> {
  const start = wallClock.monotonicMs()
  while (!gone.aborted && wallClock.monotonicMs() - start < patienceMs) {
    const postmaster = await readPostmaster(folder)
    if (postmaster?.status === 'ready') return postmaster.pid
    await wallClock.sleep(pollMs, gone)
  }
  throw new Error('PostgreSQL did not get ready')
}

/** `hold` keeps the instance; `leave` lets go and asks to be told when PostgreSQL is gone or still needed. */
function welcome(socket: Socket, word: string): void {
  let heard = ''
  const lost = () => {
    holders.delete(socket)
    waiting.delete(socket)
  }
  socket.on('error', lost)
  socket.on('close', lost)
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    heard += text
    if (heard.length > 200) return socket.destroy()
    if (heard === `${word} hold\n`) {
      heard = ''
      holders.add(socket)
      socket.write('held\n')
    } else if (heard === 'leave\n' && holders.delete(socket)) {
      if (holders.size > 0) socket.end('shared\n')
      else waiting.add(socket)
    }
    return undefined
  })
}

async function shutDown(pid: number, gone: AbortSignal): Promise<void> {
  process.kill(pid, 'SIGINT')
  const start = wallClock.monotonicMs()
  while (!gone.aborted && alive(pid)) {
    if (wallClock.monotonicMs() - start > fastShutdownMs) process.kill(pid, 'SIGQUIT')
    await wallClock.sleep(pollMs, gone)
  }
}

function tell(word: Word): void {
  if (process.connected) process.send?.(word)
}
