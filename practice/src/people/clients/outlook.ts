/** Outlook as a program of its own (Word writes the HTML) and the new one: history under a block of headers. */
import type { Dialect, Draft, Original } from './draft.ts'
import { clockTime, escape, lineByLine, localeOf, picture, plainAddress, quotedHtml, time } from './draft.ts'

const NAMES = {
  en: ['From', 'Sent', 'To', 'Subject'],
  de: ['Von', 'Gesendet', 'An', 'Betreff'],
} as const
const WORD_STYLE =
  '<style><!--\n@font-face\n\t{font-family:Calibri;\n\tpanose-1:2 15 5 2 2 2 4 3 2 4;}\np.MsoNormal, li.MsoNormal, div.MsoNormal\n\t{margin:0cm;\n\tfont-size:11.0pt;\n\tfont-family:"Calibri",sans-serif;\n\tmso-ligatures:standardcontextual;}\ndiv.WordSection1\n\t{page:WordSection1;}\n--></style>'

export const outlookDesktop: Dialect = (draft) => {
  const paragraph = (line: string): string => `<p class=MsoNormal>${line}<o:p></o:p></p>`
  const text = signedText(draft)
  const shown = draft.picture === undefined ? '' : paragraph(picture(draft, ' width=480'))
  const history =
    draft.original === undefined
      ? ''
      : `${paragraph('&nbsp;')}<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>${headerLines(
          draft.original,
          draft.language,
        )
          .map(([name, value]) => `<b>${name}:</b> ${escape(value)}`)
          .join(
            '<br>\n',
          )}<o:p></o:p></p></div></div>${paragraph('&nbsp;')}<div>${quotedHtml(draft.original)}</div>`
  return {
    text: `${text}\n${plainHistory(draft, '\n\u00A0\n')}`,
    html: `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15 (filtered medium)">${WORD_STYLE}</head><body lang=${draft.language.toUpperCase()} link="#467886" vlink="#96607D" style='word-wrap:break-word'><div class=WordSection1>${lineByLine(text, paragraph, '&nbsp;')}${shown}${history}</div></body></html>`,
    headers: { 'X-Mailer': 'Microsoft Outlook 16.0', ...topic(draft) },
  }
}

export const outlookNew: Dialect = (draft) => {
  const font = 'font-family: Aptos, Aptos_EmbeddedFont, Calibri, Helvetica, sans-serif; font-size: 12pt;'
  const line = (inner: string): string =>
    `<div class="elementToProof" style="${font} color: rgb(0, 0, 0);">${inner}</div>`
  const text = signedText(draft)
  const shown = draft.picture === undefined ? '' : line(picture(draft, ' style="max-width: 480px;"'))
  const history =
    draft.original === undefined
      ? ''
      : `<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">${headerLines(
          draft.original,
          draft.language,
        )
          .map(([name, value]) => `<b>${name}:</b> ${escape(value)}`)
          .join('<br>')}</font><div>&nbsp;</div></div><div>${quotedHtml(draft.original)}</div>`
  return {
    text: `${text}\n${plainHistory(draft, '\n________________________________\n')}`,
    html: `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style></head><body dir="ltr">${lineByLine(text, line)}${shown}${history}</body></html>`,
    headers: topic(draft),
  }
}

function signedText({ text, signature }: Draft): string {
  return signature === '' ? text : `${text}\n\n${signature}`
}

function plainHistory(draft: Draft, divider: string): string {
  if (draft.original === undefined) return ''
  const lines = headerLines(draft.original, draft.language).map(([name, value]) => `${name}: ${value}`)
  return `${divider}${lines.join('\n')}\n\n${draft.original.text}\n`
}

function headerLines(original: Original, language: string): readonly (readonly [string, string])[] {
  const locale = localeOf(language)
  const values = [
    plainAddress(original.from),
    `${time(original.atMs, locale, { dateStyle: 'full' })} ${clockTime(original.atMs, locale)}`,
    original.to.map(plainAddress).join('; '),
    original.subject,
  ]
  return (language === 'de' ? NAMES.de : NAMES.en).map((name, index) => [name, values[index] ?? ''])
}

/** The subject without what answers put before it. */
function topic({ original }: Draft): Readonly<Record<string, string>> {
  const bare = original?.subject.replace(/^(?:\s*(?:re|aw|wg|fwd?)\s*:\s*)+/i, '') ?? ''
  return bare === '' ? {} : { 'Thread-Topic': bare }
}
