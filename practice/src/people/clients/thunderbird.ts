/** Thunderbird: the quotation first, the answer below it, as it comes out of the box. */
import type { Dialect } from './draft.ts'
import { clockTime, escape, lineByLine, picture, prefixed, quotedHtml, time } from './draft.ts'

export const thunderbird: Dialect = (draft) => {
  const { original, language, text, signature } = draft
  const signed = signature === '' ? '' : `\n\n-- \n${signature}`
  const signedHtml =
    signature === ''
      ? ''
      : `<div class="moz-signature">-- <br>${lineByLine(signature, (line) => `${line}<br>`)}</div>`
  const shown = draft.picture === undefined ? '' : `<p>${picture(draft)}</p>`
  const answer = `${lineByLine(text, (line) => `<p>${line}</p>`)}${shown}${signedHtml}`
  const headers = {
    'User-Agent': 'Mozilla Thunderbird',
    'Content-Language': language === 'de' ? 'de-DE' : 'en-US',
  }
  if (original === undefined) return { text: `${text}${signed}\n`, html: wrapped(answer), headers }
  const who = original.from.name === '' ? original.from.address : original.from.name
  const intro =
    language === 'de'
      ? `Am ${time(original.atMs, 'de-DE', { dateStyle: 'short' })} um ${clockTime(original.atMs, 'de-DE')} schrieb ${who}:`
      : `On ${time(original.atMs, 'en-GB', { dateStyle: 'short' })} ${clockTime(original.atMs, 'en-GB')}, ${who} wrote:`
  return {
    text: `${intro}\n${prefixed(original.text)}\n\n${text}${signed}\n`,
    html: wrapped(
      `<div class="moz-cite-prefix">${escape(intro)}<br></div><blockquote type="cite" cite="mid:${escape(original.messageId.replaceAll(/[<>]/g, ''))}">${quotedHtml(original)}</blockquote>${answer}`,
    ),
    headers,
  }
}

function wrapped(inner: string): string {
  return `<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body>${inner}</body></html>`
}
