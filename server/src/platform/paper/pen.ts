/**
 * Writes on the pages: knows how far down it is, begins a page when one is full, and marks everything it writes with
 * its meaning, so that a reader for the blind hears paragraphs, rows and links (ISO 32000-1 §14.8). What only decorates
 * is marked as that.
 */
import type PdfDocument from 'pdfkit'
import { runsOf } from './fonts.ts'
import type { Line, Measure, Piece } from './lines.ts'
import { breakLines } from './lines.ts'
import { colours, column, faceOf, page, styles } from './look.ts'
import type { Style } from './look.ts'
import type { Text } from './paper.ts'

export type Doc = InstanceType<typeof PdfDocument>
export type Tag = ReturnType<Doc['struct']>
type Box = { readonly left: number; readonly right: number }
export type Pen = {
  readonly doc: Doc
  measure(style: Style): Measure
  /** Begins a new page unless so much is free. */
  need(height: number): void
  /** Air, but not at the top of a page. */
  space(height: number): void
  /** Something inside another, in reading order. */
  tag(parent: Tag, type: string, options?: object): Tag
  /** What only helps the eye. */
  decorate(draw: () => void): void
  rule(colour?: string, left?: number): void
  /** A text from here downwards, over as many pages as it takes. */
  write(parent: Tag, text: Text, style: Style, box?: Box): void
  writeLine(parent: Tag, line: Line, style: Style, left: number, top: number): void
  /** The letters of a line alone, within what is marked already. */
  stamp(line: Line, style: Style, left: number, top: number): void
  /** A figure in the gutter, on the line where the text will stand. */
  figure(parent: Tag, text: string, style: Style): void
  /** Where links lead to. */
  place(id: string): void
  moveTo(y: number): void
  y(): number
  pages(): number
}

/** Lines of a paragraph that never stand alone on a page. */
const together = 2

export function createPen(doc: Doc): Pen {
  let y: number = page.top
  let pages = 1
  const widths = new Map<string, number>()

  function measure(style: Style): Measure {
    return (text, strong) => {
      const key = `${faceOf(style, strong)} ${style.size} ${text}`
      const known = widths.get(key)
      if (known !== undefined) return known
      const width = runsOf(faceOf(style, strong), text).reduce(
        (sum, run) => sum + doc.font(run.font, style.size).widthOfString(run.text),
        0,
      )
      widths.set(key, width)
      return width
    }
  }
  function turn(): void {
    doc.addPage()
    pages += 1
    y = page.top
  }
  function need(height: number): void {
    if (y + height > page.bottom && y > page.top) turn()
  }
  function space(height: number): void {
    if (y > page.top) y += height
  }
  function tag(parent: Tag, type: string, options: object = {}): Tag {
    const child = doc.struct(type, options)
    parent.add(child)
    return child
  }
  function decorate(draw: () => void): void {
    doc.markContent('Artifact', { type: 'Layout' })
    draw()
    doc.endMarkedContent()
  }
  function rule(colour: string = colours.hairline, left: number = page.left): void {
    decorate(() => doc.lineWidth(0.5).strokeColor(colour).moveTo(left, y).lineTo(column.right, y).stroke())
  }

  function letters(piece: Piece, style: Style, left: number, baseline: number): void {
    let x = left
    doc.fillColor(piece.to === undefined || style.links === 'quiet' ? style.colour : colours.accent)
    for (const run of runsOf(faceOf(style, piece.strong), piece.text)) {
      doc.font(run.font, style.size).text(run.text, x, baseline, { lineBreak: false, baseline: 'alphabetic' })
      x += doc.widthOfString(run.text)
    }
  }
  function writePiece(parent: Tag, piece: Piece, style: Style, x: number, baseline: number): number {
    const right = x + measure(style)(piece.text, piece.strong)
    const draw = () => letters(piece, style, x, baseline)
    if (piece.to === undefined) parent.add(draw)
    else writeLink(parent, piece, style, { left: x, right }, baseline, draw)
    return right
  }
  function underline(box: Box, at: number): void {
    decorate(() =>
      doc.lineWidth(0.4).strokeColor(colours.accent).moveTo(box.left, at).lineTo(box.right, at).stroke(),
    )
  }
  function writeLink(
    parent: Tag,
    piece: Piece,
    style: Style,
    box: Box,
    baseline: number,
    draw: () => void,
  ): void {
    const link = tag(parent, 'Link')
    link.add(draw)
    const options = { structParent: link, Border: [0, 0, 0] }
    const area = [box.left, baseline - style.size, box.right - box.left, style.leading] as const
    if (piece.to?.startsWith('#') === true) doc.goTo(...area, piece.to.slice(1), options)
    else doc.link(...area, piece.to ?? '', options)
    if (style.links !== 'quiet') underline(box, baseline + 2)
    link.end()
  }
  function writeLine(parent: Tag, line: Line, style: Style, left: number, top: number): void {
    line.reduce((x, piece) => writePiece(parent, piece, style, x, baselineOf(style, top)), left)
  }
  function stamp(line: Line, style: Style, left: number, top: number): void {
    line.reduce((x, piece) => {
      letters(piece, style, x, baselineOf(style, top))
      return x + measure(style)(piece.text, piece.strong)
    }, left)
  }
  function write(parent: Tag, text: Text, style: Style, box: Box = column): void {
    const lines = breakLines(text, box.right - box.left, measure(style))
    lines.forEach((line, index) => {
      const left = lines.length - index
      const isWidow = left === together && lines.length > together
      const least = index > 0 && !isWidow ? 1 : left <= together + 1 ? left : together
      need(style.leading * least)
      writeLine(parent, line, style, box.left, y)
      y += style.leading
    })
  }
  function figure(parent: Tag, text: string, style: Style): void {
    need(style.leading * together)
    const left = column.figures - measure(styles.figure)(text, false)
    const line = [{ text, strong: false, to: undefined }]
    writeLine(parent, line, { ...styles.figure, leading: style.leading }, left, y)
  }
  function place(id: string): void {
    doc.addNamedDestination(id, 'XYZ', page.left, y - 4, 0)
  }
  return {
    doc,
    measure,
    need,
    space,
    tag,
    decorate,
    rule,
    write,
    writeLine,
    stamp,
    figure,
    place,
    y: () => y,
    moveTo(down) {
      y = down
    },
    pages: () => pages,
  }
}

function baselineOf(style: Style, top: number): number {
  return top + style.leading / 2 + style.size * 0.34
}
