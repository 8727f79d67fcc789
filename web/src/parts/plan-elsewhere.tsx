/** What would change a plan of several days: another mailbox, or fewer people. Nothing is chosen for anybody. */
import { Plan } from '@kontor/api/launches'
import type { Mailbox } from '@kontor/api/mailboxes'
import { useQueries } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../client/http.ts'
import { useTimes } from '../client/language.ts'
import { useHere } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { leavingDays, soonerElsewhere } from './plan-view.ts'
import styles from './sending-plan.module.css'

/** How the plan was asked for: its path in the workspace and the wish without a mailbox. */
export interface PlanQuestion {
  readonly path: string
  readonly wish: object
}

interface ElsewhereProps {
  readonly plan: Plan
  readonly question: PlanQuestion
  readonly senders: readonly Mailbox[]
  readonly choose: (mailboxId: string) => void
}

/** So many other mailboxes are asked; a team with more of them has the choice above. */
const mostAsked = 4

export function PlanElsewhere({ plan, question, senders, choose }: ElsewhereProps): ReactElement | null {
  const { t } = useTranslation('campaigns')
  const times = useTimes()
  const here = useHere()
  const days = leavingDays(plan.days)
  const others = days.length > 1 ? senders.filter(({ id }) => id !== plan.mailboxId).slice(0, mostAsked) : []
  const plans = useQueries({
    queries: others.map(({ id: mailboxId }) => ({
      queryKey: here.key('outbox', 'plan', 'elsewhere', question, mailboxId),
      queryFn: () => api.post(here.path(question.path), Plan, { ...question.wish, mailboxId }),
    })),
    combine: (answers) => answers.flatMap(({ data }) => data ?? []),
  })
  const [first] = days
  if (days.length < 2 || first === undefined) return null
  return (
    <ul className={styles['delays']}>
      {soonerElsewhere(plan, plans).map(({ mailboxId, lastAt }) => (
        <li key={mailboxId}>
          {t('plan.elsewhere', {
            address: senders.find(({ id }) => id === mailboxId)?.address ?? '',
            when: times.about(lastAt),
          })}{' '}
          <Button look="link" onClick={() => choose(mailboxId)}>
            {t('plan.elsewhereAct')}
          </Button>
        </li>
      ))}
      <li>{t('plan.fewer', { count: first.leaving, day: times.date(first.date) })}</li>
    </ul>
  )
}
