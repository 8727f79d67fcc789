/**
 * HTML of a message as plain text: for the text twin of what we send, for search and for the visible part of an
 * answer. Bounded: over-long or over-deep HTML is cut, and when the converter gives up, tags are simply dropped.
 */
import { compile, type FormatCallback, type HtmlToTextOptions } from 'html-to-text'
import { boundedDepth } from './html-depth.ts'

const lengthLimit = 1_000_000

// two cells of a row are two words
const cell: FormatCallback = (element, walk, builder) => {
  builder.addInline(' ')
  walk(element.children, builder)
  builder.addInline(' ')
}

const fixed: HtmlToTextOptions = {
  wordwrap: false,
  formatters: { cell },
  limits: { maxInputLength: lengthLimit, maxDepth: 200, maxChildNodes: 20_000, ellipsis: '…' },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'title', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
    { selector: 'a[href^="mailto:"]', format: 'anchor', options: { ignoreHref: true } },
    { selector: 'a[href^="tel:"]', format: 'anchor', options: { ignoreHref: true } },
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'h2', options: { uppercase: false } },
    { selector: 'h3', options: { uppercase: false } },
    { selector: 'h4', options: { uppercase: false } },
    { selector: 'h5', options: { uppercase: false } },
    { selector: 'h6', options: { uppercase: false } },
    { selector: 'table', format: 'block' },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
    { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 2 } },
  ],
}

/** The text a reader would see, lines as the blocks fall, with the targets of links in brackets. */
export const htmlToText = textOfHtml({})

/** The same with more to mark. Compiled once, with the first text: the selectors take longer than reading a usual mail. */
export function textOfHtml(options: HtmlToTextOptions): (html: string) => string {
  const selectors = [...(fixed.selectors ?? []), ...(options.selectors ?? [])]
  const formatters = { ...fixed.formatters, ...options.formatters }
  let convert: ReturnType<typeof compile> | undefined
  return (html) => {
    convert ??= compile({ ...fixed, ...options, formatters, selectors })
    const input = boundedDepth(bounded(html))
    try {
      return tidy(convert(input))
    } catch {
      return tidy(withoutTags(input))
    }
  }
}

// not in the middle of a tag; that more followed is told
function bounded(html: string): string {
  if (html.length <= lengthLimit) return html
  const kept = html.slice(0, lengthLimit - 1)
  const open = kept.lastIndexOf('<')
  return `${open > kept.lastIndexOf('>') ? kept.slice(0, open) : kept}…`
}

function tidy(text: string): string {
  return text
    .replaceAll('\u00a0', ' ')
    .replaceAll(/(?<![ \t])[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

// last resort for HTML that no parser walks (nesting beyond the stack)
function withoutTags(html: string): string {
  let text = ''
  let inTag = false
  for (const character of html) {
    if (character === '<') inTag = true
    else if (character === '>') {
      inTag = false
      text += '\n'
    } else if (!inTag) text += character
  }
  return text
}
