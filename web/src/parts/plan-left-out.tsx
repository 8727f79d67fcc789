/** Who gets nothing, and why: counted by reason, with the names below each. */
import type { Plan } from '@kontor/api/launches'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { leftOutGroups } from './plan-view.ts'
import styles from './sending-plan.module.css'

export function PlanLeftOut({ plan }: { readonly plan: Plan }): ReactElement | null {
  const { t } = useTranslation('campaigns')
  if (plan.leftOutTotal === 0) return null
  return (
    <details className={styles['leftOut']}>
      <summary>{t('plan.leftOut', { count: plan.leftOutTotal })}</summary>
      <dl>
        {leftOutGroups(plan).map((group) => (
          <div key={group.reason}>
            <dt>
              <span>{t('plan.leftOutCount', { count: group.count })}</span>
              {t(`plan.leftOutWhy.${group.word}`)}
            </dt>
            <dd>
              {group.people
                .map((person) =>
                  person.missing ? `${person.name} (${person.missing.join(', ')})` : person.name,
                )
                .filter(Boolean)
                .join(', ')}
              {group.more > 0 ? ` ${t('plan.leftOutMore', { count: group.more })}` : null}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
