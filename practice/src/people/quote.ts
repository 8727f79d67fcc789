/**
 * How a mail program puts the original under an answer. Four ways that are common in the wild, because a product that reads
 * answers has to fold all of them: web mail, Apple's, Outlook's block of headers, and a phone's short note.
 */
import { type NamedAddress, formatAddress } from '../mime/addresses.ts'
import type { Client } from './people.ts'

export interface Original {
  readonly from: NamedAddress
  readonly to: readonly NamedAddress[]
  readonly subject: string
  readonly text: string
  readonly atMs: number
}

export interface Quoted {
  readonly text: string
  readonly html: string
}

export function quoteUnder(answer: string, original: Original, client: Client, language: string): Quoted {
  return DIALECTS[client](answer, original, language)
}

const DIALECTS: Readonly<Record<Client, (answer: string, original: Original, language: string) => Quoted>> = {
  web: webQuote,
  apple: appleQuote,
  outlook: outlookQuote,
  phone: (answer, original, language) => {
    const note = language === 'de' ? 'Von meinem Handy gesendet' : 'Sent from my phone'
    return appleQuote(`${answer}\n\n${note}`, original, language)
  },
}

function webQuote(answer: string, original: Original, language: string): Quoted {
  const who = plainAddress(original.from)
  const intro =
    language === 'de'
      ? `Am ${time(original.atMs, 'de-DE', { dateStyle: 'full' })} um ${clockTime(original.atMs, 'de-DE')} schrieb ${who}:`
      : `On ${time(original.atMs, 'en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })} at ${clockTime(original.atMs, 'en-GB')}, ${who} wrote:`
  return {
    text: `${answer}\n\n${intro}\n\n${prefixed(original.text)}\n`,
    html: `<div dir="ltr">${paragraphs(answer)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${escape(intro)}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">${paragraphs(original.text)}</blockquote></div>`,
  }
}

function appleQuote(answer: string, original: Original, language: string): Quoted {
  const who = plainAddress(original.from)
  const intro =
    language === 'de'
      ? `Am ${time(original.atMs, 'de-DE', { dateStyle: 'medium' })} um ${clockTime(original.atMs, 'de-DE')} schrieb ${who}:`
      : `On ${time(original.atMs, 'en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}, at ${clockTime(original.atMs, 'en-GB')}, ${who} wrote:`
  return {
    text: `${answer}\n\n> ${intro}\n> \n${prefixed(original.text)}\n`,
    html: `<div>${paragraphs(answer)}</div><div><br><blockquote type="cite"><div>${escape(intro)}</div><br><div>${paragraphs(original.text)}</div></blockquote></div>`,
  }
}

function outlookQuote(answer: string, original: Original, language: string): Quoted {
  const names = language === 'de' ? ['Von', 'Gesendet', 'An', 'Betreff'] : ['From', 'Sent', 'To', 'Subject']
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  const values = [
    plainAddress(original.from),
    `${time(original.atMs, locale, { dateStyle: 'full' })} ${clockTime(original.atMs, locale)}`,
    original.to.map(plainAddress).join('; '),
    original.subject,
  ]
  const lines = names.map((name, index) => [name, values[index] ?? ''] as const)
  return {
    text: `${answer}\n\n________________________________\n${lines.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${original.text}\n`,
    html: `<div>${paragraphs(answer)}</div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p>${lines.map(([name, value]) => `<b>${name}:</b> ${escape(value)}`).join('<br>')}</p></div><div>${paragraphs(original.text)}</div>`,
  }
}

function plainAddress(named: NamedAddress): string {
  return named.name === '' ? formatAddress(named) : `${named.name} <${named.address}>`
}

function prefixed(text: string): string {
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n')
}

function paragraphs(text: string): string {
  return escape(text).replaceAll(/\r?\n/g, '<br>')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function time(ms: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(ms)
}

function clockTime(ms: number, locale: string): string {
  return time(ms, locale, { hour: '2-digit', minute: '2-digit' })
}
