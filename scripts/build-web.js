/**
 * Builds the web page when its sources are not those of the last build. What was built from what is kept as a hash
 * beside the result, so that a start without changes costs the reading of the sources and nothing else.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const sources = [
  'web/src',
  'web/public',
  'api/src',
  'web/index.html',
  'web/vite.config.ts',
  'web/package.json',
  'package-lock.json',
]

/** Builds if need be. A failed build leaves the last page in place and says so. */
export async function buildWeb(root) {
  if (!existsSync(join(root, 'web/src/main.tsx'))) {
    process.stderr.write('There is no web page to build yet (web/src/main.tsx is missing).\n')
    return
  }
  const mark = join(root, 'web/dist/.hash')
  const hash = await hashOf(root)
  if ((await readFile(mark, 'utf8').catch(() => '')) === hash) return
  process.stderr.write('Building the web page …\n')
  const code = await runVite(root)
  if (code === 0) await writeFile(mark, hash)
  else process.stderr.write(`The web page could not be built (vite ended with code ${code}).\n`)
}

async function hashOf(root) {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const path of await filesIn(join(root, source))) {
      hash.update(path.slice(root.length)).update(await readFile(path))
    }
  }
  return hash.digest('hex')
}

async function filesIn(path) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) return existsSync(path) ? [path] : []
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

function runVite(root) {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'web'),
    stdio: ['ignore', 2, 'inherit'],
  })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}
