/** Before mails move to another mailbox: when they leave there, whom that delays, and what becomes of those on hold. */
import type { MovePlan } from '@kontor/api/outbox'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Loading, ProblemBanner } from '../ui/states.tsx'
import styles from './move-plan.module.css'
import { PlanDays } from './plan-days.tsx'

export function MovePlanned({ asked }: { readonly asked: UseQueryResult<MovePlan> }): ReactElement {
  const sentence = useProblemSentence()
  const { data: plan, error, refetch } = asked
  return (
    <div className={styles['plan']} aria-live="polite">
      {error ? (
        <ProblemBanner sentence={sentence(error)} retry={() => void refetch()} />
      ) : plan ? (
        <Planned plan={plan} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

function Planned({ plan }: { readonly plan: MovePlan }): ReactElement {
  const { t } = useTranslation('campaigns')
  const { total, held } = plan
  return (
    <>
      {total > 0 ? <PlanDays plan={plan} brief /> : null}
      {held > 0 ? <p>{t('plan.heldAlong', { count: held })}</p> : null}
      {total + held === 0 ? <p>{t('plan.noneMove')}</p> : null}
    </>
  )
}
