/** What the sending plan says of follow-ups: how many may come, and when at the earliest. */
import type { FollowUpsPlanned } from '@kontor/api/follow-ups'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../../client/language.ts'
import styles from './follow-ups.module.css'

export function PlanFollowUps({ planned }: { readonly planned: FollowUpsPlanned }): ReactElement {
  const { t } = useTranslation('followups')
  const times = useTimes()
  return (
    <div className={styles['planned']}>
      <p>
        {planned.how === 'mail'
          ? t('plan.most', { count: planned.most })
          : t('plan.reminders', { count: planned.most })}
      </p>
      <ol>
        {planned.steps.map(({ earliestAt, afterDays }, at) => (
          <li key={`${at}-${afterDays}`}>
            {earliestAt
              ? t('plan.step', { n: at + 1, when: times.about(earliestAt) })
              : t('plan.stepDays', { n: at + 1, count: afterDays })}
          </li>
        ))}
      </ol>
    </div>
  )
}
