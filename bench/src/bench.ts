/**
 * What a benchmark is: a line for the list, the numbers it takes as flags, and contenders. Each contender runs several
 * times, each time on ground of its own; a run says its figures and what it broke of the rules that all keep.
 */
import { loadavg } from 'node:os'
import { median } from './load.ts'

export interface Bench {
  /** For the list of `npm run bench`. */
  readonly line: string
  /** Flags that it knows beside --runs and --engine, with what they are unless told. */
  readonly numbers: Readonly<Record<string, number>>
  readonly contenders: (numbers: Readonly<Record<string, number>>) => Readonly<Record<string, Contender>>
  /** Gives back the ground that runs share, when they share one. */
  readonly end?: () => Promise<void>
}

export interface Contender {
  /** How it is used, in one sentence for the page. */
  readonly idiom: string
  /** Why it cannot run here, if so. */
  readonly lacks?: () => string | undefined
  /** At most so many runs, where one is long. */
  readonly mostRuns?: number
  readonly run: () => Promise<Run>
}

export interface Run {
  /** The first is the one that the contenders are compared by. */
  readonly figures: Readonly<Record<string, number>>
  /** How often a rule was broken that every contender must keep. A run that breaks one gives no speed. */
  readonly broken?: Readonly<Record<string, number>>
  /** What it failed on, by name, for the raw line alone. */
  readonly missed?: Readonly<Record<string, readonly string[]>>
}

export interface Wish {
  readonly runs: number
  readonly engine: string | undefined
  readonly numbers: Readonly<Record<string, number>>
}

/**
 * Runs the contenders in turn, round after round, so that what else the machine does falls on all of them. Gives each run
 * to `raw` and in the end one object per contender to the caller.
 */
export async function* measure(
  bench: Bench,
  wish: Wish,
  raw: (line: object) => Promise<void>,
): AsyncGenerator<object> {
  const chosen = Object.entries(bench.contenders(wish.numbers)).filter(
    ([engine]) => wish.engine === undefined || wish.engine === engine,
  )
  const runs = new Map<string, Run[]>(chosen.map(([engine]) => [engine, []]))
  for (let n = 0; n < wish.runs; n++) {
    for (const [engine, { lacks, mostRuns = wish.runs, run }] of chosen) {
      if (n >= mostRuns || lacks?.() !== undefined) continue
      const before = loadNow()
      const done = await run()
      await raw({ engine, run: n, numbers: wish.numbers, loadBefore: before, loadAfter: loadNow(), ...done })
      runs.get(engine)?.push(done)
    }
  }
  for (const [engine, { idiom, lacks }] of chosen) {
    const missing = lacks?.()
    yield missing === undefined
      ? summed(engine, idiom, runs.get(engine) ?? [])
      : { engine, notRun: missing, idiom }
  }
  await bench.end?.()
}

function summed(engine: string, idiom: string, runs: readonly Run[]): object {
  const names = Object.keys(runs[0]?.figures ?? {})
  const valuesOf = (name: string): number[] => runs.map(({ figures }) => figures[name] ?? Number.NaN)
  const figures = Object.fromEntries(names.map((name) => [name, median(valuesOf(name))]))
  const compared = valuesOf(names[0] ?? '')
  const spread = { lowest: Math.min(...compared), highest: Math.max(...compared), runs: runs.length }
  const worst = runs.find(({ broken = {} }) => Object.values(broken).some((times) => times > 0))
  return worst === undefined
    ? { engine, ...figures, ...spread, load: loadNow(), idiom }
    : { engine, cannotExpressIt: worst.broken, allTheSame: figures, ...spread, load: loadNow(), idiom }
}

/** Load of the machine over the last minute: on two cores, above 2 it was not ours alone. */
function loadNow(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100
}
