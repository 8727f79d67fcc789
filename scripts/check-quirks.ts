/**
 * Does each quirk of docs/provider-quirks.md have a date, a source, and a test that is there? Words in brackets behind a file stand
 * in that file. Prints each that does not hold, and fails.
 */
import { existsSync, readFileSync } from 'node:fs'
import { argv, stdout } from 'node:process'

const page = 'docs/provider-quirks.md'

/** What the page says that is not so, one sentence each. `read` gives the text of a file, undefined where there is none. */
export function untrue(markdown: string, read: (path: string) => string | undefined): string[] {
  return quirksIn(markdown).flatMap(([date = '', , fact = '', source = '', pins = '']) => {
    const which = `“${fact.slice(0, 60)}”`
    const named = [...pins.matchAll(/`([^`]+\.ts)`(?: \(([^)]+)\))?/g)]
    return [
      ...(/^\d{4}-\d{2}$/.test(date) ? [] : [`${which} has no date`]),
      ...(source === '' ? [`${which} has no source`] : []),
      ...(named.length === 0 ? [`${which} names no test`] : []),
      ...named.flatMap(([, path = '', words = '']) => {
        const text = read(`server/src/${path}`) ?? read(path)
        if (text === undefined) return [`${which}: there is no ${path}`]
        const missing = words.split('; ').filter((part) => !text.includes(part))
        return missing.map((part) => `${which}: nothing in ${path} says “${part}”`)
      }),
    ]
  })
}

/** The cells of each row below the head. */
function quirksIn(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:date|-)/.test(line))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split('|')
        .map((cell) => cell.trim()),
    )
}

if (argv[1]?.endsWith('check-quirks.ts') === true) {
  const markdown = readFileSync(page, 'utf8')
  const found = untrue(markdown, (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined))
  for (const sentence of found) stdout.write(`${sentence}\n`)
  const count = quirksIn(markdown).length
  if (found.length === 0) stdout.write(`${count} quirks, each with date, source and a test that is there\n`)
  process.exitCode = found.length === 0 && count > 0 ? 0 : 1
}
