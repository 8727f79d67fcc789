/** Problems as sentences: the code's sentence in the reader's language, or a general one that names the code. */
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { ProblemError } from './http.ts'

/** Sentence for whatever was thrown. */
export function useProblemSentence(): (error: unknown) => string {
  const { t, i18n: words } = useTranslation('problems')
  return (error) => problemSentence(error, t, (key) => words.exists(key, { ns: 'problems' }))
}

function problemSentence(error: unknown, t: TFunction<'problems'>, known: (key: string) => boolean): string {
  if (!(error instanceof ProblemError)) return t('page_failed')
  if (known(error.code)) return t(error.code as 'page_failed', { ...error.values })
  return t('unknown', { code: error.code })
}

/** Sentence for one broken field of a form, or undefined when that field is fine. */
export function useFieldProblem(error: unknown): (path: string) => string | undefined {
  const { t, i18n: words } = useTranslation('problems')
  return (path) => {
    if (!(error instanceof ProblemError)) return undefined
    const field = error.fields.find((one) => one.path === path)
    if (!field) return undefined
    const key = `field_${field.code}`
    if (!words.exists(key, { ns: 'problems' })) return t('field_wrong')
    return t(key as 'field_too_big', { bound: 0, ...field.values })
  }
}
