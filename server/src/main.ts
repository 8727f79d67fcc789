/**
 * The program: role → compose → run until a signal → dispose. Ends with code 1 and a sentence when it cannot start.
 */
import { flushCompileCache } from 'node:module'
import { describeProblems, readConfig } from './config.ts'
import { createLog } from './platform/log/index.ts'
import { stopSignal } from './platform/shutdown/index.ts'
import { sentenceFor, startDatabase } from './start-database.ts'

await main()

async function main(): Promise<void> {
  const config = readConfig()
  if (!('role' in config)) return refuse(describeProblems(config))
  const log = createLog({ level: config.log })
  const stop = stopSignal()
  try {
    // the database comes up while everything else is still being read
    const [ready, { compose }] = await Promise.all([startDatabase(config), import('./compose.ts')])
    await using kontor = await compose({ config, ready, log, stop })
    for (const line of kontor.lines) process.stdout.write(`${line}\n`)
    // who is killed has no time for it at the end, and the next start would compile all of it again
    flushCompileCache()
    if (config.role !== 'migrate') await stopped(stop)
  } catch (error) {
    const sentence = sentenceFor(error)
    if (sentence !== undefined) return refuse(sentence)
    log.error({ error }, 'Kontor stopped because of an error')
    process.exitCode = 1
  }
}

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
