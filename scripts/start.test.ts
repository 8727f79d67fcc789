import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { wallClock } from '../server/src/platform/clock/index.ts'

const script = fileURLToPath(new URL('start.js', import.meta.url))

type Started = {
  readonly child: ChildProcess
  readonly port: number
  readonly practicePort: number
  readonly postgresPort: number
}

async function start(folder: string): Promise<Started> {
  const { DATABASE_URL: _, PRACTICE_URL: __, ...env } = process.env
  const child = spawn(process.execPath, [script], {
    env: { ...env, KONTOR_DATA: folder, PORT: '0', KONTOR_PRACTICE: 'on', NODE_ENV: 'test' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  onTestFinished(() => void child.kill())
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`it ended with code ${code}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\/\/[^:/]+:(\d+)/.exec(line)?.[1]
      if (found !== undefined) resolve(Number(found))
    })
  })
  const pidFile = await readFile(join(folder, 'postgres', 'pg', 'postmaster.pid'), 'utf8')
  const practicePort = Number(await readFile(join(folder, 'practice-port'), 'utf8'))
  return { child, port, practicePort, postgresPort: Number(pidFile.split('\n')[3]) }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.unref()
  })
}

async function silent(ports: readonly number[]): Promise<void> {
  for (const port of ports) while (await answers(port)) await wallClock.sleep(20)
}

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`after ${signal} neither server, practice world nor database is left`, {
    timeout: 90_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kontor-start-'))
    const { child, port, practicePort, postgresPort } = await start(folder)
    const ports = [port, practicePort, postgresPort]
    expect(await Promise.all(ports.map(answers))).toEqual([true, true, true])
    const ended = new Promise((resolve) => child.once('exit', (code, by) => resolve([code, by])))
    child.kill(signal)
    expect(await ended).toEqual(signal === 'SIGTERM' ? [0, null] : [null, 'SIGKILL'])
    await silent(ports)
    await rm(folder, { recursive: true, maxRetries: 10 })
  })
}
