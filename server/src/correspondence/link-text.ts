/**
 * Links to files: their address, how long they work, and what stands under a letter whose files are too large for it: name,
 * size, link and the day until which it works.
 */
import { escapeHtml } from '../mail/index.ts'

/** A link works so long. */
export const linkLife = { hours: 24 * 90 }

export function fileAddress(publicUrl: string, token: string): string {
  return `${publicUrl}/f/${token}`
}

export interface LinkedFile {
  readonly filename: string
  readonly size: number
  readonly url: string
}

type Language = 'en' | 'de'

const words = {
  en: { one: 'File to download until', many: 'Files to download until', locale: 'en-GB' },
  de: { one: 'Datei zum Herunterladen bis', many: 'Dateien zum Herunterladen bis', locale: 'de-DE' },
} as const

export function linksAsText(
  files: readonly LinkedFile[],
  until: Temporal.Instant,
  language: Language,
): string {
  if (files.length === 0) return ''
  const lines = files.map(({ filename, size, url }) => `${filename} (${sizeIn(size, language)})\n${url}`)
  return `\n\n${headline(files, until, language)}\n${lines.join('\n')}`
}

export function linksAsHtml(
  files: readonly LinkedFile[],
  until: Temporal.Instant,
  language: Language,
): string {
  if (files.length === 0) return ''
  const entries = files.map(({ filename, size, url }) => {
    return `<br><a href="${escapeHtml(url)}">${escapeHtml(filename)}</a> (${sizeIn(size, language)})`
  })
  return `<p>${escapeHtml(headline(files, until, language))}${entries.join('')}</p>`
}

function headline(files: readonly LinkedFile[], until: Temporal.Instant, language: Language): string {
  const { one, many, locale } = words[language]
  const day = until
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .toLocaleString(locale, { day: 'numeric', month: 'long', year: 'numeric' })
  return `${files.length === 1 ? one : many} ${day}:`
}

function sizeIn(bytes: number, language: Language): string {
  const megabytes = bytes / 1_000_000
  const shown = new Intl.NumberFormat(words[language].locale, { maximumFractionDigits: 1 }).format(
    Math.max(0.1, megabytes),
  )
  return `${shown} MB`
}
