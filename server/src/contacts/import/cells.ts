/** Single cells of a list as people write them: languages, countries, dates, yes and no, several things in one. Pure. */
import type { Basis } from '../contact.ts'
import { isCountry } from '../facts.ts'

/** Undefined: not a language that texts come in. */
export function readLanguage(cell: string): 'en' | 'de' | undefined {
  const plain = cell.toLowerCase()
  if (/^(de|ger|deu|deutsch|german|de[-_](de|at|ch|li|lu))$/.test(plain)) return 'de'
  if (/^(en|eng|englisch|english|en[-_]\w{2})$/.test(plain)) return 'en'
  return undefined
}

let names: ReadonlyMap<string, string> | undefined

/** The two letters of a country from its code or its name in English or German. */
export function readCountry(cell: string): string | undefined {
  const code = cell.toUpperCase()
  if (isCountry(code)) return code
  names ??= countryNames()
  return names.get(plainName(cell))
}

function countryNames(): ReadonlyMap<string, string> {
  const found = new Map<string, string>([
    ['usa', 'US'],
    ['uk', 'GB'],
    ['england', 'GB'],
    ['great britain', 'GB'],
    ['holland', 'NL'],
  ])
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
  for (const language of ['en', 'de']) {
    const regions = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const code of letters.flatMap((one) => letters.map((other) => one + other))) {
      const name = isCountry(code) ? regions.of(code) : undefined
      if (name !== undefined && !found.has(plainName(name))) found.set(plainName(name), code)
    }
  }
  return found
}

function plainName(name: string): string {
  return name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim()
}

/** A calendar day, written the way of ISO 8601, of Germany, or without doubt as day/month or month/day. */
export function readDate(cell: string): Temporal.PlainDate | undefined {
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$/.exec(cell)
  if (iso !== null) return dateOf(iso[1], iso[2], iso[3])
  const german = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})$/.exec(cell)
  if (german !== null) return dateOf(fullYear(german[3] ?? ''), german[2], german[1])
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(cell)
  if (slashed !== null) {
    const [one, two] = [Number(slashed[1]), Number(slashed[2])]
    if (one > 12) return dateOf(slashed[3], slashed[2], slashed[1])
    if (two > 12 || one === two) return dateOf(slashed[3], slashed[1], slashed[2])
  }
  return undefined
}

function fullYear(year: string): string {
  return year.length === 2 ? `20${year}` : year
}

function dateOf(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    )
  } catch {
    return undefined
  }
}

export function readYesNo(cell: string): boolean | undefined {
  if (/^(yes|y|true|1|x|ja|j|wahr)$/i.test(cell)) return true
  if (/^(no|n|false|0|-|nein|falsch|)$/i.test(cell)) return false
  return undefined
}

const bases: readonly (readonly [Basis, RegExp])[] = [
  ['asked_us', /^(asked[ _]us|inbound|hat (bei uns |uns )?angefragt|angefragt)$/i],
  ['agreed', /^(agreed|consent(ed)?|opt[- ]?in|yes|ja|eingewilligt|einwilligung|zugestimmt)$/i],
  [
    'existing_relation',
    /^(existing[ _]relation(ship)?|customer|partner|bestehende (geschäfts)?beziehung|bestandskontakt)$/i,
  ],
  [
    'public_business_address',
    /^(public[ _]business[ _]address|public|öffentliche geschäftsadresse|öffentlich|impressum)$/i,
  ],
  ['none', /^(none|no|nein|keine|-)$/i],
]

export function readBasis(cell: string): Basis | undefined {
  return bases.find(([, pattern]) => pattern.test(cell))?.[0]
}

/** Several things in one cell, each once. */
export function readSeveral(cell: string): readonly string[] {
  const parts = cell
    .split(/[,;|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return [...new Set(parts)]
}
