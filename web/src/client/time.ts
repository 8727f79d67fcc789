/**
 * Times as people read them, in their language and in a named zone: "Tue, 08:14", "tomorrow, about 08:06",
 * "ca. 08:06 Uhr". Pure: the present is an argument. Days are calendar days of the zone.
 */
import type { Language } from '@kontor/api/common'
import { instant } from './clock.ts'

const locales = { en: 'en-GB', de: 'de-DE' } as const

/** BCP 47 tag whose conventions a language of the page follows. */
export function localeOf(language: Language): string {
  return locales[language]
}

export interface Times {
  /** 08:14 */
  readonly clock: (iso: string) => string
  /** 08:14 · 23 Nov · 23 Nov 24: what fits a gutter of 72 px, seen from the present. */
  readonly gutter: (iso: string) => string
  /** Tue, 08:14 within a week, otherwise 23 Nov, 08:14. */
  readonly short: (iso: string) => string
  /** Today · Tomorrow · Yesterday · Thursday, 26 November */
  readonly day: (iso: string) => string
  /** Thu 26 Nov, of a bare date (YYYY-MM-DD). */
  readonly date: (date: string) => string
  /** today, about 14:32 · tomorrow, about 08:06 · Thu, 26 Nov, about 08:06 */
  readonly about: (iso: string) => string
  /** 26 November 2026, 08:06 */
  readonly full: (iso: string) => string
  /** Calendar day of the zone, YYYY-MM-DD: the key of a group. */
  readonly dayKey: (iso: string) => string
  readonly isPast: (iso: string) => boolean
}

const relative = {
  en: { today: 'Today', tomorrow: 'Tomorrow', yesterday: 'Yesterday' },
  de: { today: 'Heute', tomorrow: 'Morgen', yesterday: 'Gestern' },
} as const
const dayMs = 86_400_000

/** Formats for one language and zone (IANA name), seen from `present` (epoch milliseconds). */
export function timesIn(language: Language, zone: string, present: number): Times {
  const locale = locales[language]
  function format(options: Intl.DateTimeFormatOptions): (iso: string) => string {
    const formatter = formatterOf(locale, { timeZone: zone, ...options })
    return (iso) => formatter.format(instant(iso))
  }
  const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const weekday = format({ weekday: 'short' })
  const dayMonth = format({ day: 'numeric', month: 'short' })
  const dayMonthYear = format({ day: 'numeric', month: 'short', year: '2-digit' })
  const longDay = format({ weekday: 'long', day: 'numeric', month: 'long' })
  const fullDate = format({ day: 'numeric', month: 'long', year: 'numeric' })
  const iso8601 = formatterOf('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const dayKey = (iso: string): string => iso8601.format(instant(iso))
  const today = iso8601.format(present)
  const tomorrow = iso8601.format(present + dayMs)
  const yesterday = iso8601.format(present - dayMs)

  function near(iso: string): string | undefined {
    const key = dayKey(iso)
    if (key === today) return relative[language].today
    if (key === tomorrow) return relative[language].tomorrow
    if (key === yesterday) return relative[language].yesterday
    return undefined
  }
  function withinAWeek(iso: string): boolean {
    return Math.abs(instant(iso) - present) < 6 * dayMs
  }
  function about(iso: string): string {
    const word = near(iso)?.toLowerCase() ?? `${weekday(iso)}, ${dayMonth(iso)}`
    return language === 'de' ? `${word}, ca. ${clock(iso)} Uhr` : `${word}, about ${clock(iso)}`
  }
  return {
    clock,
    dayKey,
    about,
    gutter: (iso) => {
      if (dayKey(iso) === today) return clock(iso)
      return Math.abs(instant(iso) - present) < 300 * dayMs ? dayMonth(iso) : dayMonthYear(iso)
    },
    short: (iso) => `${withinAWeek(iso) ? weekday(iso) : dayMonth(iso)}, ${clock(iso)}`,
    day: (iso) => near(iso) ?? longDay(iso),
    date: (date) =>
      formatterOf(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }).format(
        instant(`${date}T12:00:00Z`),
      ),
    full: (iso) => `${fullDate(iso)}, ${clock(iso)}`,
    isPast: (iso) => instant(iso) < present,
  }
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Formatters are costly to make (about 50 µs); one per combination is kept. */
function formatterOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = locale + JSON.stringify(options)
  const known = formatters.get(name)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, options)
  formatters.set(name, made)
  return made
}
