/**
 * HTML of received mail, made safe to store and to show in a sandboxed frame.
 *
 * An allow-list of tags, attributes and style properties; whatever is not listed is gone. Nothing in the result
 * makes a request by itself: remote images keep their address in `data-remote-src` until the reader asks for them,
 * inline images point to their part in `data-cid`. Styles can neither load (`url()`) nor leave their place
 * (`position`). The frame's content policy is the second wall, not the first.
 */
import sanitize from 'sanitize-html'
import { escapeHtml } from './escape.ts'
import { boundedDepth } from './html-depth.ts'
import { safeStyle } from './style.ts'
import { withVisibleTargets } from './visible-links.ts'

export type SafeHtml = {
  readonly html: string
  /** Images that would have been fetched from elsewhere. */
  readonly remoteImages: number
}

/** Elements whose content is nothing that a person reads: dropped with all that is in them. */
export const wordlessTags: readonly string[] = [
  'script',
  'style',
  'textarea',
  'option',
  'noscript',
  'title',
  'head',
  'svg',
  'math',
  'template',
  'iframe',
  'object',
  'xml',
]

/** Characters of a layout that are read; what is longer is better shown as text. */
export const longestLayout = 1_500_000
const depthLimit = 120

const tags = [
  'a',
  'abbr',
  'address',
  'article',
  'aside',
  'b',
  'bdi',
  'bdo',
  'big',
  'blockquote',
  'br',
  'caption',
  'center',
  'cite',
  'code',
  'col',
  'colgroup',
  'dd',
  'del',
  'details',
  'dfn',
  'div',
  'dl',
  'dt',
  'em',
  'figcaption',
  'figure',
  'font',
  'footer',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'i',
  'img',
  'ins',
  'kbd',
  'li',
  'main',
  'mark',
  'ol',
  'p',
  'pre',
  'q',
  's',
  'samp',
  'section',
  'small',
  'span',
  'strike',
  'strong',
  'sub',
  'summary',
  'sup',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
  'tt',
  'u',
  'ul',
  'var',
  'wbr',
]

const cell = ['align', 'valign', 'width', 'height', 'bgcolor', 'colspan', 'rowspan']

/** Safe HTML of a received message; the same input gives the same output. */
export function sanitizeMailHtml(html: string): SafeHtml {
  let remoteImages = 0
  const safe = sanitize(boundedDepth(html.slice(0, longestLayout)), {
    allowedTags: tags,
    allowedAttributes: {
      '*': ['style', 'dir', 'lang', 'title', 'align'],
      a: ['href', 'name', 'rel', 'target'],
      img: ['alt', 'width', 'height', 'data-remote-src', 'data-cid', 'src'],
      font: ['color', 'face', 'size'],
      table: [...cell, 'border', 'cellpadding', 'cellspacing'],
      td: cell,
      th: cell,
      tr: cell,
      col: ['width', 'span'],
      ol: ['start', 'type'],
      li: ['value'],
      blockquote: ['type'],
    },
    // they are read once for all that are alike (style.ts)
    parseStyleAttributes: false,
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    // none of these attributes says anything when it is empty
    nonBooleanAttributes: ['*'],
    disallowedTagsMode: 'discard',
    nonTextTags: [...wordlessTags],
    nestingLimit: depthLimit,
    parser: { decodeEntities: true, lowerCaseTags: true },
    transformTags: {
      '*': (tagName, attribs) => ({ tagName, attribs: withSafeStyle(attribs) }),
      a: (tagName, attribs) => ({ tagName, attribs: linkAttributes(attribs) }),
      img: (tagName, attribs) => {
        const shown = imageAttributes(attribs)
        if ('data-remote-src' in shown) remoteImages += 1
        return { tagName, attribs: shown }
      },
    },
  })
  return { html: withVisibleTargets(safe), remoteImages }
}

/** Puts the addresses of remote images back, after the reader asked; takes only output of `sanitizeMailHtml`. */
export function allowRemoteImages(html: string): string {
  return html.replaceAll(/(<img\b[^>]*?\s)data-remote-src="(https?:[^"]*)"/g, '$1src="$2"')
}

/** Plain text as HTML: escaped, lines kept, links clickable. */
export function textToHtml(text: string): string {
  const linked = escapeHtml(text).replaceAll(
    /\bhttps?:\/\/[^\s<>"']{1,2000}[^\s<>"'.,;:!?)\]]/g,
    (uri) => `<a href="${uri}" rel="noopener noreferrer nofollow" target="_blank">${uri}</a>`,
  )
  return `<div>${linked.replaceAll(/\r\n?|\n/g, '<br>')}</div>`
}

function withSafeStyle(attribs: Record<string, string>): Record<string, string> {
  const { style, ...others } = attribs
  if (style === undefined) return attribs
  const safe = safeStyle(style)
  return safe === '' ? others : { ...attribs, style: safe }
}

// the target is shown on hovering
function linkAttributes(attribs: Record<string, string>): Record<string, string> {
  const href = attribs['href']?.trim()
  if (href === undefined || !/^(?:https?:|mailto:|tel:)/i.test(href)) return {}
  const kept = attribs['style'] === undefined ? {} : { style: attribs['style'] }
  return { ...kept, href, title: href, rel: 'noopener noreferrer nofollow', target: '_blank' }
}

function imageAttributes(attribs: Record<string, string>): Record<string, string> {
  const { src = '', srcset: _, ...others } = attribs
  const address = src.trim()
  delete others['data-remote-src']
  delete others['data-cid']
  if (/^cid:/i.test(address)) return { ...others, 'data-cid': address.slice(4) }
  if (/^https?:\/\//i.test(address)) return { ...others, 'data-remote-src': address }
  if (/^\/\/[^/]/.test(address)) return { ...others, 'data-remote-src': `https:${address}` }
  // RFC 2397 images carry their bytes; svg would carry markup
  if (/^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]+$/i.test(address))
    return { ...others, src: address }
  return others
}
