/** Google's Limited Use statement, in the words that help and PDF have too. */
import { limitedUsePolicy } from '@kontor/api/help/policy'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

export function LimitedUse(): ReactElement {
  const { t } = useTranslation('parts')
  return (
    <p>
      {t('limitedUse.before')}
      <a href={limitedUsePolicy.url} target="_blank" rel="noreferrer">
        {limitedUsePolicy.name}
      </a>
      {t('limitedUse.after')}
    </p>
  )
}
