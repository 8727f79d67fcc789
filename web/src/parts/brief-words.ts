/**
 * The words around a brief, in the influencer's language and with Du or Sie: the same on the public page and in the
 * editor's preview. Dates are calendar days; a range says each part once.
 */
import type { Brief } from '@kontor/api/campaigns'
import type { Language } from '@kontor/api/common'
import type { TFunction } from 'i18next'
import { instant } from '../client/clock.ts'
import { localeOf } from '../client/time.ts'

export interface BriefLetterWords {
  readonly greeting?: string | undefined
  readonly from: string
  readonly deliverables: string
  readonly applyUntil: Dated
  readonly publish: Dated
  readonly dates: string
  readonly compensation: string
}
interface Dated {
  readonly name: string
  readonly value: string | undefined
}

interface About {
  readonly brief: Brief
  readonly language: Language
  readonly formality: 'du' | 'sie'
  readonly brand: string
  /** Empty: nobody in particular. */
  readonly name: string
}

export function letterWords(t: TFunction<'brief'>, about: About): BriefLetterWords {
  const { brief, language, formality, brand, name } = about
  const { applyUntil, publishFrom, publishUntil } = brief
  return {
    greeting: name ? t(`${formality}.greeting`, { name }) : undefined,
    from: t(`${formality}.from`, { brand }),
    deliverables: t(`${formality}.deliverables`),
    applyUntil: {
      name: t(`${formality}.applyUntil`),
      value: applyUntil && longDate(applyUntil, language),
    },
    publish: { name: t(`${formality}.publish`), value: publishing() },
    dates: t(`${formality}.dates`),
    compensation: t(`${formality}.compensation`),
  }
  function publishing(): string | undefined {
    if (publishFrom && publishUntil) return dateRange(publishFrom, publishUntil, language)
    if (publishFrom) return t(`${formality}.publishFrom`, { date: longDate(publishFrom, language) })
    return publishUntil && t(`${formality}.publishUntil`, { date: longDate(publishUntil, language) })
  }
}

/** 12 May 2026 */
export function longDate(date: string, language: Language): string {
  return formatter(language).format(noon(date))
}

/** 1–14 May 2026 */
function dateRange(from: string, until: string, language: Language): string {
  return formatter(language).formatRange(noon(from), noon(until))
}

function noon(date: string): number {
  return instant(`${date}T12:00:00Z`)
}

function formatter(language: Language): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(localeOf(language), {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
}
