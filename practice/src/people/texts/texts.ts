/**
 * What people of the practice world write, in English and German: a greeting and a closing in their manner, and between
 * them one of several texts for the occasion. Chosen by seed and person alone, so that a run can be repeated.
 *
 * `{brand}` is the first name of whoever wrote to them, `{name}` their own first name, `{handle}` their handle, `{niche}`
 * what their channel is about, `{reach}` how many follow it, `{fee}` what they ask for, `{city}` where they live.
 */
import { chanceOf, pick } from '../../chance.ts'
import { ENGLISH } from './english.ts'
import { GERMAN, GERMAN_FORMAL } from './german.ts'
import type { Bodies, Intent } from './intents.ts'
import { MANNERS, type Manner, closingOf, greetingOf } from './manners.ts'
import { CITIES, nicheOf } from './niches.ts'

export interface Writer {
  readonly key: string
  readonly name: string
  readonly handle: string
  readonly language: string
}

/** Texts that are whole as they are: what a form asks for, and what goes out without a person at the keys. */
const WHOLE: readonly Intent[] = ['apply', 'away', 'manager']

/** The manner of a person never changes. */
export function mannerOf(writer: Writer): Manner {
  return pick(MANNERS, 'manner', writer.key)
}

/** `brand` is the name of whoever is written to; empty when it is not known. */
export function textFor(intent: Intent, writer: Writer, brand: string, seed: string): string {
  const manner = mannerOf(writer)
  const body = pick(bodiesFor(intent, writer.language, manner), seed, intent, writer.key)
  if (WHOLE.includes(intent)) return fill(body, writer, brand)
  const greeting = greetingOf(manner, writer.language, brand)
  // in German the sentence goes on after a comma
  const goesOn = writer.language === 'de' && greeting.endsWith(',')
  return fill(
    `${greeting}\n\n${goesOn ? body : capital(body)}\n\n${closingOf(manner, writer.language)}`,
    writer,
    brand,
  )
}

function bodiesFor(intent: Intent, language: string, manner: Manner): Bodies[Intent] {
  if (language !== 'de') return ENGLISH[intent]
  return (manner === 'formal' ? GERMAN_FORMAL[intent] : undefined) ?? GERMAN[intent]
}

function capital(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

function fill(text: string, writer: Writer, brand: string): string {
  const { key, language } = writer
  const reach = 2_000 + Math.floor(chanceOf('reach', key) ** 3 * 180_000)
  const fee = 500 + Math.round(reach / 90 / 50) * 50
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  const values: Readonly<Record<string, string>> = {
    brand: brand.split(' ')[0] ?? '',
    brandFull: brand,
    name: writer.name.split(' ')[0] ?? writer.name,
    fullName: writer.name,
    handle: writer.handle,
    niche: nicheOf(writer.handle, language),
    reach: new Intl.NumberFormat(locale).format(reach),
    fee:
      language === 'de'
        ? `${new Intl.NumberFormat(locale).format(fee)} €`
        : `€${new Intl.NumberFormat(locale).format(fee)}`,
    city: pick(CITIES, 'city', key),
  }
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}
