/** Gmail in the browser: an attribution that wraps in the plain text, a quotation in `gmail_quote`. */
import type { Dialect, Original } from './draft.ts'
import {
  clockTime,
  escape,
  lineByLine,
  picture,
  plainAddress,
  prefixed,
  quotedHtml,
  richAddress,
  time,
} from './draft.ts'

const WIDEST = 78

export const gmailWeb: Dialect = (draft) => {
  const { original, signature, language, text } = draft
  const signed = signature === '' ? '' : `\n\n-- \n${signature}`
  const signedHtml =
    signature === ''
      ? ''
      : `<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div dir="ltr">${lineByLine(signature, (line) => `${line}<br>`)}</div></div>`
  const shown = draft.picture === undefined ? '' : `<div>${picture(draft, ' width="480"')}<br></div>`
  const html = `<div dir="ltr">${lineByLine(text, (line) => `<div>${line}</div>`)}${shown}${signedHtml}</div>`
  if (original === undefined) return { text: `${text}${signed}\n`, html, headers: {} }
  const [before, after] = attribution(original, language)
  const plain = `${before}${plainAddress(original.from)}${after}`
  return {
    text: `${text}${signed}\n\n${wrapped(plain)}\n\n${prefixed(original.text)}\n`,
    html: `${html}<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${escape(before)}${richAddress(original.from)}${after}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${quotedHtml(original)}</blockquote></div>`,
    headers: {},
  }
}

function attribution(original: Original, language: string): readonly [string, string] {
  if (language === 'de') {
    const part = (options: Intl.DateTimeFormatOptions) => time(original.atMs, 'de-DE', options)
    const day = `${part({ weekday: 'short' })}., ${part({ day: 'numeric' })}. ${part({ month: 'short' })} ${part({ year: 'numeric' })}`
    return [`Am ${day} um ${clockTime(original.atMs, 'de-DE')} Uhr schrieb `, ':']
  }
  const day = time(original.atMs, 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  return [`On ${day} at ${clockTime(original.atMs, 'en-GB')}, `, ' wrote:']
}

/** Where the line is too long it breaks inside the angle brackets. */
function wrapped(line: string): string {
  return line.length <= WIDEST ? line : line.replace('<', '<\n')
}
