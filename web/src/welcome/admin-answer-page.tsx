/** What an admin sees who came back from the provider. They have no account here and need none. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Sheet } from './frame.tsx'

export function AdminAnswerPage({
  answer,
}: {
  readonly answer: 'agreed' | 'declined' | 'unknown'
}): ReactElement {
  const { t } = useTranslation('welcome')
  return <Sheet title={t(`admin.${answer}.title`)} sentence={t(`admin.${answer}.sentence`)} />
}
