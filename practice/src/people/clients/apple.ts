/** Apple Mail on the desk and on the phone: a quotation of type cite that holds its own attribution. */
import type { Dialect, Draft, Original } from './draft.ts'
import { clockTime, escape, lineByLine, picture, plainAddress, prefixed, quotedHtml, time } from './draft.ts'

export const appleMail: Dialect = (draft) => {
  const signed = draft.signature === '' ? '' : `\n\n${draft.signature}`
  const signedHtml =
    draft.signature === ''
      ? ''
      : `<br><div><meta charset="UTF-8"><div>${lineByLine(draft.signature, (line) => `<div>${line}</div>`)}</div></div>`
  const body = `${lineByLine(draft.text, (line) => `<div>${line}</div>`)}${shownPicture(draft)}${signedHtml}`
  const intro = draft.original === undefined ? '' : attribution(draft.original, draft.language)
  const quotation =
    draft.original === undefined
      ? ''
      : `<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>${escape(intro)}</div><br class="Apple-interchange-newline"><div>${quotedHtml(draft.original)}</div></blockquote></div><br>`
  return {
    text: `${draft.text}${signed}\n${plainQuotation(draft, intro)}`,
    html: `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">${body}${quotation}</body></html>`,
    headers: { 'X-Mailer': 'Apple Mail (2.3826.700.81)' },
  }
}

export const phoneMail: Dialect = (draft) => {
  const note = draft.language === 'de' ? 'Von meinem iPhone gesendet' : 'Sent from my iPhone'
  const intro = draft.original === undefined ? '' : attribution(draft.original, draft.language)
  const quotation =
    draft.original === undefined
      ? ''
      : `<div dir="ltr"><br><blockquote type="cite">${escape(intro)}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">\uFEFF${quotedHtml(draft.original)}</div></blockquote>`
  return {
    text: `${draft.text}\n\n${note}\n${plainQuotation(draft, intro)}`,
    html: `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">${lineByLine(draft.text, (line) => `<div>${line}</div>`)}${shownPicture(draft)}<div><br></div><br id="lineBreakAtBeginningOfSignature"><div dir="ltr">${note}</div>${quotation}</body></html>`,
    headers: { 'X-Mailer': 'iPhone Mail (23B85)' },
  }
}

function shownPicture(draft: Draft): string {
  return draft.picture === undefined ? '' : `<div>${picture(draft)}</div>`
}

function plainQuotation(draft: Draft, intro: string): string {
  if (draft.original === undefined) return ''
  return `\n> ${intro}\n> \n${prefixed(draft.original.text)}\n`
}

function attribution(original: Original, language: string): string {
  const who = plainAddress(original.from)
  if (language === 'de') {
    const day = time(original.atMs, 'de-DE', { dateStyle: 'medium' })
    return `Am ${day} um ${clockTime(original.atMs, 'de-DE')} schrieb ${who}:`
  }
  const day = time(original.atMs, 'en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
  return `On ${day}, at ${clockTime(original.atMs, 'en-GB')}, ${who} wrote:`
}
