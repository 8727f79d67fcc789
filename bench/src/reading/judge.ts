/**
 * What in sanitised HTML could act, told from the tree that a browser would build of it (parse5, scripting on). One judge
 * for every contender; it knows none of them. Four degrees: it runs; it asks a server by itself; it leaves its place; it ran
 * in browsers that nobody ships any more.
 */
import { parseFragment } from 'parse5'
import type { DefaultTreeAdapterTypes } from 'parse5'
import type { Reading, Sample } from './sample.ts'

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.DocumentFragment

export interface Holes {
  /** Scripts, handlers, addresses that are scripts, frames, plug-ins. */
  readonly runs: number
  /** Pictures, styles and media that are fetched without a click. */
  readonly asks: number
  /** Forms, style blocks, bases, redirects, and styles that put something over the page. */
  readonly leaves: number
  /** Styles that were scripts in Internet Explorer and old Firefox. */
  readonly ranOnce: number
}

const running = new Set(['script', 'iframe', 'frame', 'object', 'embed', 'applet', 'portal'])
const leaving = new Set([
  'form',
  'input',
  'button',
  'textarea',
  'select',
  'base',
  'meta',
  'style',
  'link',
  'dialog',
])
const addresses = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'xlink:href',
  'data',
  'poster',
  'background',
  'srcset',
  'to',
  'values',
  'from',
  'cite',
  'longdesc',
  'ping',
])
const fetched = new Set(['src', 'srcset', 'poster', 'background', 'data'])
const fetching = new Set([
  'img',
  'image',
  'video',
  'audio',
  'source',
  'track',
  'input',
  'table',
  'td',
  'th',
  'tr',
  'body',
  'use',
  'feimage',
  'link',
])

/** Which degrees this HTML reaches, each 0 or 1. */
export function holes(html: string): Holes {
  const found = { runs: 0, asks: 0, leaves: 0, ranOnce: 0 }
  const rest: Node[] = [parseFragment(html)]
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    if ('tagName' in node) look(node, found)
    if ('content' in node) rest.push(node.content)
    if ('childNodes' in node) rest.push(...node.childNodes)
  }
  return found
}

function look(element: DefaultTreeAdapterTypes.Element, found: Record<keyof Holes, number>): void {
  const tag = element.tagName.toLowerCase()
  if (running.has(tag)) found.runs = 1
  if (leaving.has(tag)) found.leaves = 1
  for (const { name, prefix, value } of element.attrs) {
    const key = (prefix === undefined || prefix === '' ? name : `${prefix}:${name}`).toLowerCase()
    const plainly = value.replaceAll(/[\s\p{Cc}]/gu, '').toLowerCase()
    if (/^on/.test(key) || key === 'srcdoc') found.runs = 1
    if (
      addresses.has(key) &&
      /^(?:javascript:|vbscript:|livescript:|data:(?:text|application|image\/svg))/.test(plainly) &&
      !isPicture(tag, plainly)
    )
      found.runs = 1
    if (fetched.has(key) && fetching.has(tag) && /(?:^|,)(?:https?:|\/\/|ftp:|file:|[\\/])/.test(plainly))
      found.asks = 1
    if (/^(?:xlink:)?href$/.test(key) && /^(?:image|use|feimage)$/.test(tag) && !plainly.startsWith('#'))
      found.asks = 1
    if (key === 'style') lookAtStyle(plainly, found)
  }
}

// a picture runs nothing, also when it is SVG
function isPicture(tag: string, address: string): boolean {
  return tag === 'img' && address.startsWith('data:image/')
}

function lookAtStyle(style: string, found: Record<keyof Holes, number>): void {
  // an escape may spell any of the words below
  const spelled = style
    .replaceAll(/\/\*.*?\*\//g, '')
    .replaceAll(/\\([0-9a-f]{1,6})/g, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16) % 0x110000).toLowerCase(),
    )
    .replaceAll('\\', '')
  if (/expression\(|behaviou?r:|-moz-binding/.test(spelled)) found.ranOnce = 1
  if (/url\(|image-set\(|@import/.test(spelled)) found.asks = 1
  if (/position:(?:fixed|absolute|sticky)/.test(spelled)) found.leaves = 1
}

/** The new text and nothing else; the signature may stand below it. White space is nobody's merit. */
export function cutRightly({ visible = '', signature }: Sample, reading: Reading): boolean {
  const found = squeezed(reading.visible)
  const wanted = squeezed(visible)
  if (found === wanted) return true
  return (
    signature !== undefined &&
    [`${wanted} ${squeezed(signature)}`, `${wanted} -- ${squeezed(signature)}`].includes(found)
  )
}

/** How many of the words that stand in the mail were not found. */
export function lost({ says = [] }: Sample, reading: Reading): number {
  const all = squeezed(`${reading.text} ${reading.html}`)
  return says.filter((word) => !all.includes(squeezed(word))).length
}

function squeezed(text: string): string {
  return text.replaceAll(/[\s\u00a0]+/g, ' ').trim()
}
