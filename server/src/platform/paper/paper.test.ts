/** Facts about papers as PDF files: pages, title, language, tags, links, and the same bytes for the same words. */
import { describe, expect, test } from 'vitest'
import { setPaper } from './index.ts'
import type { Block, Paper } from './index.ts'

const written = Temporal.Instant.from('2026-11-26T09:30:00Z')

function paper(blocks: readonly Block[], more: Partial<Paper> = {}): Paper {
  return {
    title: 'Größe',
    lead: 'Wozu das gut ist.',
    language: 'de',
    written,
    note: 'Stand: 26. November 2026',
    pageLine: (page, pages) => `Seite ${page} von ${pages}`,
    sections: [{ id: 'first', title: 'Erstens', blocks }],
    ...more,
  }
}

async function file(blocks: readonly Block[], more: Partial<Paper> = {}): Promise<string> {
  return Buffer.from(await setPaper(paper(blocks, more))).toString('latin1')
}

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length
const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
const table: Block = {
  kind: 'table',
  caption: 'Zwei Stufen',
  head: ['', 'Eins', 'Zwei'],
  rows: [
    ['Lesen', 'ja', 'nein'],
    ['Senden', 'ja', 'ja'],
  ],
}

describe('a paper', () => {
  test('says title, language, date and that it is tagged', async () => {
    const pdf = await file([paragraph('Ein Satz.')])
    expect(pdf.slice(0, 8)).toBe('%PDF-1.7')
    expect(pdf).toContain('/Lang (de)')
    expect(pdf).toContain('/Marked true')
    expect(pdf).toContain('/DisplayDocTitle true')
    expect(pdf).toContain('(D:20261126093000Z)')
    expect(pdf).toContain(`(${titleInFile('Größe')})`)
  })
  test('is the same file for the same words', async () => {
    expect(await file([table])).toBe(await file([table]))
  })
  test('tags headings, paragraphs and lists as what they are', async () => {
    const pdf = await file([
      paragraph('Ein Satz.'),
      { kind: 'heading', text: 'Zwischentitel' },
      { kind: 'steps', entries: ['Erst dies', 'dann das'] },
      { kind: 'statement', text: 'Nicht unsere Worte.' },
    ])
    const tags = ['H1', 'H2', 'H3', 'L', 'LI', 'LBody', 'BlockQuote'] as const
    expect(tags.map((tag) => count(pdf, new RegExp(`/S /${tag}\\b`, 'g')))).toEqual([1, 1, 1, 1, 2, 2, 1])
  })
  test('tells a reader which cells of a table name a column and which a row', async () => {
    const pdf = await file([table])
    expect(
      [/\/S \/TR\b/g, /\/Scope \/Column/g, /\/Scope \/Row/g, /\/S \/TD\b/g].map((each) => count(pdf, each)),
    ).toEqual([3, 3, 2, 4])
  })
  test('begins a new page when one is full, and counts them', async () => {
    const pdf = await file(Array.from({ length: 90 }, (_, at) => paragraph(`Absatz ${at + 1}.`)))
    expect(count(pdf, /\/Type \/Page\b/g)).toBe(4)
  })
  test('moves a title to the next page rather than leave it alone at the foot of one', async () => {
    const blocks = (lines: number) => [
      { id: 'first', title: 'Erstens', blocks: Array.from({ length: lines }, () => paragraph('Ein Satz.')) },
      {
        id: 'second',
        title: 'Zweitens',
        blocks: [{ kind: 'heading', text: 'Was' } as const, paragraph('Das.')],
      },
    ]
    const pages = async (lines: number) =>
      count(await file([], { sections: blocks(lines) }), /\/Type \/Page\b/g)
    expect([await pages(15), await pages(21), await pages(25)]).toEqual([1, 2, 2])
  })
  test('repeats the head of a table on the next page without tagging it twice', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => [`Zeile ${at + 1}`, 'ja', 'nein'])
    const pdf = await file([{ kind: 'table', caption: 'Lang', head: ['', 'Eins', 'Zwei'], rows }])
    expect([count(pdf, /\/Type \/Page\b/g), count(pdf, /\/Scope \/Column/g)]).toEqual([3, 3])
  })
  test('lists its sections with links to them when asked', async () => {
    const contents = { title: 'Inhalt', page: 'Seite' }
    const pdf = await file([paragraph('Ein Satz.')], { contents })
    expect([
      count(pdf, /\/S \/TOCI\b/g),
      count(pdf, /\/S \/GoTo\b/g),
      count(await file([]), /\/S \/TOCI\b/g),
    ]).toEqual([1, 1, 0])
  })
  test('leads outside to the address that a link names', async () => {
    const link = { link: 'Richtlinie', to: 'https://example.org/policy' }
    const pdf = await file([{ kind: 'paragraph', text: ['Siehe ', link, '.'] }])
    expect(pdf).toContain('/URI (https://example.org/policy)')
  })
  test('takes names in Greek, Cyrillic and Polish, and an address wider than its column', async () => {
    const long = `${'sehr-lange-adresse.'.repeat(12)}@example.org`
    const facts: Block = {
      kind: 'table',
      caption: 'Wer',
      head: [],
      rows: [
        ['Name', 'Łukasz Ωmega Яна 漢'],
        ['Adresse', long],
      ],
    }
    const pdf = await file([facts])
    expect([count(pdf, /\/Type \/Page\b/g), count(pdf, /\/S \/TH\b/g)]).toEqual([1, 2])
  })
})

/** Texts outside ASCII are UTF-16 with a mark in front, brackets and backslashes escaped. */
function titleInFile(title: string): string {
  const bytes = Buffer.from(`\uFEFF${title}`, 'utf16le').swap16()
  return bytes.toString('latin1')
}
