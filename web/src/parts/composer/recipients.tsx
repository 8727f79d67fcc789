/** To and Cc. The addressee is fixed by what is answered; copies are chips that can be taken away, and one field. */
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import styles from './composer.module.css'

interface RecipientsProps {
  readonly to: { readonly address: string; readonly name: string }
  readonly cc: readonly string[]
  readonly onCc: (cc: readonly string[]) => void
  /** Others in the thread, whom "answer all" adds. */
  readonly others: readonly string[]
}

const address = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/

export function Recipients({ to, cc, onCc, others }: RecipientsProps): ReactElement {
  const { t } = useTranslation('parts')
  const [open, setOpen] = useState(false)
  const missing = others.filter((one) => !cc.includes(one))
  return (
    <div className={styles['recipients']}>
      <span className={styles['toName']}>
        <span className={styles['headLabel']}>{t('composer.to')}</span> {to.name ? `${to.name} ` : ''}
        <span className={styles['toAddress']}>{to.address}</span>
      </span>
      {cc.length > 0 || open ? <Copies cc={cc} onCc={onCc} focus={open && cc.length === 0} /> : null}
      <span className={styles['copyActs']}>
        {missing.length > 0 ? (
          <Button look="link" onClick={() => onCc([...cc, ...missing])}>
            {t('composer.all', { count: missing.length })}
          </Button>
        ) : null}
        {cc.length === 0 && !open ? (
          <Button look="link" onClick={() => setOpen(true)}>
            {t('composer.cc')}
          </Button>
        ) : null}
      </span>
    </div>
  )
}

function Copies({
  cc,
  onCc,
  focus,
}: Pick<RecipientsProps, 'cc' | 'onCc'> & { readonly focus: boolean }): ReactElement {
  const { t } = useTranslation('parts')
  const [text, setText] = useState('')
  const wrong = text.trim() !== '' && !address.test(text.trim())

  function add(typed: string): void {
    const found = typed
      .split(/[\s,;]+/)
      .map((one) => one.replaceAll(/[<>]/g, ''))
      .filter((one) => address.test(one))
    if (found.length === 0) return
    onCc([...new Set([...cc, ...found])])
    setText('')
  }
  return (
    <div className={styles['copies']}>
      <span className={styles['headLabel']}>{t('composer.cc')}</span>
      <ul className={styles['chips']}>
        {cc.map((one) => (
          <li key={one}>
            {one}
            <button
              type="button"
              aria-label={t('composer.removeCopy', { address: one })}
              onClick={() => onCc(cc.filter((other) => other !== one))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <input
        type="email"
        className={styles['copyField']}
        aria-label={t('composer.copyTo')}
        aria-invalid={wrong || undefined}
        placeholder={cc.length === 0 ? t('composer.copyTo') : ''}
        value={text}
        autoFocus={focus}
        onChange={(event) => {
          const typed = event.currentTarget.value
          if (/[,;\s]$/.test(typed)) add(typed)
          else setText(typed)
        }}
        onPaste={(event) => {
          event.preventDefault()
          add(event.clipboardData.getData('text/plain'))
        }}
        onBlur={() => add(text)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
            event.preventDefault()
            add(text)
          }
          if (event.key === 'Backspace' && text === '' && cc.length > 0) onCc(cc.slice(0, -1))
        }}
      />
    </div>
  )
}
