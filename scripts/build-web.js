/**
 * Builds the web page when its sources are not those of the last build. What was built from what is kept as a hash
 * beside the result, so that a start without changes costs the reading of the sources and nothing else. Several starts
 * at once build once: a file that names the building process is the lock, and one of a process that is gone is void.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const retryMs = 200
const sources = [
  'web/src',
  'web/public',
  'api/src',
  'web/index.html',
  'web/vite.config.ts',
  'web/verifier-page.ts',
  'web/package.json',
  'package-lock.json',
]

/** Builds if need be. A failed build leaves the last page in place and says so. */
export async function buildWeb(root) {
  if (!existsSync(join(root, 'web/src/main.tsx'))) {
    process.stderr.write('There is no web page to build yet (web/src/main.tsx is missing).\n')
    return
  }
  const hash = await hashOf(root)
  if (await isBuilt(root, hash)) return
  const unlock = await lock(join(root, 'node_modules/.cache/kontor-web-build'))
  try {
    if (!(await isBuilt(root, hash))) await build(root, hash)
  } finally {
    await unlock()
  }
}

const markOf = (root) => join(root, 'web/dist/.hash')

async function isBuilt(root, hash) {
  return (await readFile(markOf(root), 'utf8').catch(() => '')) === hash
}

async function build(root, hash) {
  process.stderr.write('Building the web page …\n')
  const code = await runVite(root)
  if (code === 0) await writeFile(markOf(root), hash)
  else process.stderr.write(`The web page could not be built (vite ended with code ${code}).\n`)
}

/** Waits until no living process holds the lock, then holds it. */
async function lock(file) {
  await mkdir(dirname(file), { recursive: true })
  for (;;) {
    const taken = await writeFile(file, String(process.pid), { flag: 'wx' }).then(
      () => true,
      () => false,
    )
    if (taken) return () => rm(file, { force: true })
    const holder = Number(await readFile(file, 'utf8').catch(() => ''))
    if (holder > 0 && !isAlive(holder)) await rm(file, { force: true })
    else await new Promise((resolve) => setTimeout(resolve, retryMs))
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
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
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: join(root, 'web'),
    // whoever asks, a test too, gets the page that people get
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 2, 'inherit'],
  })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}
