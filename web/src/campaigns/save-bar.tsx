/** Saving at the end of a form: the act, what is not saved yet, and the way back to what is stored. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import styles from './campaigns.module.css'

interface SaveBarProps {
  readonly label: string
  readonly changed: boolean
  readonly saving: boolean
  readonly saved: boolean
  readonly forget: () => void
}

export function SaveBar({ label, changed, saving, saved, forget }: SaveBarProps): ReactElement {
  const { t } = useTranslation('shell')
  return (
    <div className={styles['saveBar']}>
      <Button type="submit" look="primary" busy={saving} disabled={!changed}>
        {label}
      </Button>
      {changed ? <Button onClick={forget}>{t('act.discard')}</Button> : null}
      <span role="status" className={styles['quietText']}>
        {changed ? t('act.unsaved') : saved ? t('act.saved') : null}
      </span>
    </div>
  )
}
