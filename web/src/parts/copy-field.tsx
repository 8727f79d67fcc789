/** A text that has to be carried elsewhere to the last character: shown whole, copied with one button. */
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import styles from './copy-field.module.css'

interface CopyFieldProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
}

export function CopyField({ label, hint, value }: CopyFieldProps): ReactElement {
  const { t } = useTranslation('shell')
  const [copied, setCopied] = useState('')
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(value)
    setCopied(value)
  }
  return (
    <div className={styles['copy']}>
      <TextField
        label={label}
        hint={hint}
        value={value}
        readOnly
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button onClick={() => void copy()} aria-label={`${t('act.copy')}: ${label}`}>
        {copied === value ? t('act.copied') : t('act.copy')}
      </Button>
      <span className="unseen" aria-live="polite">
        {copied === value ? t('act.copied') : ''}
      </span>
    </div>
  )
}
