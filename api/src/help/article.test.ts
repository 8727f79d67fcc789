/** Facts about the article: whole in both languages, with links that lead somewhere. */
import { describe, expect, test } from 'vitest'
import { article as german } from './de/article.ts'
import { article as english } from './en/article.ts'
import type { Article, Block, Inline, Text } from './article.ts'
import { sectionIds } from './article.ts'

const both = [
  ['English', english],
  ['German', german],
] as const

describe('the help article', () => {
  test('has the same sections and blocks in both languages', () => {
    expect(shapeOf(german)).toEqual(shapeOf(english))
  })
  test.each(both)('follows the outline in %s', (_, article) => {
    expect(article.sections.map(({ id }) => id)).toEqual(sectionIds)
  })
  test.each(both)('asks the two questions in %s as they are always asked', (_, article) => {
    const titles = new Map(article.sections.map(({ id, title }) => [id, title]))
    expect([titles.get('access'), titles.get('limits')]).toEqual(
      article === english
        ? [
            'What information does the email integration access, and what does it store?',
            'What are the daily sending limits?',
          ]
        : [
            'Welche Informationen ruft die E-Mail-Integration ab, und was speichert sie?',
            'Wie hoch sind die täglichen Sendelimits?',
          ],
    )
  })
  test.each(both)('leads in %s only to sections that exist and to secure addresses', (_, article) => {
    const targets = new Set(article.sections.map(({ id }) => `#${id}`))
    const lost = inlinesOf(article).filter(
      (inline) =>
        typeof inline === 'object' &&
        'to' in inline &&
        !targets.has(inline.to) &&
        !inline.to.startsWith('https:'),
    )
    expect(lost).toEqual([])
  })
  test.each(both)('gives every row of a table in %s a cell per column', (_, article) => {
    const uneven = blocksOf(article).filter(
      (block) => block.kind === 'table' && block.rows.some((row) => row.length !== block.head.length),
    )
    expect(uneven).toEqual([])
  })
  test('says nothing in German in the words of English', () => {
    const words = (article: Article) =>
      inlinesOf(article)
        .map(wordsOf)
        .filter((text) => text.length > 24)
    expect(words(german).filter((text) => words(english).includes(text))).toEqual([
      'Microsoft (Outlook, Microsoft 365)',
      'gmail.send, gmail.readonly',
      'Mail.Send.Shared, Mail.Read.Shared',
      'Google API Services User Data Policy',
    ])
  })
})

function shapeOf(article: Article): unknown {
  return article.sections.map(({ id, blocks }) => [id, blocks.map(blockShape)])
}

function blockShape(block: Block): unknown {
  if (block.kind === 'table') return [block.kind, block.head.length, block.rows.length]
  return 'entries' in block ? [block.kind, block.entries.length] : [block.kind]
}

function blocksOf(article: Article): readonly Block[] {
  return article.sections.flatMap(({ blocks }) => blocks)
}

function textsOf(block: Block): readonly Text[] {
  if (block.kind === 'table') return [block.caption, ...block.head, ...block.rows.flat()]
  return 'entries' in block ? block.entries : [block.text]
}

function inlinesOf(article: Article): readonly Inline[] {
  return blocksOf(article)
    .flatMap(textsOf)
    .flatMap((text) => (typeof text === 'string' ? [text] : text))
}

function wordsOf(inline: Inline): string {
  if (typeof inline === 'string') return inline
  return 'strong' in inline ? inline.strong : inline.link
}
