/** The link to the help article as a PDF, in the language on the screen. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { query } from '../client/http.ts'
import { useLanguage } from '../client/language.ts'

export function HelpPdfLink(): ReactElement {
  const { t } = useTranslation('parts')
  const language = useLanguage()
  return (
    <a href={`/api/v1/public/help.pdf${query({ language })}`} download>
      {t('downloadPdf')}
    </a>
  )
}
