/** Chooses a mail; with the shift key all from the last one to it. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './outbox.module.css'

interface ChooseProps {
  readonly name: string
  readonly selected: boolean
  readonly toggle: (extend: 'one' | 'range') => void
}

export function Choose({ name, selected, toggle }: ChooseProps): ReactElement {
  const { t } = useTranslation('outbox')
  return (
    <input
      className={styles['choose']}
      type="checkbox"
      checked={selected}
      aria-label={t('select', { name })}
      onChange={() => undefined}
      onClick={(event) => toggle(event.shiftKey ? 'range' : 'one')}
    />
  )
}
