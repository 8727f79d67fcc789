/**
 * Divides an answer into what is new, the history it quotes, and the signature. Nothing is lost: every line with
 * something on it is in exactly one of the three.
 *
 * 1. Mark each line: quoted by `>`, part of a signature, or text.
 * 2. Find where history begins: a divider, a quoted header block, or an attribution. What has no `>` after its
 *    attribution is history to the end; what has is a block, and text below it is an answer again.
 * 3. Answers between quoted lines stay with the quoted lines they answer; the history below them is folded.
 * 4. A pure forward is not folded: there, the forwarded message is what is new.
 */
import { isFooter, isWarning, opensNotice } from './footer.ts'
import { type MarkedText, markedText, marks } from './reply-html.ts'
import {
  attributionWithin,
  headerField,
  introducesQuote,
  isAttribution,
  isDivider,
  isForwardMark,
  isHeaderLine,
  isSpoken,
  opensAttribution,
} from './quote-marks.ts'

export type ReplyText = { readonly visible: string; readonly quoted: string; readonly signature?: string }

type Role = 'text' | 'empty' | 'quote' | 'history' | 'attribution' | 'signature'

const textLimit = 400_000
const attributionLines = 5
const drawn = /^\s{0,3}[-_—–]{3,80}\s*$/
const everyMark: ReadonlySet<string> = new Set(Object.values(marks))

/** The parts of an answer, from its plain text or, where that tells nothing, from its HTML. */
export function replyText(body: {
  readonly text?: string | undefined
  readonly html?: string | undefined
}): ReplyText {
  const fromText = body.text === undefined || body.text.trim() === '' ? undefined : divide(body.text)
  if (fromText !== undefined && (fromText.quoted !== '' || body.html === undefined)) return fromText
  if (body.html === undefined) return { visible: '', quoted: '' }
  const fromHtml = divideMarked(markedText(body.html))
  // some who write a new mail type into the container of an old one
  if (fromText !== undefined && fromHtml.visible === '' && fromText.visible !== '') return fromText
  return fromText === undefined || fromHtml.quoted !== '' || fromHtml.signature !== undefined
    ? fromHtml
    : fromText
}

function divide(text: string): ReplyText {
  return divideMarked({
    lines: text.slice(0, textLimit).replaceAll(/\r\n?/g, '\n').split('\n'),
    rest: text.slice(textLimit),
  })
}

function divideMarked({ lines: received, rest }: MarkedText): ReplyText {
  const lines = received.flatMap(withoutTail)
  const roles = lines.map(roleOf)
  markWarning(lines, roles)
  markContainers(lines, roles)
  markHistory(lines, roles)
  markSignatures(lines, roles)
  const settled = settleEmpty(decide(lines, roles))
  const shown = pick(lines, (at) => settled[at] === 'text')
  const quoted = pick(lines, (at) => ['quote', 'history', 'attribution'].includes(settled[at] ?? ''))
  const signature = pick(lines, (at) => settled[at] === 'signature')
  return {
    visible: shown,
    quoted: [quoted, rest.trim()].filter((part) => part !== '').join('\n'),
    ...(signature === '' ? {} : { signature }),
  }
}

// some programs set the attribution behind the last words of the answer
function withoutTail(line: string, at: number, lines: readonly string[]): string[] {
  const next = lines.slice(at + 1, at + 4).find((below) => below.trim() !== '')
  const tail = next?.startsWith('>') === true ? attributionWithin(line) : undefined
  return tail === undefined ? [line] : [line.slice(0, tail).replace(/[\s-]+$/, ''), line.slice(tail)]
}

// what a gateway wrote above the answer is nobody's words
function markWarning(lines: readonly string[], roles: Role[]): void {
  const start = roles.indexOf('text')
  if (start < 0 || start > 20) return
  const end = roles.findIndex((role, at) => at > start && role !== 'text')
  const below = roles.findIndex((role, at) => at > end && role === 'text')
  if (end < 0 || below < 0 || end - start > 8 || !isWarning(lines.slice(start, end).join(' '))) return
  roles.fill('signature', start, end)
}

function roleOf(line: string, at: number, lines: readonly string[]): Role {
  if (line.trim() === '') return 'empty'
  if (/^\s{0,3}>/.test(line))
    return /^>\s*(?:wrote|schrieb|a écrit)?\s*[:：]\s*$/.test(line) ? 'text' : 'quote'
  const [above = '', below = ''] = [lines[at - 1], lines[at + 1]]
  return continuesQuote(line, above, below) || continuesLink(line, above, below) ? 'quote' : 'text'
}

// a long quoted line that a mail program broke without repeating the mark: its rest stands between quoted lines
function continuesQuote(line: string, above: string, below: string): boolean {
  return /^\s{0,3}>/.test(above) && above.length >= 60 && below.startsWith('>') && /^\p{Ll}/u.test(line)
}

// a link that a mail program broke, or set on a line of its own, between quoted lines
function continuesLink(line: string, above: string, below: string): boolean {
  if (!/^\s{0,3}>/.test(above) || !below.startsWith('>')) return false
  return /[(<]https?:[^\s)>]*$/.test(above) || /^\s*[(<]https?:\S+[)>]\s*>?\s*$/.test(line)
}

// what the HTML itself says to be history or signature
function markContainers(lines: string[], roles: Role[]): void {
  let inside: Role | undefined
  let depth = 0
  for (const [at, line] of lines.entries()) {
    if (line.includes(marks.historyToEnd)) {
      roles.fill('history', dividerStart(lines, at))
      return
    }
    if (inside !== undefined) roles[at] = roles[at] === 'quote' ? 'quote' : inside
    if (line.includes(marks.historyStart) || line.includes(marks.signatureStart)) {
      if (inside === undefined) inside = line.includes(marks.historyStart) ? 'history' : 'signature'
      depth += 1
    } else if (line.includes(marks.end)) {
      depth -= 1
      if (depth <= 0) inside = undefined
    } else if (line.includes(marks.attribution)) markAttribution(lines, roles, at)
  }
}

// a container of Gmail's kind: its introduction up to the first quoted line, or all of it when nothing is quoted
function markAttribution(lines: string[], roles: Role[], at: number): void {
  for (let next = at; next < lines.length && roles[next] !== 'quote'; next += 1) {
    if (next > at && lines[next]?.includes(marks.end)) return
    if (roles[next] === 'text') roles[next] = 'attribution'
  }
}

function markHistory(lines: string[], roles: Role[]): void {
  for (let at = 0; at < lines.length; at += 1) {
    if (roles[at] !== 'text') continue
    const line = lines[at] ?? ''
    if (isDivider(line) || isHeaderBlock(lines, at)) {
      roles.fill('history', dividerStart(lines, at))
      return
    }
    const strong = attributionLength(lines, roles, at)
    const length = strong > 0 ? strong : introducesQuote(line) ? 1 : 0
    if (length === 0) continue
    const next = nextFilled(lines, at + length)
    if (next === undefined || roles[next] === 'quote') roles.fill('attribution', at, at + length)
    else if (strong > 0) {
      roles.fill('history', at)
      return
    }
  }
}

// two fields of a mail header close together; the sender or the date must be one of them, RFC 5322 §3.6
function isHeaderBlock(lines: string[], at: number): boolean {
  const first = headerField(lines[at] ?? '')
  if (first < 0) return false
  if (isHeaderLine(lines[at] ?? '')) return true
  const kinds = new Set([first])
  let named = (lines[at] ?? '').includes('@')
  for (const line of lines.slice(at + 1, at + 9)) {
    if (line.trim() === '') continue
    const kind = headerField(line)
    if (kind >= 0) {
      kinds.add(kind)
      named ||= line.includes('@')
    } else if (kinds.size < 2 && !/^\s|^[^:]{0,60}$/.test(line)) break
  }
  if (kinds.size >= 3) return kinds.has(0) || kinds.has(1)
  if (kinds.size === 2 && first === 1 && kinds.has(2)) return named && /\d:\d{2}/.test(lines[at] ?? '')
  return kinds.size === 2 && first === 0 && (kinds.has(1) || kinds.has(3) || named)
}

// a drawn line right above a header block belongs to it
function dividerStart(lines: string[], at: number): number {
  for (let above = at - 1; above >= 0 && above >= at - 3; above -= 1) {
    const line = (lines[above] ?? '').trim()
    if (/^[-_=*–—]{3,}$/.test(line)) return above
    if (line !== '') return at
  }
  return at
}

function attributionLength(lines: string[], roles: Role[], at: number): number {
  if (!opensAttribution(lines[at] ?? '')) return 0
  for (let length = 1; length <= attributionLines && at + length <= lines.length; length += 1) {
    if (roles[at + length - 1] !== 'text') return 0
    const own = lines.slice(at, at + length)
    if (isAttribution(own)) return length > 1 && isSpoken(own.slice(1)) ? 0 : length
  }
  return 0
}

function nextFilled(lines: string[], from: number): number | undefined {
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line.trim() !== '' && !isMark(line)) return at
  }
  return undefined
}

function markSignatures(lines: string[], roles: Role[]): void {
  for (let at = 0; at < lines.length; at += 1) {
    if (roles[at] !== 'text' || !opensSignature(lines, roles, at)) continue
    for (; at < lines.length && (roles[at] === 'text' || roles[at] === 'empty'); at += 1)
      roles[at] = 'signature'
  }
}

// "-- " alone (RFC 3676 §4.3), a drawn line over a few short lines, or a phone's footer
function opensSignature(lines: string[], roles: Role[], at: number): boolean {
  const line = lines[at] ?? ''
  if (/^\s?(?:--|—|__)\s*$/.test(line)) return true
  if (isFooter(line) || isLastNotice(lines, roles, at)) return true
  if (!drawn.test(line)) return false
  const below = lines.slice(at + 1, at + 30)
  const end = below.findIndex((_, next) => !['text', 'empty'].includes(roles[at + 1 + next] ?? ''))
  const block = (end < 0 ? below : below.slice(0, end)).filter((written) => written.trim() !== '')
  if (block.length > 8 || block.some((written) => written.length > 70 && !written.includes('://')))
    return false
  if (block.some((written) => /mailing list|\/listinfo\//i.test(written))) return true
  if (/^\s{0,3}[_—–]{10,}/.test(line) && isCard(block)) return true
  return line.trim().length <= 40 && roles[at + 1] === 'text' && (at === 0 || roles[at - 1] === 'empty')
}

// a name and what goes with it: a few short lines without a number or a sentence; a price list has numbers
function isCard(block: readonly string[]): boolean {
  const written = block.filter((line) => !drawn.test(line))
  return (
    written.length > 0 &&
    written.length <= 4 &&
    written.every((line) => /^[^\d€$£!?;:]{1,40}[^.!?:;…]$/u.test(line.trim()))
  )
}

// a legal notice counts only under everything that was written, and never as the whole of it
function isLastNotice(lines: string[], roles: Role[], at: number): boolean {
  const written = roles.indexOf('text')
  if (written < 0 || written >= at || roles[at - 1] === 'text' || (lines[at] ?? '').length < 10) return false
  const paragraph = lines.slice(at, at + 8)
  const end = paragraph.findIndex((line) => line.trim() === '')
  return opensNotice((end < 0 ? paragraph : paragraph.slice(0, end)).join(' '))
}

// an empty line goes with the line above it
function settleEmpty(roles: readonly Role[]): Role[] {
  let above: Role = 'text'
  return roles.map((role) => {
    if (role !== 'empty') above = role
    return above
  })
}

function decide(lines: string[], roles: readonly Role[]): Role[] {
  const texts = roles.flatMap((role, at) => (role === 'text' && !isMark(lines[at] ?? '') ? [at] : []))
  const quotes = roles.flatMap((role, at) => (role === 'quote' ? [at] : []))
  const first = texts[0]
  const last = texts.at(-1)
  if (first === undefined || last === undefined) {
    return quotes.length > 0 ? [...roles] : withoutText(lines, roles)
  }
  const start = quotes[0] ?? lines.length
  const lastQuote = quotes.at(-1) ?? -1
  const between = texts.some((at) => at > start && at < lastQuote)
  const unattributed = !roles.includes('attribution') && first < start && last > start
  if (!between && !unattributed) return [...roles]
  const from = Math.min(
    first,
    roles.findIndex((role) => role === 'attribution' || role === 'quote'),
  )
  return roles.map((role, at) => (at >= from && at <= last && role !== 'signature' ? 'text' : role))
}

// an empty answer is worse than a long one: a forward, or history that nothing was written above
function withoutText(lines: string[], roles: readonly Role[]): Role[] {
  const at = roles.findIndex((role) => role === 'history' || role === 'attribution')
  const forwarded = lines.slice(Math.max(0, at), at + 3).some(isForwardMark)
  if (at < 0 || (!forwarded && roles.includes('signature'))) return [...roles]
  return roles.map((role) => (role === 'history' || role === 'attribution' ? 'text' : role))
}

function isMark(line: string): boolean {
  return everyMark.has(line.trim())
}

function pick(lines: readonly string[], wanted: (at: number) => boolean): string {
  const kept = lines.filter((line, at) => wanted(at) && !isMark(line))
  return kept
    .join('\n')
    .replaceAll(/[\uE000-\uE005]/g, '')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
    .replaceAll(/\n(?:[ \t]*\n){2,}/g, '\n\n')
}
