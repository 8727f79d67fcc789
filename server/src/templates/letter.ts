/**
 * Makes a letter out of a text: subject, plain text and minimal HTML with inline styles. Pure. A paragraph that is nothing
 * but the link to the brief becomes a button.
 */
import { escapeHtml } from '../mail/index.ts'
import { dress } from './dress.ts'
import type { Values } from './merge.ts'
import { marked, merge, missingIn } from './merge.ts'

/** A file that goes with a text. */
export interface TextFile {
  readonly filename: string
  readonly contentType: string
  readonly size: number
  readonly sha256: string
}

/** Equal for files that arrive alike: the same bytes under the same names in the same order. */
export function namesAndBytes(files: readonly TextFile[] = []): string {
  return JSON.stringify(files.map(({ filename, sha256 }) => [filename, sha256]))
}

export interface LetterText {
  readonly subject: string
  readonly body: string
  readonly files?: readonly TextFile[]
}

export interface LetterDress {
  /** Label of the button to the brief; absent: the link is shown as it is. */
  readonly button?: string
  /** A body without the link gets it at its end: an invitation without its brief cannot be answered. */
  readonly needsBrief?: boolean
  /** `#rrggbb` */
  readonly colour: string
  /** What stands between the words and the footer: links to files. */
  readonly below?: { readonly text: string; readonly html: string }
  /** The line under the letter: in plain text above its link, with layout the link itself. */
  readonly footer?: { readonly text: string; readonly url: string }
}

export interface Letter {
  readonly subject: string
  readonly text: string
  readonly html: string
}

export type LetterOutcome =
  | { readonly ok: true; readonly letter: Letter }
  | {
      readonly ok: false
      readonly missing: readonly string[]
      /** As it would be, with what is missing in its braces: to be looked at, not to be sent. */
      readonly gapped: Letter
      /** No value would help: the text itself cannot be written. */
      readonly unwritable: boolean
    }

const longestSubject = 300

/** Writes the letter, or names the variables without a value. */
export function writeLetter(text: LetterText, values: Values, letterDress: LetterDress): LetterOutcome {
  const body = letterDress.needsBrief === true ? withLink(text.body) : text.body
  const missing = [...new Set([...missingIn(text.subject, values), ...missingIn(body, values)])]
  const subject = merge(text.subject, values)
  const merged = marked(body, values)
  const { colour, button, footer, below = { text: '', html: '' } } = letterDress
  const brief = values['brief_link']
  const links = typeof brief === 'string' ? [brief] : []
  const dressed = dress(merged.ok ? merged.text : merged.gapped, {
    links,
    ...(button === undefined || typeof brief !== 'string'
      ? {}
      : { button: { url: brief, label: button, colour, ink: inkOn(colour) } }),
  })
  const plainFooter = footer === undefined ? '' : `\n\n${footer.text}\n${footer.url}`
  const letter = {
    subject: (subject.ok ? subject.text : subject.gapped)
      .replaceAll(/\s+/g, ' ')
      .trim()
      .slice(0, longestSubject),
    text: `${dressed.text}${below.text}${plainFooter}\n`,
    html:
      `<div style="font-size:16px;line-height:26px;max-width:640px">${dressed.html}${below.html}` +
      `${footer === undefined ? '' : footerHtml(footer)}</div>`,
  }
  if (subject.ok && merged.ok) return { ok: true, letter }
  const unwritable = [subject, merged].some((part) => !part.ok && part.unwritable === true)
  return { ok: false, missing, gapped: letter, unwritable }
}

function withLink(body: string): string {
  return /\{\{-?\s*brief_link\b/.test(body) ? body : `${body.trimEnd()}\n\n{{ brief_link }}`
}

function footerHtml({ text, url }: { readonly text: string; readonly url: string }): string {
  return (
    `<p style="margin:32px 0 0;font-size:13px;color:#5B6066">` +
    `<a href="${escapeHtml(url)}" style="color:#5B6066">${escapeHtml(text.replace(/:$/, '.'))}</a></p>`
  )
}

/** Black or white, whichever contrasts more with the colour (relative luminance, WCAG 2.2). */
export function inkOn(colour: string): '#FFFFFF' | '#000000' {
  const channels = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const [red = 0, green = 0, blue = 0] = channels
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#FFFFFF' : '#000000'
}
