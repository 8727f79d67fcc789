/**
 * Keeps files small: code lines (without blank lines and comments) of every source file, against the bars of STYLE.md.
 * Prints what is over the limit, then median, 95th percentile and maximum, and the tests' share.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const bars = { median: 90, p95: 300, max: 400 }
const root = fileURLToPath(new URL('../', import.meta.url))
const folders = ['api/src', 'server/src', 'practice/src', 'web/src', 'scripts']
const printed = 'server/src/platform/db/tables.ts'

const files = folders
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /[.](tsx?|js)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: relative(root, path), lines: codeLines(readFileSync(path, 'utf8')) }))
  .filter(({ path }) => path !== printed)
const sources = files.filter(({ path }) => !isTest(path)).toSorted((left, right) => left.lines - right.lines)
const tests = files.filter(({ path }) => isTest(path))

const at = (share: number): number => sources[Math.floor((sources.length - 1) * share)]?.lines ?? 0
const found = { median: at(0.5), p95: at(0.95), max: at(1) }
for (const { path, lines } of files.filter((file) => file.lines > bars.max)) {
  process.stdout.write(`${path} has ${lines} code lines\n`)
}
const sum = (list: readonly { lines: number }[]): number =>
  list.reduce((total, { lines }) => total + lines, 0)
process.stdout.write(
  `${sources.length} files, ${sum(sources)} lines, median ${found.median} (${bars.median}), p95 ${found.p95} (${bars.p95}), ` +
    `max ${found.max} (${bars.max}), tests ${(sum(tests) / Math.max(1, sum(sources))).toFixed(2)} per line\n`,
)
const tooLong = files.some((file) => file.lines > bars.max)
if (tooLong || found.median > bars.median || found.p95 > bars.p95) process.exitCode = 1

function isTest(path: string): boolean {
  return /[.](test|contract|fixture)[.]tsx?$/.test(path) || path.includes('/testing/')
}

function codeLines(text: string): number {
  const bare = text.replaceAll(/^\s*\/\*[\s\S]*?\*\//gm, '')
  return bare.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length
}
