/** A colour: typed as six digits, or chosen from what the browser offers. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../ui/field.tsx'
import styles from './colour-field.module.css'

interface ColourFieldProps {
  readonly label: string
  readonly value: string
  readonly problem?: string | undefined
  readonly choose: (colour: string) => void
}

export function ColourField({ label, value, problem, choose }: ColourFieldProps): ReactElement {
  const { t } = useTranslation('parts')
  return (
    <div className={styles['colour']}>
      <TextField
        label={label}
        hint={t('picture.colourHint')}
        value={value}
        maxLength={7}
        problem={problem}
        onText={choose}
      />
      <input
        type="color"
        aria-label={label}
        value={/^#[0-9a-f]{6}$/i.test(value) ? value : '#000000'}
        onChange={(event) => choose(event.currentTarget.value.toUpperCase())}
      />
    </div>
  )
}
