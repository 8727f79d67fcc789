/**
 * Sets a table: columns as wide as their words need, rows never parted, the head again on every page. Without a head
 * it is a list of facts, the name of each in grey.
 */
import type { Measure } from './lines.ts'
import { breakLines, widestWord } from './lines.ts'
import { colours, column, styles } from './look.ts'
import type { Style } from './look.ts'
import type { Block, Text } from './paper.ts'
import { inlines } from './paper.ts'
import type { Pen, Tag } from './pen.ts'

type Table = Extract<Block, { kind: 'table' }>
type Row = { readonly cells: readonly Text[]; readonly style: Style; readonly isHead: boolean }

const padding = 4.5
const between = 14
/** A word may ask for this much of the width at most; a longer one is cut. */
const widestShare = 0.4

export function setTable(pen: Pen, parent: Tag, table: Table): void {
  const head: Row = { cells: table.head, style: styles.head, isHead: true }
  const rows = table.rows.map((cells): Row => ({ cells, style: styles.cell, isHead: false }))
  const all = table.head.length === 0 ? rows : [head, ...rows]
  const widths = columnWidths(
    all.map(({ cells }) => cells),
    column.right - column.left,
    pen.measure(styles.head),
  )
  const tag = pen.tag(parent, 'Table', { alt: table.caption, title: table.caption })
  pen.need(sum(all.slice(0, 2).map((row) => heightOf(pen, row, widths))))
  if (table.head.length === 0) pen.rule(colours.ink, column.left)
  let page = pen.pages()
  for (const row of all) {
    pen.need(heightOf(pen, row, widths))
    if (pen.pages() !== page && table.head.length > 0) pen.decorate(() => repeatHead(pen, head, widths))
    page = pen.pages()
    setRow(pen, tag, row, widths)
  }
  tag.end()
}

/** Pure: the space shared out by what the words of each column need. */
export function columnWidths(
  rows: readonly (readonly Text[])[],
  width: number,
  measure: Measure,
): readonly number[] {
  const count = rows[0]?.length ?? 0
  const free = width - between * (count - 1)
  const columns = Array.from({ length: count }, (_, at) => rows.map((cells) => cells[at] ?? ''))
  const least = columns.map((cells) =>
    Math.min(free * widestShare, Math.max(...cells.map((cell) => widestWord(cell, measure)))),
  )
  const most = columns.map((cells) => Math.max(...cells.map((cell) => measure(plain(cell), false))))
  const spare = free - sum(least)
  // the square root keeps one long sentence from pushing the other columns together
  const wishes = most.map((wide, at) => Math.sqrt(Math.max(0, wide - (least[at] ?? 0))))
  const share = sum(wishes) === 0 ? 0 : spare / sum(wishes)
  return least.map((wide, at) => wide + (wishes[at] ?? 0) * share)
}

function setRow(pen: Pen, table: Tag, row: Row, widths: readonly number[]): void {
  const top = pen.y() + padding
  const tag = pen.tag(table, 'TR')
  row.cells.forEach((cell, at) => {
    const names = row.isHead || at === 0
    const scope = row.isHead ? 'Column' : 'Row'
    const cellTag = pen.tag(tag, names ? 'TH' : 'TD', names ? { scope } : {})
    const { style } = row
    linesOf(pen, cell, style, widths[at] ?? 0).forEach((line, index) =>
      pen.writeLine(cellTag, line, style, leftOf(widths, at), top + index * style.leading),
    )
    cellTag.end()
  })
  tag.end()
  pen.moveTo(pen.y() + heightOf(pen, row, widths))
  pen.rule(row.isHead ? colours.ink : colours.hairline, column.left)
}

/** On a further page the head only helps the eye; a reader has heard it. */
function repeatHead(pen: Pen, head: Row, widths: readonly number[]): void {
  const { style } = head
  const top = pen.y() + padding
  head.cells.forEach((cell, at) =>
    linesOf(pen, cell, style, widths[at] ?? 0).forEach((line, index) =>
      pen.stamp(line, style, leftOf(widths, at), top + index * style.leading),
    ),
  )
  pen.moveTo(pen.y() + heightOf(pen, head, widths))
}

function heightOf(pen: Pen, row: Row, widths: readonly number[]): number {
  const lines = row.cells.map((cell, at) => linesOf(pen, cell, row.style, widths[at] ?? 0).length)
  return Math.max(1, ...lines) * row.style.leading + padding * 2
}

function linesOf(pen: Pen, cell: Text, style: Style, width: number): ReturnType<typeof breakLines> {
  return breakLines(cell, width + 0.01, pen.measure(style))
}

function leftOf(widths: readonly number[], at: number): number {
  return column.left + widths.slice(0, at).reduce((left, width) => left + width + between, 0)
}

function plain(text: Text): string {
  return inlines(text)
    .map((inline) => (typeof inline === 'string' ? inline : 'strong' in inline ? inline.strong : inline.link))
    .join('')
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
