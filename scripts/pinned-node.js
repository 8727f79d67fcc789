/**
 * Owns the question "which Node runs this?". The product needs the Node it pins in package.json (TypeScript without
 * compiling, Temporal); whoever calls a script with an older one gets it run again with the pinned binary.
 *
 * Plain JavaScript that an old Node understands. Refuses to download anything.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const oldest = 26
const root = fileURLToPath(new URL('../', import.meta.url))

/** Runs the calling script again with the pinned Node if need be; true when that happened and the caller must stop. */
export function handedToPinnedNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldest) return false
  const pinned = [
    `node-${process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
    `node-win-${process.arch}`,
  ]
    .flatMap((name) => [`${root}node_modules/${name}/bin/node`, `${root}node_modules/${name}/bin/node.exe`])
    .find((path) => existsSync(path))
  if (pinned === undefined) {
    process.stderr.write(
      `Kontor needs Node ${oldest} or newer; this is ${process.versions.node}. Run npm ci, which brings it along.\n`,
    )
    process.exitCode = 1
    return true
  }
  const child = spawn(pinned, process.argv.slice(1), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  passSignalsOn([() => child])
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 1
    child.channel?.unref()
    if (process.connected) process.disconnect()
  })
  return true
}

/** Hands SIGINT, SIGTERM and SIGHUP to child processes instead of dying of them. */
export function passSignalsOn(children) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      for (const child of children) child()?.kill(signal)
    })
  }
}
