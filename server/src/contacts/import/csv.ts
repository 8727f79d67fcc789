/**
 * Reads separated values (RFC 4180) as spreadsheets and people write them. Pure. Any of four separators, found by how
 * evenly it divides the lines, or named in the first line as Excel does (`sep=;`). Quoted cells may hold separators, line
 * breaks and doubled quotes.
 *
 * Nothing is lost: a quote that is never closed is a character like any other, so that it swallows its own line at most.
 */
export type Separator = ',' | ';' | '\t' | '|'

export interface CsvLine {
  /** The line on which it begins, counted from 1 as an editor does. */
  readonly line: number
  readonly cells: readonly string[]
}

const separators: readonly Separator[] = [';', ',', '\t', '|']
/** A quoted cell that goes on longer than this was never meant to be one. */
const longestQuoted = 32_768

export function parseCsv(
  text: string,
  wanted?: Separator,
): { readonly separator: Separator; readonly lines: readonly CsvLine[] } {
  const named = /^sep=([;,|\t])(?:\r\n|\r|\n|$)/i.exec(text)
  const body = named === null ? text : text.slice(named[0].length)
  const firstLine = named === null ? 1 : 2
  const separator = wanted ?? (named?.[1] as Separator | undefined) ?? sniff(body)
  return { separator, lines: [...linesOf(body, separator, firstLine)] }
}

/** The separator that divides the first lines into the same number of cells, more than one. */
function sniff(text: string): Separator {
  const head = text.slice(0, 65_536)
  let best: { readonly separator: Separator; readonly score: number } = { separator: ',', score: 0 }
  for (const separator of separators) {
    const counts: number[] = []
    for (const { cells } of linesOf(head, separator, 1)) {
      counts.push(cells.length)
      if (counts.length === 40) break
    }
    const usual = mostFrequent(counts)
    const even = counts.filter((count) => count === usual).length / Math.max(1, counts.length)
    const score = usual > 1 ? even * 100 + Math.min(usual, 20) : 0
    if (score > best.score) best = { separator, score }
  }
  return best.separator
}

function mostFrequent(counts: readonly number[]): number {
  const times = new Map<number, number>()
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1)
  return [...times].toSorted(([a, m], [b, n]) => n - m || b - a)[0]?.[0] ?? 0
}

function* linesOf(text: string, separator: Separator, firstLine: number): Generator<CsvLine> {
  let at = 0
  let line = firstLine
  while (at < text.length) {
    const read = readLine(text, at, separator)
    const cells = read.cells.map(tidy)
    if (cells.some((cell) => cell !== '')) yield { line, cells }
    line += read.breaks
    at = read.next
  }
}

interface Read {
  readonly cells: readonly string[]
  readonly next: number
  /** Line breaks passed, also those inside quotes. */
  readonly breaks: number
}

function readLine(text: string, from: number, separator: Separator): Read {
  const cells: string[] = []
  let at = from
  let breaks = 0
  for (;;) {
    const quoted = text[at] === '"' ? readQuoted(text, at, separator) : undefined
    const end = quoted?.end ?? plainEnd(text, at, separator)
    cells.push(quoted?.cell ?? text.slice(at, end))
    breaks += quoted?.breaks ?? 0
    if (text[end] === separator) {
      at = end + 1
      continue
    }
    if (end >= text.length) return { cells, next: text.length, breaks }
    return { cells, next: end + (text.startsWith('\r\n', end) ? 2 : 1), breaks: breaks + 1 }
  }
}

function plainEnd(text: string, from: number, separator: Separator): number {
  let at = from
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1
  return at
}

/** A quoted cell and where it ends; undefined when its quote is never closed. */
function readQuoted(
  text: string,
  from: number,
  separator: Separator,
): { readonly cell: string; readonly end: number; readonly breaks: number } | undefined {
  let at = from + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote === -1 || quote - from > longestQuoted) return undefined
    if (text[quote + 1] === '"') {
      at = quote + 2
      continue
    }
    const after = plainEnd(text, quote + 1, separator)
    // `"Ann" Lee,` is no quoting that RFC 4180 knows: what follows the quote belongs to the cell
    const rest = text.slice(quote + 1, after)
    if (rest.trim() !== '') {
      at = quote + 1
      continue
    }
    const raw = text.slice(from + 1, quote)
    return { cell: raw.replaceAll('""', '"'), end: after, breaks: raw.match(/\r\n|\r|\n/g)?.length ?? 0 }
  }
}

// spreadsheets pad, and copy-paste brings characters that nobody sees
function tidy(cell: string): string {
  return cell
    .replaceAll(/[\u200b\u200e\u200f\u2060\ufeff]/g, '')
    .replaceAll('\u00a0', ' ')
    .trim()
}
