/** Files of a mail, wherever it is written: on their way up with progress and a stop, here with their size, or going as a link. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../client/language.ts'
import { useProblemSentence } from '../../client/problem.ts'
import { localeOf } from '../../client/time.ts'
import { Button } from '../../ui/button.tsx'
import { fileSize } from '@kontor/api/file-size'
import type { LetterFile } from './letter-file.ts'
import type { Coming } from './use-files.ts'
import styles from './files.module.css'

interface FileListProps {
  readonly files: readonly LetterFile[]
  /** Files as they will go from the chosen sender: too large ones as links. */
  readonly going: readonly LetterFile[]
  readonly coming: readonly Coming[]
  readonly limit: number
  readonly drop: (uploadId: string) => void
}

export function FileList({ files, going, coming, limit, drop }: FileListProps): ReactElement | null {
  const { t } = useTranslation('parts')
  const sentence = useProblemSentence()
  const locale = localeOf(useLanguage())
  if (files.length === 0 && coming.length === 0) return null
  const forced = going.filter((file, at) => file.asLink && files[at]?.asLink === false)
  return (
    <div>
      <ul className={styles['files']} aria-label={t('composer.files')}>
        {going.map((file) => (
          <li key={file.uploadId}>
            <span className={styles['fileName']}>{file.filename}</span>
            <small>
              {fileSize(file.size, locale)}
              {file.asLink ? `, ${t('composer.asLink')}` : ''}
            </small>
            <button
              type="button"
              aria-label={t('composer.removeFile', { name: file.filename })}
              onClick={() => drop(file.uploadId)}
            >
              ×
            </button>
          </li>
        ))}
        {coming.map((one) => (
          <li key={one.key} data-problem={one.error ? 'true' : undefined}>
            <span className={styles['fileName']}>{one.filename}</span>
            {one.error ? (
              <small role="alert">{sentence(one.error)}</small>
            ) : (
              <>
                <progress
                  value={one.share}
                  max={1}
                  aria-label={t('composer.uploading', { name: one.filename })}
                />
                <small>{t('composer.share', { share: Math.floor(one.share * 100) })}</small>
              </>
            )}
            <Button look="link" onClick={one.stop}>
              {one.error ? t('composer.remove') : t('composer.stop')}
            </Button>
          </li>
        ))}
      </ul>
      {forced.length > 0 ? (
        <p className={styles['fileNote']}>
          {t('composer.tooLarge', { count: forced.length, limit: fileSize(limit, locale) })}
        </p>
      ) : null}
    </div>
  )
}
