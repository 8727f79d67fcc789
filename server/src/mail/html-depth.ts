/**
 * Takes the depth out of HTML that is nested only to cost time. Parsers walk such trees in quadratic time or run out
 * of stack; no letter that a person wrote is nested a hundredth as deep. One pass, whatever the input.
 */

const depthLimit = 300
const withoutEnd = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'wbr',
])

/** The same HTML without the tags that open below the limit; text stays. */
export function boundedDepth(html: string): string {
  const kept: string[] = []
  let depth = 0
  let from = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    const closing = html[at + 1] === '/'
    const name = tagName(html, at + (closing ? 2 : 1))
    if (name === '' || withoutEnd.has(name)) continue
    const end = html.indexOf('>', at)
    if (end < 0) break
    depth = Math.max(0, depth + (closing ? -1 : 1))
    if (depth > depthLimit || (closing && depth === depthLimit)) {
      kept.push(html.slice(from, at))
      from = end + 1
    }
    at = end
  }
  return from === 0 ? html : kept.join('') + html.slice(from)
}

// by code, because a regular expression per tag is what costs in a mail of thousands
function tagName(html: string, from: number): string {
  let to = from
  while (to < from + 20 && isPartOfName(html.charCodeAt(to), to > from)) to += 1
  return html.slice(from, to).toLowerCase()
}

function isPartOfName(code: number, digitsToo: boolean): boolean {
  const letter = code | 0x20
  return (letter >= 0x61 && letter <= 0x7a) || (digitsToo && code >= 0x30 && code <= 0x39)
}
