/** The real mails of a plan, one at a time: exactly what these people will get. */
import type { Plan } from '@kontor/api/launches'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
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
  useKeys({
    j: () => want(Math.min(at + 1, preview.length - 1)),
    k: () => want(Math.max(at - 1, 0)),
  })
  if (!letter) return null
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
        </dl>
        <RichText html={letter.html} links="shown" />
      </div>
    </article>
  )
}
