/** The real mails of a plan, one at a time: exactly what these people will get. */
import { fileSize } from '@kontor/api/file-size'
import type { Plan } from '@kontor/api/launches'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../client/language.ts'
import { localeOf } from '../client/time.ts'
import { Button } from '../ui/button.tsx'
import { useKeys } from '../ui/keys.ts'
import { RichText } from './rich-text.tsx'
import styles from './sending-plan.module.css'

interface LettersProps {
  readonly preview: Plan['preview']
  readonly total: number
}

export function PlanLetters({ preview, total }: LettersProps): ReactElement | null {
  const { t } = useTranslation('campaigns')
  const [wanted, want] = useState(0)
  const at = Math.min(wanted, preview.length - 1)
  const letter = preview[at]
  const locale = localeOf(useLanguage())
  useKeys({
    j: () => want(Math.min(at + 1, preview.length - 1)),
    k: () => want(Math.max(at - 1, 0)),
  })
  if (!letter) return null

  function told({ size, asLink }: Plan['preview'][number]['files'][number]): string {
    return asLink ? t('plan.fileAsLink', { size: fileSize(size, locale) }) : fileSize(size, locale)
  }
  return (
    <article className={styles['letter']}>
      <div className={styles['pager']}>
        <span>{t('plan.letterAt', { position: at + 1, count: total })}</span>
        <Button look="quiet" disabled={at === 0} onClick={() => want(at - 1)}>
          {t('plan.previous')}
        </Button>
        <Button look="quiet" disabled={at === preview.length - 1} onClick={() => want(at + 1)}>
          {t('plan.next')}
        </Button>
      </div>
      <div className={styles['paper']}>
        <dl className={styles['letterHead']}>
          <dt>{t('plan.to')}</dt>
          <dd>{letter.to}</dd>
          <dt>{t('plan.subject')}</dt>
          <dd>
            <strong>{letter.subject}</strong>
          </dd>
          {letter.files.length > 0 ? (
            <>
              <dt>{t('plan.files')}</dt>
              {letter.files.map((file, n) => (
                <dd key={n} className={styles['file']}>
                  {file.filename} <small>{told(file)}</small>
                </dd>
              ))}
            </>
          ) : null}
        </dl>
        <RichText html={letter.html} links="shown" />
      </div>
    </article>
  )
}
