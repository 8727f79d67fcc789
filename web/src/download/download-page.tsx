/** A file that was too large for a mail: its name, its size, from whom, until when, and one button. */
import { OpenFile } from '@kontor/api/inbox'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { now } from '../client/clock.ts'
import { api, ProblemError } from '../client/http.ts'
import { speak, useLanguage } from '../client/language.ts'
import { localeOf, timesIn } from '../client/time.ts'
import { fileSize } from '@kontor/api/file-size'
import { buttonClass } from '../ui/button.tsx'
import { useTitle } from '../ui/page.tsx'
import styles from './download.module.css'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

export function DownloadPage({ token }: { readonly token: string }): ReactElement {
  const { t } = useTranslation('download')
  const language = useLanguage()
  const found = useQuery({
    queryKey: ['file', token],
    queryFn: ({ signal }) => api.get(`/public/files/${token}`, OpenFile, signal),
    retry: false,
  })
  const file = found.data
  const heading = useTitle(file?.filename ?? t('title'))
  useEffect(() => {
    if (file) void speak(file.language)
  }, [file])
  const over = found.error instanceof ProblemError && [404, 410].includes(found.error.status)
  return (
    <main className={styles['page']}>
      <h1 tabIndex={-1} ref={heading}>
        {file ? file.filename : over ? t('over') : t('title')}
      </h1>
      {file ? (
        <>
          <p>
            {t('from', { name: file.senderName, size: fileSize(file.size, localeOf(language)) })}
            {file.expiresAt === undefined ? null : (
              <>
                <br />
                {t('until', { when: timesIn(language, zone, now()).full(file.expiresAt) })}
              </>
            )}
          </p>
          <p>
            <a className={buttonClass('primary')} href={`/api/v1/public/files/${token}/content`} download>
              {t('act')}
            </a>
          </p>
        </>
      ) : null}
      {over ? <p>{t('overBody')}</p> : null}
      {found.error && !over ? (
        <p role="alert">
          {t('failed')}{' '}
          <button type="button" className={buttonClass('link')} onClick={() => void found.refetch()}>
            {t('again')}
          </button>
        </p>
      ) : null}
    </main>
  )
}
