/** Does every fact that docs/failure-modes.md names stand as the name of a test in the file that it gives? Prints each that does not, and fails. */
import { existsSync, readFileSync } from 'node:fs'
import { argv, stdout } from 'node:process'

const page = 'docs/failure-modes.md'
const modes = 25

/** What the page says that is not so, one sentence each. `read` gives the text of a file, undefined where there is none. */
export function untrue(markdown: string, read: (path: string) => string | undefined): string[] {
  const rows = [...markdown.matchAll(/^\| (\d+) \| .*? \| (.*) \|$/gm)]
  const numbers = rows.map(([, number = '']) => Number(number))
  const missing = Array.from({ length: modes }, (_, index) => index + 1).filter((n) => !numbers.includes(n))
  return [
    ...missing.map((number) => `${number} stands nowhere`),
    ...rows.flatMap(([, number = '', proofs = '']) => {
      const named = namedIn(proofs)
      if (named.length === 0) return [`${number} names no test`]
      return named.flatMap(([path, fact]) => {
        const text = read(path)
        if (text === undefined) return [`${number}: there is no ${path}`]
        return text.includes(fact) ? [] : [`${number}: no test in ${path} is named “${fact}”`]
      })
    }),
  ]
}

/** Facts with the file that stands in front of them. */
function namedIn(proofs: string): (readonly [path: string, fact: string])[] {
  return [...proofs.matchAll(/`([^`]+)`((?: “[^”]+”)+)/g)].flatMap(([, path = '', facts = '']) =>
    [...facts.matchAll(/“([^”]+)”/g)].map(([, fact = '']) => [path, fact] as const),
  )
}

if (argv[1]?.endsWith('check-failure-modes.ts') === true) {
  const found = untrue(readFileSync(page, 'utf8'), (path) =>
    existsSync(path) ? readFileSync(path, 'utf8') : undefined,
  )
  for (const sentence of found) stdout.write(`${sentence}\n`)
  if (found.length === 0) stdout.write(`${modes} failure modes, each with tests that are there\n`)
  process.exitCode = found.length === 0 ? 0 : 1
}
