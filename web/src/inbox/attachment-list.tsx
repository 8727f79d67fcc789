/** Files of a mail as downloads, with their size. A blocked file is named, never offered. */
import type { HistoryEntry } from '@kontor/api/inbox'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { localeOf } from '../client/time.ts'
import { useLanguage } from '../client/language.ts'
import { useHere } from '../client/session.ts'
import { fileSize } from './file-size.ts'
import styles from './inbox.module.css'

export function AttachmentList({ entry }: { readonly entry: HistoryEntry }): ReactElement | null {
  const { t } = useTranslation('inbox')
  const here = useHere()
  const locale = localeOf(useLanguage())
  if (entry.attachments.length === 0) return null
  return (
    <ul className={styles['attachments']} aria-label={t('conversation.attachments')}>
      {entry.attachments.map((attachment) => (
        <li key={attachment.id}>
          {attachment.blocked ? (
            <span>
              {attachment.filename} <small>{t('conversation.blocked')}</small>
            </span>
          ) : (
            <>
              <a href={`/api/v1${here.path(`/messages/${entry.id}/attachments/${attachment.id}`)}`} download>
                {attachment.filename}
              </a>{' '}
              <small>{fileSize(attachment.size, locale)}</small>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
