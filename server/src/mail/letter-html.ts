/**
 * The layout that a person can give a letter: paragraphs, bold, italic, lists and links, and nothing else. What the page
 * sends is cut to that, whatever it was; the same input gives the same output.
 */
import sanitize from 'sanitize-html'
import { boundedDepth } from './html-depth.ts'
import { htmlToText } from './html-text.ts'
import { wordlessTags } from './sanitize.ts'

export type LetterHtml = { readonly html: string; readonly text: string }

const tags = ['p', 'br', 'strong', 'em', 'ul', 'ol', 'li', 'a']
const same: Readonly<Record<string, string>> = { b: 'strong', i: 'em', div: 'p' }

/** The letter and its plain twin. An empty letter is empty in both. */
export function letterHtml(html: string): LetterHtml {
  const safe = sanitize(boundedDepth(html.slice(0, 400_000)), {
    allowedTags: tags,
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    nonTextTags: [...wordlessTags],
    transformTags: Object.fromEntries(Object.entries(same).map(([from, to]) => [from, to])),
    exclusiveFilter: ({ tag, attribs, text }) =>
      tag === 'a' && (attribs['href'] === undefined || text === ''),
  })
    .replaceAll(/(?:<p>(?:\s|&nbsp;|<br \/>)*<\/p>\s*)+$/g, '')
    .trim()
  return { html: safe, text: htmlToText(safe) }
}
