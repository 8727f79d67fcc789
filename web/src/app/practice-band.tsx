/** The hatched band of the practice mode: always in sight; behind its word stand what it means and the way out. */
import { lazy, Suspense, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './desk.module.css'

const PracticeDialog = lazy(async () => ({ default: (await import('./practice-dialog.tsx')).PracticeDialog }))

export function PracticeBand(): ReactElement {
  const { t } = useTranslation('shell')
  const [opened, setOpened] = useState(false)
  return (
    <div className={styles['band']} role="note" aria-label={t('practice.sentence')}>
      <button
        type="button"
        className={styles['bandWord']}
        title={t('practice.sentence')}
        aria-haspopup="dialog"
        onClick={() => setOpened(true)}
      >
        {t('practice.band')}
      </button>
      <Suspense>{opened ? <PracticeDialog close={() => setOpened(false)} /> : null}</Suspense>
    </div>
  )
}
