/**
 * `npm run bench -- plot`: draws the results that are kept as SVG for docs/performance.md, each with one bar per contender,
 * ours and the peers' alike. Of each contender the runs count that have the numbers of its latest one.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chart } from './chart.ts'
import type { Bar } from './chart.ts'
import { median } from './load.ts'

interface Line {
  readonly engine: string
  readonly at: string
  readonly numbers: Readonly<Record<string, number>>
  readonly figures: Readonly<Record<string, number>>
  readonly broken?: Readonly<Record<string, number>>
}
interface Plot {
  readonly bench: string
  readonly name: string
  readonly title: string
  readonly unit: string
  readonly figure: string
  /** What is written behind the bar, from the medians. */
  readonly told?: (figures: Readonly<Record<string, number>>) => string
  readonly better: 'more' | 'less'
}

const results = new URL('../results/', import.meta.url)
const images = new URL('../../docs/images/', import.meta.url)
const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

const plots: readonly Plot[] = [
  {
    bench: 'b1',
    name: 'b1',
    title: 'B1: mails a second under caps and ranks',
    unit: 'mails/s',
    figure: 'perSecond',
    better: 'more',
  },
  {
    bench: 'b2',
    name: 'b2-backlog',
    title: 'B2: first fresh mail of the others, beside one great backlog',
    unit: 'ms',
    figure: 'backlogFirstMs',
    told: (of) => share(of, 'backlogLeft', 'quietLeft'),
    better: 'less',
  },
  {
    bench: 'b2',
    name: 'b2-exhausted',
    title: 'B2: first fresh mail of the others, beside nine exhausted mailboxes of ten',
    unit: 'ms',
    figure: 'exhaustedFirstMs',
    told: (of) => share(of, 'exhaustedLeft', 'quietLeft'),
    better: 'less',
  },
  {
    bench: 'b3',
    name: 'b3',
    title: 'B3: roll-over of a day, until the first mail leaves again',
    unit: 'ms',
    figure: 'firstAfterMs',
    told: (of) =>
      `${number.format(of['mails'] ?? 0)} mails, ${number.format(of['rowsRewritten'] ?? 0)} rewritten`,
    better: 'less',
  },
  {
    bench: 'b4',
    name: 'b4',
    title: 'B4: crash storm, mails that somebody got twice or more',
    unit: 'mails',
    figure: 'sentTwiceOrMore',
    told: (of) => `of ${of['mails'] ?? 0}; never sent ${of['neverSent'] ?? 0}, unknown ${of['unknown'] ?? 0}`,
    better: 'less',
  },
  {
    bench: 'b9',
    name: 'b9',
    title: 'B9: token stampede, grants lost',
    unit: 'grants',
    figure: 'lostGrants',
    told: (of) => `${number.format(of['callsPerExpiry'] ?? 0)} calls per expiry`,
    better: 'less',
  },
  {
    bench: 'b10',
    name: 'b10',
    title: 'B10: recipients a second until durable',
    unit: 'recipients/s',
    figure: 'recipientsPerSecond',
    better: 'more',
  },
]

/** Draws what there are results of; resolves with the names of the files. */
export async function plotAll(): Promise<readonly string[]> {
  const drawn: string[] = []
  for (const plot of plots) {
    const lines = await linesOf(plot.bench)
    const bars = barsOf(plot, lines)
    if (bars.length === 0) continue
    const file = new URL(`bench-${plot.name}.svg`, images)
    const better = plot.better === 'more' ? 'longer is better' : 'shorter is better'
    await writeFile(
      file,
      chart(plot.title, `${plot.unit}, medians; thin lines: lowest to highest; ${better}`, bars),
    )
    drawn.push(fileURLToPath(file))
  }
  return drawn
}

async function linesOf(bench: string): Promise<readonly Line[]> {
  const text = await readFile(new URL(`${bench}.jsonl`, results), 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
    .toSorted((a, b) => a.at.localeCompare(b.at))
}

function barsOf({ figure, told }: Plot, lines: readonly Line[]): readonly Bar[] {
  return [...new Set(lines.map(({ engine }) => engine))].map((engine): Bar => {
    const own = lines.filter((line) => line.engine === engine)
    const numbers = JSON.stringify(own.at(-1)?.numbers)
    const runs = own.filter((line) => JSON.stringify(line.numbers) === numbers)
    const names = Object.keys(runs[0]?.figures ?? {})
    const medians = Object.fromEntries(
      names.map((name) => [name, median(runs.map(({ figures }) => figures[name] ?? 0))]),
    )
    const values = runs.map(({ figures }) => figures[figure] ?? 0)
    const broken = runs.flatMap(({ broken: rules = {} }) =>
      Object.entries(rules)
        .filter(([, times]) => times > 0)
        .map(([rule]) => rule),
    )
    const value = median(values)
    return {
      name: engine,
      ours: engine.startsWith('kontor'),
      value,
      lowest: Math.min(...values),
      highest: Math.max(...values),
      void: broken.length > 0,
      label:
        broken.length > 0
          ? `cannot express it: ${[...new Set(broken)].join(', ')}`
          : [number.format(value), told?.(medians)].filter(Boolean).join(' · '),
    }
  })
}

function share(figures: Readonly<Record<string, number>>, left: string, quiet: string): string {
  return `${figures[left] ?? 0} of ${figures[quiet] ?? 0} left in time`
}
