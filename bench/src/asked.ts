/** What was asked for on the command line, or the sentence that says why that cannot be. */
import type { Bench, Wish } from './bench.ts'

export type Asked =
  | { readonly name: string; readonly bench: Bench; readonly wish: Wish; readonly json: boolean }
  | { readonly sentence: string; readonly wrong: boolean }

export function askedFor(benches: Readonly<Record<string, Bench>>, words: readonly string[]): Asked {
  const [name, ...flags] = words
  if (name === undefined) return { sentence: listOf(benches), wrong: false }
  const bench = benches[name]
  if (bench === undefined) return wrong(`There is no benchmark ${name}.\n\n${listOf(benches)}`)
  const numbers: Record<string, number> = { runs: 5, ...bench.numbers }
  let json = false
  let engine: string | undefined
  for (let at = 0; at < flags.length; at++) {
    const flag = flags[at] ?? ''
    if (flag === '--json') {
      json = true
      continue
    }
    const [key = '', given] = flag.split('=', 2)
    const value = given ?? flags[++at]
    if (value === undefined) return wrong(`${key} needs a value after it.`)
    if (key === '--engine') engine = value
    else {
      const known = key.startsWith('--') && Object.hasOwn(numbers, key.slice(2))
      if (!known) return wrong(`${name} knows no ${key}. It takes ${flagsOf(bench)}.`)
      if (!/^[1-9]\d*$/.test(value)) return wrong(`${key} needs a whole number above 0, not ${value}.`)
      numbers[key.slice(2)] = Number(value)
    }
  }
  const { runs = 5, ...own } = numbers
  const engines = Object.keys(bench.contenders(own))
  if (engine !== undefined && !engines.includes(engine))
    return wrong(`${name} has no engine ${engine}. It has ${engines.join(', ')}.`)
  return { name, bench, json, wish: { runs, engine, numbers: own } }
}

function wrong(sentence: string): Asked {
  return { sentence, wrong: true }
}

function listOf(benches: Readonly<Record<string, Bench>>): string {
  const lines = Object.entries(benches).map(
    ([name, bench]) => `  ${name.padEnd(4)} ${bench.line}\n       ${flagsOf(bench)}`,
  )
  return `npm run bench -- NAME, one of\n\n${lines.join('\n')}`
}

function flagsOf({ numbers }: Bench): string {
  const own = Object.entries(numbers).map(([name, value]) => `--${name} ${value}`)
  return ['--json', '--engine NAME', '--runs 5', ...own].join(' ')
}
