/** Asked before past mails are sent again: their sending plan, one for each mailbox, and how many are left out and why. */
import type { WholeChoice, AgainPlan } from '@kontor/api/outbox'
import { useId, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { PlanDays, PlanSentence } from '../parts/plan-days.tsx'
import { Loading, ProblemBanner } from '../ui/states.tsx'
import { Frame } from './ask-frame.tsx'
import { useAgainPlan } from './asks.ts'
import type { Run } from './deeds.ts'
import styles from './send-again.module.css'
import { useWhy } from './why.ts'

interface SendAgainProps {
  readonly count: number
  /** There are more than `count`; the plan counts them all. */
  readonly uncounted?: boolean
  readonly choice: WholeChoice
  readonly close: () => void
  readonly run: Run
}

export function SendAgain({ count, uncounted = false, choice, close, run }: SendAgainProps): ReactElement {
  const { t } = useTranslation('outbox')
  const problem = useProblemSentence()
  const { data: plan, error, refetch } = useAgainPlan(choice)
  const counted = plan ? plan.total + leftOutIn(plan) : count
  return (
    <Frame
      title={
        !plan && uncounted
          ? t('ask.send_again.titleOver', { count })
          : t('ask.send_again.title', { count: counted })
      }
      sentence={t('ask.send_again.sentence')}
      label={
        !plan && uncounted ? t('act.send_again') : t('ask.send_again.act', { count: plan?.total || count })
      }
      disabled={!plan || error !== null || plan.total === 0}
      long
      close={close}
      act={() => run({ act: 'send_again' }, counted)}
    >
      <div className={styles['plan']} aria-live="polite">
        {error ? (
          <ProblemBanner sentence={problem(error)} retry={() => void refetch()} />
        ) : plan ? (
          <Planned plan={plan} alone={count === 1} />
        ) : (
          <Loading />
        )}
      </div>
    </Frame>
  )
}

function Planned({ plan, alone }: { readonly plan: AgainPlan; readonly alone: boolean }): ReactElement {
  const { t } = useTranslation('outbox')
  const why = useWhy()
  const { total, mailboxes, leftOutBy } = plan
  const leftOut = leftOutIn(plan)
  return (
    <>
      {leftOut > 0 ? (
        <p>
          {total === 0
            ? t('ask.send_again.none', { why: why(leftOutBy) })
            : t('ask.send_again.leftOut', { count: leftOut, why: why(leftOutBy) })}
        </p>
      ) : null}
      {mailboxes.map((mailbox) =>
        alone ? (
          <PlanSentence key={mailbox.mailboxId} plan={mailbox} />
        ) : (
          <InMailbox key={mailbox.mailboxId} plan={mailbox} headed={mailboxes.length > 1} />
        ),
      )}
    </>
  )
}

function leftOutIn({ leftOutBy }: AgainPlan): number {
  return Object.values(leftOutBy).reduce((all, count) => all + count, 0)
}

function InMailbox({
  plan,
  headed,
}: {
  readonly plan: AgainPlan['mailboxes'][number]
  readonly headed: boolean
}): ReactElement {
  const heading = useId()
  if (!headed)
    return (
      <div>
        <PlanDays plan={plan} fixed />
      </div>
    )
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading}>{plan.address}</h3>
      <PlanDays plan={plan} fixed />
    </section>
  )
}
