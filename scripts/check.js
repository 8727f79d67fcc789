/**
 * `npm run check`: everything a reviewer should not have to look for. One line per check with its time; what a failed
 * check said follows it. Two run at a time. `npm run check -- lint size` runs only those.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { handedToPinnedNode } from './pinned-node.js'

const root = fileURLToPath(new URL('../', import.meta.url))
const atOnce = 2
const longestReport = 60
const tool = (path) => `${root}node_modules/${path}`
const checks = [
  ['architecture', [`${root}scripts/check-architecture.ts`]],
  ['types', [tool('@typescript/native/bin/tsc'), '-p', 'tsconfig.json', '--noEmit']],
  ['types-web', [tool('@typescript/native/bin/tsc'), '-p', 'web/tsconfig.json', '--noEmit']],
  ['types-e2e', [tool('@typescript/native/bin/tsc'), '-p', 'web/e2e/tsconfig.json', '--noEmit']],
  ['lint', [tool('oxlint/bin/oxlint'), '-c', '.oxlintrc.json', '-f', 'unix', '--quiet']],
  ['format', [tool('@biomejs/biome/bin/biome'), 'format', '--reporter=summary', '.']],
  ['dead-code', [tool('knip/bin/knip.js'), '--no-progress', '--no-config-hints']],
  ['schema', [`${root}server/src/tools/print-schema.ts`, '--check']],
  ['states', [`${root}scripts/check-states.ts`]],
  ['size', [`${root}scripts/check-size.ts`]],
  ['locales', [`${root}scripts/check-locales.ts`]],
  ['reasons', [`${root}scripts/check-reasons.ts`]],
  ['problems', [`${root}scripts/check-problems.ts`]],
  ['failure-modes', [`${root}scripts/check-failure-modes.ts`]],
  ['quirks', [`${root}scripts/check-quirks.ts`]],
  ['standards', [`${root}scripts/check-standards.ts`]],
]

if (!handedToPinnedNode()) await checkAll(process.argv.slice(2))

async function checkAll(wanted) {
  const unknown = wanted.filter((name) => !checks.some(([known]) => known === name))
  if (unknown.length > 0) process.stdout.write(`There is no check named ${unknown.join(', ')}.\n`)
  const queue = checks.filter(([name]) => wanted.length === 0 || wanted.includes(name))
  const failed = [...unknown]
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [name, args] = next
      if (!(await check(name, args))) failed.push(name)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  process.stdout.write(
    failed.length === 0 ? 'Everything is in order.\n' : `Not in order: ${failed.join(', ')}.\n`,
  )
  process.exitCode = failed.length === 0 ? 0 : 1
}

async function check(name, args) {
  const start = performance.now()
  const { code, text } = await run(args)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const lines = text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
  const last = code === 0 && lines.length > 0 && lines.length < 4 ? ` ${lines.at(-1)}` : ''
  process.stdout.write(
    `${code === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(13)} ${seconds.padStart(5)} s ${last}\n`,
  )
  if (code !== 0) {
    for (const line of lines.slice(0, longestReport)) process.stdout.write(`       ${line}\n`)
    if (lines.length > longestReport)
      process.stdout.write(`       … ${lines.length - longestReport} more lines\n`)
  }
  return code === 0
}

function run(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (chunk) => {
      text += chunk
    })
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? 1, text })))
}
