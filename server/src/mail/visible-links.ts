/**
 * Shows where a link leads whose own words name another place. The address stands behind the link, so that it is seen
 * without a pointer to hover with, too.
 */
import { escapeHtml } from './escape.ts'

const anchor = /<a\b([^>]*)>|<\/a>/g
const shownAtMost = 200
// takes no room where it is shown, so that it hides a name from us and from nobody else
const unseen = /\p{Default_Ignorable_Code_Point}/gu
const named =
  /^(?:https?:\/\/)?(?:[^\s/@]+@)?[^\s/:?#@]+\.(?:\p{L}{2,}|xn--[\w-]+)\.?(?::\d+)?(?:[/?#]\S*)?$/iu

/** Takes and gives output of the sanitiser, where attributes are quoted and escaped and links hold no links. */
export function withVisibleTargets(html: string): string {
  const kept: string[] = []
  let from = 0
  let open: { readonly href: string; readonly at: number } | undefined
  for (const match of html.matchAll(anchor)) {
    const end = match.index + match[0].length
    if (match[1] !== undefined) {
      const href = /\shref="([^"]*)"/.exec(match[1])?.[1]
      open = href === undefined ? undefined : { href: plain(href), at: end }
      continue
    }
    const target =
      open === undefined ? undefined : hiddenTarget(open.href, plain(html.slice(open.at, match.index)))
    open = undefined
    const note = ` <small>[${escapeHtml(target?.slice(0, shownAtMost) ?? '')}]</small>`
    if (target === undefined || html.startsWith(note, end)) continue
    kept.push(html.slice(from, end), note)
    from = end
  }
  return from === 0 ? html : kept.join('') + html.slice(from)
}

/** Where it leads, if its words name a place and that is another one. */
function hiddenTarget(href: string, words: string): string | undefined {
  const text = words.replaceAll(unseen, '').trim()
  if (text.length > 500 || !named.test(text)) return undefined
  const target = placeOf(href)
  const said = placeOf(
    /^https?:/i.test(text) ? text : text.includes('@') ? `mailto:${text}` : `https://${text}`,
  )
  if (target === undefined || said === undefined || isWithin(target, said) || isWithin(said, target))
    return undefined
  return target
}

/** The host of a web address, or the address that a mail goes to, in lower case. */
function placeOf(address: string): string | undefined {
  const uri = URL.parse(address)
  if (uri?.protocol === 'mailto:') return uri.pathname.toLowerCase()
  const host = uri?.hostname.replace(/^www\./, '').replace(/\.$/, '')
  return host === undefined || host === '' ? undefined : host
}

/** The same place, or a part of it. */
function isWithin(place: string, whole: string): boolean {
  return place === whole || (!place.includes('@') && place.endsWith(`.${whole}`))
}

// what the sanitiser escapes, and nothing else
function plain(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
