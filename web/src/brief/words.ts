/** The creator's words: in the influencer's language and with the brand's Du or Sie, whatever the browser speaks. */
import type { PublicBrief } from '@kontor/api/campaigns'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { guessedLanguage } from '../client/language.ts'
import type { words as english } from '../locales/en/brief.ts'

export type BriefWords = (
  key: keyof typeof english.du,
  values?: { readonly brand?: string; readonly name?: string; readonly date?: string },
) => string

/** Before the brief is known: the browser's language, and Du. */
export function useBriefWords(brief: Pick<PublicBrief, 'language' | 'formality'> | undefined): BriefWords {
  const language = brief?.language ?? guessedLanguage()
  const formality = brief?.formality ?? 'du'
  const { t } = useTranslation('brief', { lng: language })
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  return (key, values) => t(`${formality}.${key}`, { brand: '', name: '', date: '', ...values })
}
