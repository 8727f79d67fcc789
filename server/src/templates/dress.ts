/**
 * Dresses the words of a letter: paragraphs, lists, **strong** words and [labelled](https://…) links become HTML with inline
 * styles, and the same words become the plain text that travels beside it. Pure. Only what the text itself says is markup;
 * a value that looks like some stays what it is. No remote images, no counting pixels, no redirected links.
 */
import { escapeHtml } from '../mail/index.ts'
import { closing, opening } from './liquid.ts'

export interface Dressing {
  /** Links of ours that come as a value and may be followed. */
  readonly links: readonly string[]
  /** The link that becomes a button where it stands alone, with the button's label and colours. */
  readonly button?: {
    readonly url: string
    readonly label: string
    readonly colour: string
    readonly ink: string
  }
}

interface Inserted {
  readonly text: string
  readonly values: readonly string[]
}

const value = `${opening}\\d+${closing}`
const paragraphStyle = 'margin:0 0 16px'

/** `marked`: the merged text with its values between the marks. */
export function dress(marked: string, dressing: Dressing): { readonly html: string; readonly text: string } {
  const inserted = numbered(marked)
  const blocks = blocksOf(inserted.text)
  return {
    html: blocks.map((block) => blockHtml(block, inserted.values, dressing)).join(''),
    text: plain(blocks.map((block) => block.map(plainLine).join('\n')).join('\n\n'), inserted.values),
  }
}

/** Values are taken out and stand as numbers, so that no rule below ever looks into one. */
function numbered(marked: string): Inserted {
  const values: string[] = []
  const text = marked.replaceAll(
    new RegExp(`${opening}([^${opening}${closing}]*)${closing}`, 'g'),
    (_, found: string) => {
      values.push(found)
      return `${opening}${values.length - 1}${closing}`
    },
  )
  return { text, values }
}

function blocksOf(text: string): readonly (readonly string[])[] {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .trim()
    .split(/\n[ \t]*\n+/)
    .map((block) => block.split('\n').map((line) => line.trimEnd()))
}

function plain(text: string, values: readonly string[]): string {
  return text.replaceAll(
    new RegExp(`${opening}(\\d+)${closing}`, 'g'),
    (_, n: string) => values[Number(n)] ?? '',
  )
}

function plainLine(line: string): string {
  return line
    .replaceAll(strong, '$1')
    .replaceAll(labelled, (_, label: string, url: string) => (label === url ? url : `${label} (${url})`))
}

const strong = /\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*/g
const labelled = new RegExp(`\\[([^\\]\\n]{1,300})\\]\\((https?://[^\\s()<>]{1,2000}|${value})\\)`, 'g')
const bare = new RegExp(`https?://(?:[^\\s<>{}${opening}${closing}]|${value}){1,2000}`, 'g')

function blockHtml(lines: readonly string[], values: readonly string[], dressing: Dressing): string {
  const [only] = lines
  if (lines.length === 1 && only !== undefined && isButton(only, values, dressing))
    return buttonHtml(dressing)
  const parts: string[] = []
  let at = 0
  while (at < lines.length) {
    const list = isItem(lines[at] ?? '')
    let end = at
    while (end < lines.length && isItem(lines[end] ?? '') === list) end += 1
    const inner = lines
      .slice(at, end)
      .map((line) => inlineHtml(list ? line.replace(item, '') : line, values, dressing))
    parts.push(
      list
        ? `<ul style="margin:0 0 16px;padding-left:24px">${inner.map((line) => `<li>${line}</li>`).join('')}</ul>`
        : `<p style="${paragraphStyle}">${inner.join('<br>')}</p>`,
    )
    at = end
  }
  return parts.join('')
}

const item = /^\s*[-•]\s+/

function isItem(line: string): boolean {
  return item.test(line)
}

function isButton(line: string, values: readonly string[], { button }: Dressing): boolean {
  const alone = new RegExp(`^\\s*${opening}(\\d+)${closing}\\s*$`).exec(line)
  return button !== undefined && alone !== null && values[Number(alone[1])] === button.url
}

function buttonHtml({ button }: Dressing): string {
  if (button === undefined) return ''
  return (
    `<p style="margin:24px 0"><a href="${escapeHtml(button.url)}" style="display:inline-block;padding:12px 20px;` +
    `background:${escapeHtml(button.colour)};color:${button.ink};border-radius:6px;text-decoration:none;font-weight:600">` +
    `${escapeHtml(button.label)}</a></p>`
  )
}

/** Links first, because their addresses are not to be looked into again; then strong words, then values. */
function inlineHtml(line: string, values: readonly string[], dressing: Dressing): string {
  const anchors: string[] = []
  const keep = (html: string): string => {
    anchors.push(html)
    return `\ue002${anchors.length - 1}\ue003`
  }
  const linked = line
    .replaceAll(labelled, (whole, label: string, url: string) => {
      const href = hrefOf(url, values, dressing)
      return href === undefined ? whole : keep(anchor(href, withValues(escapeHtml(label), values)))
    })
    .replaceAll(bare, (found) => {
      const url = found.replace(/(?:[.,;:!?)\]'"]|&[a-z]+;)+$/i, '')
      const href = hrefOf(url, values, dressing)
      return href === undefined ? found : keep(anchor(href, escapeHtml(href))) + found.slice(url.length)
    })
  const escaped = escapeHtml(linked).replaceAll(strong, '<strong>$1</strong>')
  return withValues(escaped, values, dressing).replaceAll(
    /\ue002(\d+)\ue003/g,
    (_, n: string) => anchors[Number(n)] ?? '',
  )
}

function withValues(escaped: string, values: readonly string[], dressing?: Dressing): string {
  return escaped.replaceAll(new RegExp(`${opening}(\\d+)${closing}`, 'g'), (_, n: string) => {
    const found = values[Number(n)] ?? ''
    return dressing?.links.includes(found) === true ? anchor(found, escapeHtml(found)) : escapeHtml(found)
  })
}

/** The address of a link; undefined when a value in it would make another one of it. */
function hrefOf(url: string, values: readonly string[], { links }: Dressing): string | undefined {
  const whole = new RegExp(`^${opening}(\\d+)${closing}$`).exec(url)
  if (whole !== null) {
    const found = values[Number(whole[1])] ?? ''
    return links.includes(found) || /^https?:\/\/[^\s<>"]+$/.test(found) ? found : undefined
  }
  let safe = true
  const href = url.replaceAll(new RegExp(`${opening}(\\d+)${closing}`, 'g'), (_, n: string) => {
    const found = values[Number(n)] ?? ''
    safe &&= /^[\w.~%+-]*$/.test(found)
    return found
  })
  return safe ? href : undefined
}

function anchor(url: string, label: string): string {
  return `<a href="${escapeHtml(url)}">${label}</a>`
}
