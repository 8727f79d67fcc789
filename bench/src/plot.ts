/**
 * `npm run bench -- plot`: draws the results that are kept as SVG for docs/performance.md, each with one bar per contender,
 * ours and the peers' alike. Of each contender the runs of its latest measurement count.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chart } from './chart.ts'
import type { Bar } from './chart.ts'
import { median } from './load.ts'

interface Line {
  readonly engine: string
  readonly at: string
  /** Counted from 0 in each measurement. */
  readonly run: number
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
    title: 'B2: fresh mails of the others a second, beside one great backlog',
    unit: 'mails/s',
    figure: 'backlogPerSecond',
    told: (of) => fresh(of, 'backlog'),
    better: 'more',
  },
  {
    bench: 'b2',
    name: 'b2-exhausted',
    title: 'B2: fresh mails of the others a second, beside nine exhausted mailboxes of ten',
    unit: 'mails/s',
    figure: 'exhaustedPerSecond',
    told: (of) => fresh(of, 'exhausted'),
    better: 'more',
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
    told: (of) => `never sent ${of['neverSent'] ?? 0}, unknown ${of['unknown'] ?? 0}, of ${of['mails'] ?? 0}`,
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
    const single = bars.every(({ runs }) => runs === 1)
    const how = single ? 'single runs' : 'medians; thin lines: lowest to highest'
    await writeFile(file, chart(plot.title, `${plot.unit}, ${how}; ${better}`, bars))
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
    const runs = own.slice(own.findLastIndex(({ run }) => run === 0))
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
      runs: runs.length,
      void: broken.length > 0,
      label:
        broken.length > 0
          ? `cannot express it: ${[...new Set(broken)].join(', ')}`
          : [number.format(value), told?.(medians)].filter(Boolean).join(' · '),
    }
  })
}

function fresh(figures: Readonly<Record<string, number>>, noise: string): string {
  const quiet = number.format(figures['quietPerSecond'] ?? 0)
  const first =
    (figures[`${noise}Left`] ?? 0) === 0
      ? 'none left'
      : `first after ${inSeconds(figures[`${noise}FirstMs`])}`
  return `without noise ${quiet}; ${first}`
}

function inSeconds(ms = 0): string {
  return `${(ms / 1000).toFixed(1)} s`
}
