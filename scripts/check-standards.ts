/**
 * Does docs/standards.md list every RFC that the code cites, with the folders that cite it, and no other?
 *
 * `node scripts/check-standards.ts` prints each difference and fails; with `--write` it rewrites the table, keeping
 * the titles (a new one starts as `?`, which the check refuses until somebody fills it in).
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { argv, stdout } from 'node:process'

export type Index = ReadonlyMap<string, { readonly title: string; readonly folders: readonly string[] }>

const page = 'docs/standards.md'
const code = ['api', 'practice', 'scripts', 'server', 'web']

/** Folders by RFC number, from the text of source files by path. */
export function citations(files: ReadonlyMap<string, string>): Map<string, string[]> {
  const cited = new Map<string, Set<string>>()
  for (const [path, text] of files) {
    for (const [, number = ''] of text.matchAll(/\bRFC (\d{3,5})\b/g)) {
      cited.set(number, (cited.get(number) ?? new Set()).add(dirname(path)))
    }
  }
  const ordered = [...cited].toSorted(([a], [b]) => Number(a) - Number(b))
  return new Map(ordered.map(([number, folders]) => [number, [...folders].toSorted()]))
}

/** The table of the page. */
export function readIndex(markdown: string): Index {
  const rows = [...markdown.matchAll(/^\| \[?(\d+)\]?(?:\([^)]*\))? \| (.*?) \| (.*?) \|$/gm)]
  return new Map(
    rows.map(([, number = '', title = '', folders = '']) => [
      number,
      { title, folders: [...folders.matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? '') },
    ]),
  )
}

/** What differs, one sentence each; empty when page and code agree. */
export function differences(cited: ReadonlyMap<string, readonly string[]>, index: Index): string[] {
  const missing = [...cited.keys()]
    .filter((number) => !index.has(number))
    .map((number) => `RFC ${number} is cited but not listed`)
  const listed = [...index].flatMap(([number, { title, folders }]) => {
    const actual = cited.get(number)
    if (actual === undefined) return [`RFC ${number} is listed but not cited`]
    if (title === '?' || title === '') return [`RFC ${number} has no title`]
    return actual.join() === folders.join()
      ? []
      : [`RFC ${number} is cited in ${actual.join(', ')}, not in ${folders.join(', ')}`]
  })
  return [...missing, ...listed]
}

function sources(folder: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
    .filter(
      ({ entry, path }) =>
        entry.isFile() &&
        /(?<!\.test)\.(?:ts|tsx|js|sql)$/.test(path) &&
        !/node_modules|\/dist\/|check-standards/.test(path),
    )
    .map(({ path }) => [path, readFileSync(path, 'utf8')])
}

function table(cited: ReadonlyMap<string, readonly string[]>, index: Index): string {
  return [...cited]
    .map(
      ([number, folders]) =>
        `| [${number}](https://www.rfc-editor.org/rfc/rfc${number}) | ${index.get(number)?.title ?? '?'} | ${folders.map((folder) => `\`${folder}\``).join(' ')} |\n`,
    )
    .join('')
}

if (import.meta.main) {
  const cited = citations(new Map(code.flatMap(sources)))
  const markdown = readFileSync(page, 'utf8')
  const head = markdown.slice(0, markdown.indexOf('|---|---|---|\n') + '|---|---|---|\n'.length)
  if (argv.includes('--write')) writeFileSync(page, head + table(cited, readIndex(markdown)))
  const found = differences(cited, readIndex(readFileSync(page, 'utf8')))
  for (const sentence of found) stdout.write(`${sentence}\n`)
  if (found.length > 0) process.exitCode = 1
}
