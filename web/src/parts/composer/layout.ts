/**
 * The layout of what stands in the editor, or in something pasted: paragraphs, bold, italic, lists and links; everything
 * else is left out, its words stay. Browsers write the same thing in many ways; what comes out is one.
 */

/** As much of a DOM node as is looked at. */
export interface LaidOut {
  readonly nodeName: string
  readonly nodeValue: string | null
  readonly childNodes: Iterable<LaidOut>
  readonly getAttribute?: (name: string) => string | null
  readonly style?: { readonly fontWeight: string; readonly fontStyle: string }
}

const dropped = new Set([
  'SCRIPT',
  'STYLE',
  'HEAD',
  'TITLE',
  'META',
  'LINK',
  'TEMPLATE',
  'SVG',
  'IFRAME',
  'OBJECT',
  '#comment',
])
const blocks = new Set([
  'P',
  'DIV',
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
  'BLOCKQUOTE',
  'PRE',
  'SECTION',
  'ARTICLE',
  'TR',
  'TABLE',
])

/** HTML of the children of a node; empty when there are no words. */
export function layoutOf(root: LaidOut): string {
  const out: string[] = []
  let line = ''
  function close(): void {
    if (line.replaceAll(/<br>/g, '').trim() !== '' || line === '<br>')
      out.push(`<p>${line === '<br>' ? '' : line.replace(/<br>$/, '')}</p>`)
    line = ''
  }
  function walk(node: LaidOut): void {
    const name = node.nodeName.toUpperCase()
    if (dropped.has(name)) return
    if (name === 'UL' || name === 'OL') {
      close()
      out.push(listOf(node, name === 'UL' ? 'ul' : 'ol'))
    } else if (blocks.has(name)) {
      close()
      for (const child of node.childNodes) walk(child)
      close()
    } else line += inline(node)
  }
  for (const child of root.childNodes) walk(child)
  close()
  while (out.at(-1) === '<p></p>') out.pop()
  return out.map((part) => (part === '<p></p>' ? '<p><br></p>' : part)).join('')
}

function listOf(list: LaidOut, tag: 'ul' | 'ol'): string {
  let entries = ''
  for (const child of list.childNodes) {
    const name = child.nodeName.toUpperCase()
    if (name === 'UL' || name === 'OL') entries += listOf(child, name === 'UL' ? 'ul' : 'ol')
    else if (name === 'LI') entries += `<li>${entryOf(child)}</li>`
  }
  return entries === '' ? '' : `<${tag}>${entries}</${tag}>`
}

function entryOf(entry: LaidOut): string {
  let words = ''
  for (const child of entry.childNodes) {
    const name = child.nodeName.toUpperCase()
    if (name === 'UL' || name === 'OL') words += listOf(child, name === 'UL' ? 'ul' : 'ol')
    else if (blocks.has(name)) words += (words === '' ? '' : '<br>') + childrenOf(child)
    else words += inline(child)
  }
  return words.replace(/<br>$/, '')
}

function childrenOf(node: LaidOut): string {
  return Array.from(node.childNodes, inline).join('')
}

function inline(node: LaidOut): string {
  const name = node.nodeName.toUpperCase()
  if (name === '#TEXT') return escaped(node.nodeValue ?? '')
  if (name === 'BR') return '<br>'
  if (dropped.has(name)) return ''
  const words = childrenOf(node)
  if (words === '') return ''
  if (name === 'A') {
    const href = safeLink(node.getAttribute?.('href') ?? '')
    return href === undefined ? words : `<a href="${escaped(href)}">${words}</a>`
  }
  const bold = name === 'B' || name === 'STRONG' || /^(?:bold|[6-9]00)$/.test(node.style?.fontWeight ?? '')
  const italic = name === 'I' || name === 'EM' || node.style?.fontStyle === 'italic'
  const leaned = italic && !/^<em>.*<\/em>$/.test(words) ? `<em>${words}</em>` : words
  // some programs wrap everything in <b style="font-weight:normal">
  const meant = bold && node.style?.fontWeight !== 'normal' && node.style?.fontWeight !== '400'
  return meant && !/^<strong>.*<\/strong>$/.test(leaned) ? `<strong>${leaned}</strong>` : leaned
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\u00a0', '&nbsp;')
}

/** A web or mail address as a link; a bare domain gets https. Undefined for anything else. */
export function safeLink(typed: string): string | undefined {
  const text = typed.trim()
  if (/^(?:https?:\/\/|mailto:)\S+$/i.test(text)) return text
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return `mailto:${text}`
  if (/^[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?:[/?#]\S*)?$/u.test(text)) return `https://${text}`
  return undefined
}
