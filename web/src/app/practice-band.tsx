/** The hatched band of the practice mode: always in sight, with one sentence for those who ask. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './desk.module.css'

export function PracticeBand(): ReactElement {
  const { t } = useTranslation('shell')
  return (
    <div className={styles['band']} role="note" aria-label={t('practice.sentence')}>
      <span className={styles['bandWord']} title={t('practice.sentence')}>
        {t('practice.band')}
      </span>
    </div>
  )
}
