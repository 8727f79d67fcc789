/**
 * Makes a letter out of a text: subject, plain text and minimal HTML with inline styles. Pure. No remote images, no
 * counting pixels, no redirected links. A paragraph that is nothing but the link to the brief becomes a button.
 */
import { escapeHtml } from '../mail/index.ts'
import type { Values } from './merge.ts'
import { merge, missingIn } from './merge.ts'

export interface LetterText {
  readonly subject: string
  readonly body: string
}

export interface LetterDress {
  /** Label of the button to the brief; absent: the link is shown as it is. */
  readonly button?: string
  /** `#rrggbb` */
  readonly colour: string
  /** The line under the letter with its link, for saying no. */
  readonly footer?: { readonly text: string; readonly url: string }
}

export interface Letter {
  readonly subject: string
  readonly text: string
  readonly html: string
}

export type LetterOutcome =
  | { readonly ok: true; readonly letter: Letter }
  | { readonly ok: false; readonly missing: readonly string[] }

/** The variable that carries the personal link. */
export const linkVariable = 'brief_link'
const longestSubject = 300
const onlyLink = /^\s*\{\{\s*brief_link\s*\}\}\s*$/

/**
 * Writes the letter, or names the variables without a value. With a button, a body without the link gets it at its
 * end: an invitation without its brief cannot be answered.
 */
export function writeLetter(text: LetterText, values: Values, dress: LetterDress): LetterOutcome {
  const body = dress.button === undefined ? text.body : withLink(text.body)
  const missing = [...new Set([...missingIn(text.subject, values), ...missingIn(body, values)])]
  const subject = merge(text.subject, values)
  const plain = merge(body, values)
  if (!subject.ok || !plain.ok) return { ok: false, missing }
  const footer = dress.footer === undefined ? '' : `\n\n${dress.footer.text}\n${dress.footer.url}`
  return {
    ok: true,
    letter: {
      subject: subject.text.replaceAll(/\s+/g, ' ').trim().slice(0, longestSubject),
      text: `${plain.text.replaceAll(/\r\n?/g, '\n').trim()}${footer}\n`,
      html: html(body, values, dress),
    },
  }
}

function withLink(body: string): string {
  return /\{\{\s*brief_link\s*\}\}/.test(body) ? body : `${body.trimEnd()}\n\n{{ ${linkVariable} }}`
}

function html(body: string, values: Values, dress: LetterDress): string {
  const paragraphs = body
    .replaceAll(/\r\n?/g, '\n')
    .trim()
    .split(/\n[ \t]*\n+/)
    .map((paragraph) =>
      dress.button !== undefined && onlyLink.test(paragraph)
        ? button(values[linkVariable] ?? '', dress.button, dress.colour)
        : `<p style="margin:0 0 16px">${inline(paragraph, values)}</p>`,
    )
  const footer =
    dress.footer === undefined
      ? ''
      : `<p style="margin:32px 0 0;font-size:13px;color:#5B6066">${escapeHtml(dress.footer.text)} ` +
        `<a href="${escapeHtml(dress.footer.url)}" style="color:#5B6066">${escapeHtml(dress.footer.url)}</a></p>`
  return `<div style="font-size:16px;line-height:26px;max-width:640px">${paragraphs.join('')}${footer}</div>`
}

// only the text that a person wrote is searched for links; a value with one in it stays text
function inline(paragraph: string, values: Values): string {
  const merged = merge(linked(escapeHtml(paragraph)), values, (value, name) =>
    name === linkVariable ? anchor(escapeHtml(value)) : escapeHtml(value),
  )
  return merged.ok ? merged.text.replaceAll('\n', '<br>') : ''
}

function linked(escaped: string): string {
  return escaped.replaceAll(/\bhttps?:\/\/[^\s<>{}]{1,2000}/g, (found) => {
    const url = found.replace(/(?:&[a-z0-9#]+;|[.,;:!?)\]])+$/i, '')
    return `${anchor(url)}${found.slice(url.length)}`
  })
}

function anchor(escapedUrl: string): string {
  return `<a href="${escapedUrl}">${escapedUrl}</a>`
}

function button(url: string, label: string, colour: string): string {
  return (
    `<p style="margin:24px 0"><a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 20px;` +
    `background:${escapeHtml(colour)};color:${inkOn(colour)};border-radius:6px;text-decoration:none;font-weight:600">` +
    `${escapeHtml(label)}</a></p>`
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
