/**
 * The program: reads the configuration, serves until a signal comes or the parent process goes, then stops in order.
 * Prints one JSON line with its address when it is ready.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type PracticeConfig, readConfig } from './config.ts'
import { type Practice, startPractice } from './server.ts'

const config = readConfig()
const practice = await start(config)

let stopped: Promise<void> | undefined
function stop(): void {
  stopped ??= dispose()
}
async function dispose(): Promise<void> {
  await practice[Symbol.asyncDispose]()
  if (process.connected) process.disconnect?.()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
if (process.channel !== undefined) process.once('disconnect', stop)
process.stdout.write(`${JSON.stringify({ practice: practice.url })}\n`)

/** A given port must be free; a remembered one gives way to another when somebody took it meanwhile. */
async function start(wanted: PracticeConfig): Promise<Practice> {
  const shared = { folder: wanted.folder, allowReset: wanted.allowReset, seed: wanted.seed, act: wanted.act }
  if (wanted.port !== undefined && wanted.port !== 0) return startPractice({ ...shared, port: wanted.port })
  const remembered = existsSync(wanted.portFile) ? Number(readFileSync(wanted.portFile, 'utf8')) : 0
  const started = await startPractice({ ...shared, port: remembered }).catch(async (failure: unknown) => {
    if (remembered === 0 || !isTaken(failure)) throw failure
    return startPractice({ ...shared, port: 0 })
  })
  writeFileSync(wanted.portFile, String(started.port))
  return started
}

function isTaken(failure: unknown): boolean {
  return failure instanceof Error && 'code' in failure && failure.code === 'EADDRINUSE'
}
