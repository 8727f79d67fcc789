/**
 * The link for an admin at the provider: to copy, or to send by one's own email. Where copying is not allowed, the link
 * stands there to be selected.
 */
import type { AdminRequest } from '@kontor/api/mailboxes'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, buttonClass } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import styles from './mailboxes.module.css'

export function AdminLink({ request }: { readonly request: AdminRequest }): ReactElement {
  const { t } = useTranslation('settings')
  const [copied, setCopied] = useState<'yes' | 'refused'>()
  const { label, url } = request
  const scopes = scopesIn(url)
  const subject = encodeURIComponent(t('admin.subject', { label }))
  const body = encodeURIComponent(t('admin.body', { link: url, scopes }))
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(url)
      setCopied('yes')
    } catch {
      setCopied('refused')
    }
  }
  return (
    <>
      <Button onClick={() => void copy()}>
        <span aria-live="polite">{copied === 'yes' ? t('admin.copied') : t('admin.copy')}</span>
      </Button>
      <a className={buttonClass('link')} href={`mailto:?subject=${subject}&body=${body}`}>
        {t('admin.send')}
      </a>
      {copied === 'refused' ? (
        <div className={styles['wide']}>
          <TextField
            label={t('admin.link')}
            value={url}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
        </div>
      ) : null}
    </>
  )
}

/** The permissions that the admin will see, by their short names. */
function scopesIn(url: string): string {
  const scopes = new URL(url).searchParams.get('scope')?.split(' ') ?? []
  return scopes
    .flatMap((scope) => (scope.includes('/') ? [scope.slice(scope.lastIndexOf('/') + 1)] : []))
    .join(', ')
}
