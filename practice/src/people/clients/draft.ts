/** What a mail program is given and what it makes of it; and the small things that all of them do alike. */
import { type NamedAddress, formatAddress } from '../../mime/addresses.ts'

export interface Original {
  readonly from: NamedAddress
  readonly to: readonly NamedAddress[]
  readonly subject: string
  readonly text: string
  /** The rich form, when there was one; programs quote that. */
  readonly html: string | undefined
  readonly messageId: string
  readonly atMs: number
}

export interface Draft {
  readonly text: string
  /** Under the text, without a mark; empty for none. */
  readonly signature: string
  readonly original: Original | undefined
  readonly language: string
  /** Content-ID of a picture inside the letter. */
  readonly picture: string | undefined
}

export interface Rendered {
  readonly text: string
  readonly html: string
  /** By which the program gives itself away. */
  readonly headers: Readonly<Record<string, string>>
}

export type Dialect = (draft: Draft) => Rendered

export function plainAddress(named: NamedAddress): string {
  return named.name === '' ? formatAddress(named) : `${named.name} <${named.address}>`
}

/** `&lt;<a href="mailto:…">…</a>&gt;`, as programs write an address in HTML. */
export function richAddress(named: NamedAddress): string {
  const link = `<a href="mailto:${escape(named.address)}">${escape(named.address)}</a>`
  return named.name === '' ? link : `${escape(named.name)} &lt;${link}&gt;`
}

/** Each line behind a `>`; what is quoted already gets one more (RFC 3676 §4.5). */
export function prefixed(text: string): string {
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n')
}

export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

export function withBreaks(text: string): string {
  return escape(text).replaceAll(/\r?\n/g, '<br>')
}

/** The lines of a text, each in an element of its own; an empty line keeps its height. */
export function lineByLine(text: string, wrap: (line: string) => string, empty = '<br>'): string {
  return text
    .split(/\r?\n/)
    .map((line) => wrap(line === '' ? empty : escape(line)))
    .join('')
}

/** What stood between the body tags of the original, or its text with breaks. */
export function quotedHtml(original: Original): string {
  if (original.html === undefined) return withBreaks(original.text)
  return /<body[^>]*>([\s\S]*?)<\/body>/i.exec(original.html)?.[1] ?? original.html
}

export function picture(draft: Draft, style = ''): string {
  return draft.picture === undefined ? '' : `<img src="cid:${draft.picture}" alt=""${style}>`
}

// making one takes a hundred times as long as using it
const formats = new Map<string, Intl.DateTimeFormat>()

export function time(ms: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale} ${JSON.stringify(options)}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  formats.set(key, format)
  return format.format(ms)
}

export function clockTime(ms: number, locale: string): string {
  return time(ms, locale, { hour: '2-digit', minute: '2-digit' })
}

export function localeOf(language: string): string {
  return language === 'de' ? 'de-DE' : 'en-GB'
}
