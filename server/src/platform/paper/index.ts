/**
 * Sets a document as a PDF: A4, Source Sans and Source Serif, real tables, page numbers, an outline, links, language
 * and title, every piece tagged with what it is. Takes the words as they come and reads nothing but the font files.
 *
 * The figures in the list of sections are written last, when it is known on which page each of them begins.
 */
import PdfDocument from 'pdfkit'
import { asDate } from '../clock/index.ts'
import type { Face, FontName } from './fonts.ts'
import { readFont, runsOf } from './fonts.ts'
import { colours, column, page, styles } from './look.ts'
import type { Block, Paper, Section, Text } from './paper.ts'
import type { Doc, Pen, Tag } from './pen.ts'
import { createPen } from './pen.ts'
import { setTable } from './table.ts'

export type { Block, Paper } from './paper.ts'

/** A title never stands alone at the foot of a page: this much of what it heads must fit beside it. */
const sectionHeight = 84
const headingHeight = 70
const tableHeight = 110

type Fonts = ReadonlyMap<FontName, Uint8Array>

export async function setPaper(paper: Paper): Promise<Uint8Array> {
  const doc = begin(paper, await fontsFor(paper))
  const bytes = collected(doc)
  setAll(doc, paper)
  doc.end()
  return await bytes
}

/** The letters that this paper needs, and no other file. */
async function fontsFor(paper: Paper): Promise<Fonts> {
  const words = JSON.stringify([paper, '0123456789'])
  const faces: readonly Face[] = ['sans', 'sans-strong', 'serif', 'serif-strong']
  const names = new Set(faces.flatMap((face) => runsOf(face, words).map(({ font }) => font)))
  return new Map(await Promise.all([...names].map(async (name) => [name, await readFont(name)] as const)))
}

function begin(paper: Paper, fonts: Fonts): Doc {
  const written = asDate(paper.written)
  const doc = new PdfDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: paper.language,
    displayTitle: true,
    bufferPages: true,
    info: {
      Title: paper.title,
      Author: 'Kontor',
      Creator: 'Kontor',
      CreationDate: written,
      ModDate: written,
    },
  })
  for (const [name, bytes] of fonts) doc.registerFont(name, Buffer.from(bytes))
  return doc
}

function setAll(doc: Doc, paper: Paper): void {
  const pen = createPen(doc)
  const root = doc.struct('Document')
  doc.addStructure(root)
  setOpening(pen, root, paper)
  const writeFigures =
    paper.contents === undefined ? undefined : setContents(pen, root, paper, paper.contents)
  const places = new Map(paper.sections.map((section) => [section.id, setSection(pen, root, section)]))
  writeFigures?.(places)
  root.end()
  setFeet(doc, pen, paper)
}

function setOpening(pen: Pen, root: Tag, paper: Paper): void {
  paragraph(pen, root, 'P', 'Kontor', styles.mark)
  pen.space(10)
  paragraph(pen, root, 'H1', paper.title, styles.title)
  pen.space(8)
  paragraph(pen, root, 'P', paper.lead, styles.lead)
  pen.space(8)
  paragraph(pen, root, 'P', paper.note, styles.note)
}

/** The list of sections without its figures, and how to write them once they are known. */
function setContents(
  pen: Pen,
  root: Tag,
  paper: Paper,
  { title, page: figures }: NonNullable<Paper['contents']>,
): (places: ReadonlyMap<string, number>) => void {
  pen.space(26)
  const over = pen.tag(root, 'P')
  pen.write(over, title, styles.heading)
  pen.moveTo(pen.y() - styles.heading.leading)
  pen.figure(over, figures, styles.heading)
  pen.moveTo(pen.y() + styles.heading.leading)
  over.end()
  pen.space(4)
  const list = pen.tag(root, 'TOC')
  const entries = paper.sections.map(({ id, title: name }) => {
    const tag = pen.tag(list, 'TOCI')
    pen.need(styles.entry.leading)
    const at = { y: pen.y(), page: pen.pages() - 1 }
    pen.write(tag, [{ link: name, to: `#${id}` }], styles.entry)
    return { id, tag, at }
  })
  return (places) => {
    const end = pen.y()
    for (const { id, tag, at } of entries) {
      pen.doc.switchToPage(at.page)
      pen.moveTo(at.y)
      pen.figure(tag, String(places.get(id) ?? ''), styles.entry)
      tag.end()
    }
    list.end()
    pen.doc.switchToPage(pen.pages() - 1)
    pen.moveTo(end)
  }
}

function setSection(pen: Pen, root: Tag, { id, title, blocks }: Section): number {
  pen.space(28)
  pen.need(sectionHeight + moreFor(blocks[0]))
  const first = pen.pages()
  pen.place(id)
  pen.doc.outline.addItem(title)
  const tag = pen.tag(root, 'Sect')
  paragraph(pen, tag, 'H2', title, styles.section)
  pen.space(5)
  pen.rule()
  pen.space(3)
  for (const block of blocks) setBlock(pen, tag, block)
  tag.end()
  return first
}

function moreFor(first: Block | undefined): number {
  return first?.kind === 'heading' ? headingHeight : first?.kind === 'table' ? tableHeight : 0
}

function setBlock(pen: Pen, parent: Tag, block: Block): void {
  switch (block.kind) {
    case 'paragraph':
      pen.space(8)
      return paragraph(pen, parent, 'P', block.text, styles.text)
    case 'heading':
      pen.space(14)
      pen.need(headingHeight)
      return paragraph(pen, parent, 'H3', block.text, styles.heading)
    case 'list':
    case 'steps':
      return setList(pen, parent, block)
    case 'table':
      pen.space(10)
      setTable(pen, parent, block)
      return pen.space(6)
    case 'statement':
      return setStatement(pen, parent, block.text)
  }
}

function setList(
  pen: Pen,
  parent: Tag,
  { kind, entries }: { readonly kind: 'list' | 'steps'; readonly entries: readonly Text[] },
): void {
  pen.space(6)
  const list = pen.tag(parent, 'L')
  entries.forEach((entry, at) => {
    pen.space(3)
    const item = pen.tag(list, 'LI')
    const label = pen.tag(item, 'Lbl')
    pen.figure(label, kind === 'steps' ? String(at + 1) : '–', styles.text)
    label.end()
    paragraph(pen, item, 'LBody', entry, styles.text)
    item.end()
  })
  list.end()
}

function setStatement(pen: Pen, parent: Tag, text: Text): void {
  pen.space(12)
  pen.need(styles.statement.leading * 3)
  const top = pen.y()
  const inner = { left: column.left + 14, right: column.right }
  const tag = pen.tag(parent, 'BlockQuote')
  pen.write(tag, text, styles.statement, inner)
  tag.end()
  const left = column.left + 0.75
  pen.decorate(() =>
    pen.doc
      .lineWidth(1.5)
      .strokeColor(colours.ink)
      .moveTo(left, top + 1)
      .lineTo(left, pen.y() - 1)
      .stroke(),
  )
}

function paragraph(
  pen: Pen,
  parent: Tag,
  type: string,
  text: Text,
  style: Parameters<Pen['write']>[2],
): void {
  const tag = pen.tag(parent, type)
  pen.write(tag, text, style)
  tag.end()
}

/** Below every page: what this is, and where one is in it. */
function setFeet(doc: Doc, pen: Pen, paper: Paper): void {
  const pages = pen.pages()
  const style = styles.note
  for (let at = 0; at < pages; at++) {
    doc.switchToPage(at)
    doc.markContent('Artifact', { type: 'Pagination' })
    const counted = paper.pageLine(at + 1, pages)
    const right = column.right - pen.measure(style)(counted, false)
    pen.stamp(lineOf(`Kontor · ${paper.title}`), style, column.left, page.foot)
    pen.stamp(lineOf(counted), style, right, page.foot)
    doc.endMarkedContent()
  }
}

function lineOf(text: string): Parameters<Pen['stamp']>[0] {
  return [{ text, strong: false, to: undefined }]
}

function collected(doc: Doc): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
}
