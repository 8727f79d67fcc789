/**
 * The sending plan before many mails are queued: at the left the recipients' real mails, at the right the days,
 * and one button that names the act. Used for invitations, decisions and messages to many.
 */
import type { Plan, Sent } from '@kontor/api/launches'
import type { Mailbox } from '@kontor/api/mailboxes'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Select } from '../ui/field.tsx'
import { Loading, ProblemBanner } from '../ui/states.tsx'
import { CapacityRule } from './capacity-rule.tsx'
import { PlanFollowUps } from './follow-ups/plan-follow-ups.tsx'
import { LaunchProgress } from './launch-progress.tsx'
import { PlanDays } from './plan-days.tsx'
import type { PlanQuestion } from './plan-elsewhere.tsx'
import { PlanElsewhere } from './plan-elsewhere.tsx'
import { PlanLetters } from './plan-letters.tsx'
import { PlanLeftOut } from './plan-left-out.tsx'
import { PlanSender } from './plan-sender.tsx'
import styles from './sending-plan.module.css'

export interface SendingPlanProps {
  readonly what: 'invitation' | 'decision' | 'bulk'
  readonly plan: UseQueryResult<Plan>
  readonly question: PlanQuestion
  /** Mailboxes that this person may send from; the choice is shown when there are several. */
  readonly senders: readonly Mailbox[]
  /** The mailbox asked for, before the plan has answered for it. */
  readonly chosen: string | undefined
  readonly choose: (mailboxId: string) => void
  readonly schedule: () => void
  readonly scheduling: boolean
  /** Something of it is still on its way up. */
  readonly unready?: boolean
  readonly refused: Error | null
  readonly scheduled: Sent | undefined
  /** Where to go when it is scheduled. */
  readonly done: ReactNode
  /** A choice that changes the plan, above the button. */
  readonly children?: ReactNode
}

export function SendingPlan(props: SendingPlanProps): ReactElement {
  const { t } = useTranslation('campaigns')
  const { t: settings } = useTranslation('settings')
  const sentence = useProblemSentence()
  const { scheduled } = props
  const [agreed, agree] = useState<Plan>()
  const { data: plan, error, refetch, isPlaceholderData: outdated } = props.plan
  if (scheduled)
    return <Scheduled what={props.what} sent={scheduled} plan={agreed ?? plan} done={props.done} />
  if (!plan)
    return error ? <ProblemBanner sentence={sentence(error)} retry={() => void refetch()} /> : <Loading />
  const count = plan.total
  const sender = props.senders.find(({ id }) => id === (props.chosen ?? plan.mailboxId))
  return (
    <>
      {error ? <ProblemBanner sentence={sentence(error)} retry={() => void refetch()} /> : null}
      {props.refused ? <ProblemBanner sentence={t('plan.failed', { why: sentence(props.refused) })} /> : null}
      <div className={styles['plan']}>
        <section aria-label={t('plan.letters')}>
          <h2 className={styles['heading']}>{t('plan.letters')}</h2>
          {plan.preview.length > 0 ? (
            <PlanLetters preview={plan.preview} total={count} />
          ) : (
            <p className={styles['quiet']}>{t('plan.nothing')}</p>
          )}
        </section>
        <section aria-label={t('plan.days')} className={styles['side']}>
          <h2 className={styles['heading']}>{t('plan.days')}</h2>
          {props.senders.length > 1 ? (
            <div className={styles['sender']}>
              <Select
                label={t('plan.sender')}
                value={props.chosen ?? plan.mailboxId}
                options={props.senders.map((mailbox) => ({ value: mailbox.id, label: mailbox.address }))}
                onChoose={props.choose}
              />
            </div>
          ) : null}
          {sender ? (
            <div className={styles['capacity']}>
              <CapacityRule capacity={sender.capacity} />
              <small>{settings('provider.line', { ...sender.capacity })}</small>
            </div>
          ) : null}
          <PlanSender mailbox={sender} />
          <div className={outdated ? styles['outdated'] : undefined} aria-busy={outdated}>
            <PlanDays plan={plan} />
            {plan.followUps ? <PlanFollowUps planned={plan.followUps} /> : null}
            <PlanElsewhere
              plan={plan}
              question={props.question}
              senders={props.senders}
              choose={props.choose}
            />
            <PlanLeftOut plan={plan} />
          </div>
          {props.children}
          <div className={styles['act']}>
            <Button
              look="primary"
              wide
              busy={props.scheduling}
              disabled={count === 0 || outdated || error !== null || props.unready}
              onClick={() => {
                agree(plan)
                props.schedule()
              }}
            >
              {t(`plan.act.${props.what}`, { count })}
            </Button>
          </div>
        </section>
      </div>
    </>
  )
}

function Scheduled(props: {
  readonly what: 'invitation' | 'decision' | 'bulk'
  readonly sent: Sent
  readonly plan: Plan | undefined
  readonly done: ReactNode
}): ReactElement {
  const { t } = useTranslation('campaigns')
  return (
    <div className={styles['scheduled']} role="status">
      {props.sent.state === 'done' ? (
        <p className={styles['scheduledSentence']}>
          {t(`plan.done.${props.what}`, { count: props.sent.queued })}
        </p>
      ) : (
        <LaunchProgress
          launchId={props.sent.launchId}
          done={(count) => t(`plan.done.${props.what}`, { count })}
        />
      )}
      {props.sent.leftOut > 0 ? (
        <p className={styles['quiet']}>{t('plan.leftOut', { count: props.sent.leftOut })}.</p>
      ) : null}
      {props.plan ? <PlanDays plan={props.plan} /> : null}
      {props.plan?.followUps ? <PlanFollowUps planned={props.plan.followUps} /> : null}
      <div className={styles['scheduledActs']}>
        {props.done}
        <ButtonLink to="/outbox">{t('plan.outbox')}</ButtonLink>
      </div>
    </div>
  )
}
