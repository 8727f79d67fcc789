/**
 * Runs the tests with the pinned Node. Arguments go to vitest: `npm test -- server/src/mail`.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { handedToPinnedNode, passSignalsOn } from './pinned-node.js'

if (!handedToPinnedNode()) {
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
  const child = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], { stdio: 'inherit' })
  passSignalsOn([() => child])
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
    if (process.connected) process.disconnect()
  })
}
