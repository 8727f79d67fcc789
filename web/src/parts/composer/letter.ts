/**
 * A letter while it is being written, wherever that is: in a conversation, to an influencer, for a campaign. `html` is its
 * layout, absent while it is plain text; the server makes the plain twin of a layout.
 */
import type { Draft } from '@kontor/api/inbox'
import type { LetterFile } from '../files/letter-file.ts'

export interface Letter {
  readonly mailboxId: string | undefined
  readonly to: string | undefined
  readonly cc: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string | undefined
  readonly files: readonly LetterFile[]
  /** Version of the conversation when its first word was typed. */
  readonly seenVersion: number | undefined
}

export const blankLetter: Letter = {
  mailboxId: undefined,
  to: undefined,
  cc: [],
  subject: '',
  text: '',
  html: '',
  files: [],
  seenVersion: undefined,
}

/** Nothing that anybody would miss. */
export function isBlank(letter: Letter): boolean {
  return wordsOf(letter).trim() === '' && letter.files.length === 0
}

/** The words without their layout, for counting and for a first look. */
export function wordsOf({ html, text }: Pick<Letter, 'html' | 'text'>): string {
  if (html === undefined) return text
  return html
    .replaceAll(/<br\s*\/?>|<\/(?:p|li)>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
}

/** Plain text as the layout of a letter: blank lines part paragraphs. */
export function htmlOf(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return safe
    .split(/\n[ \t]*\n/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('')
}

export function letterOf(draft: Draft): Letter {
  const { mailboxId, to, cc, subject, text, html, files, seenVersion } = draft
  return {
    mailboxId,
    to,
    cc,
    subject,
    text,
    html,
    files: files.map(({ uploadId, filename, size, asLink }) => ({ uploadId, filename, size, asLink })),
    seenVersion,
  }
}

/** What the server keeps of a letter. */
export function saveOf(letter: Letter): {
  mailboxId?: string
  to?: string
  cc: string[]
  subject: string
  text: string
  html?: string
  files: { uploadId: string; asLink: boolean }[]
  seenVersion?: number
} {
  const { mailboxId, to, html, seenVersion } = letter
  return {
    ...(mailboxId === undefined ? {} : { mailboxId }),
    ...(to === undefined ? {} : { to }),
    cc: [...letter.cc],
    subject: letter.subject,
    text: html === undefined ? letter.text : wordsOf(letter),
    ...(html === undefined ? {} : { html }),
    files: letter.files.map(({ uploadId, asLink }) => ({ uploadId, asLink })),
    ...(seenVersion === undefined ? {} : { seenVersion }),
  }
}

/** The letter with a template's text under what was written already; its subject where there is none. */
export function withTemplate(
  letter: Letter,
  made: { readonly subject: string; readonly text: string; readonly html: string },
): Partial<Letter> {
  const subject = letter.subject === '' ? made.subject : letter.subject
  if (letter.html === undefined) {
    const text = made.text.trim()
    return { subject, text: letter.text.trim() === '' ? text : `${letter.text.trimEnd()}\n\n${text}` }
  }
  return { subject, html: wordsOf(letter) === '' ? made.html : letter.html + made.html }
}

/** What a template left for the person to write, each once. */
export function gapsIn(letter: Pick<Letter, 'subject' | 'html' | 'text'>): readonly string[] {
  const words = `${letter.subject}\n${wordsOf(letter)}`
  return [...new Set(words.match(/\{\{\s*[a-z][\w.]*\s*\}\}/g))]
}
