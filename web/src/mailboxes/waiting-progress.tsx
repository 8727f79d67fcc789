/** The emails that waited in a mailbox that was disconnected: how far they are seen to, a stop, and the way on. */
import type { Mailbox } from '@kontor/api/mailboxes'
import type { WaitingDecision } from '@kontor/api/outbox'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Progress, ProgressAct, ProgressNews, ProgressPlace } from '../ui/progress.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useSteerDecision, useWaitingDecision } from './asks-privacy.ts'
import styles from './waiting-progress.module.css'

export function WaitingProgress({ mailbox }: { readonly mailbox: Pick<Mailbox, 'id'> }): ReactElement {
  const { t } = useTranslation('mailbox')
  const sentence = useProblemSentence()
  const figures = useFigures()
  const found = useWaitingDecision(mailbox.id)
  const steer = useSteerDecision(mailbox.id)
  const decision = found.data?.decision
  if (found.error)
    return <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
  if (!decision) return <p>{t('waiting.begins')}</p>
  const { state, total, done, to = '' } = decision
  const why = decision.why === 'reassign_target' ? t('waiting.targetGone', { to }) : t('waiting.stopped')
  const said = state === 'stopped' ? `${figures(decision)} ${why}` : figures(decision)
  return (
    <ProgressPlace className={styles['progress']}>
      <ProgressNews phase={state} value={done} max={total} sentence={said} />
      {state === 'done' ? null : <Progress max={total} value={done} label={t('waiting.label')} />}
      <p>
        {figures(decision)} {state === 'running' ? t('waiting.goesOn') : null}
      </p>
      {state === 'stopped' ? (
        <p>
          {why}{' '}
          <Link to="/outbox" search={{ mailboxId: mailbox.id }}>
            {t('waiting.rest')}
          </Link>
        </p>
      ) : null}
      {steer.error ? <ProblemBanner sentence={sentence(steer.error)} /> : null}
      {state === 'done' ? null : (
        <ProgressAct busy={steer.isPending} act={() => steer.mutate(state === 'running' ? 'stop' : 'resume')}>
          {state === 'running' ? t('waiting.stop') : t('waiting.resume')}
        </ProgressAct>
      )}
    </ProgressPlace>
  )
}

function useFigures(): (decision: WaitingDecision) => string {
  const { t } = useTranslation('mailbox')
  return ({ choice, to = '', state, done: count, total }) =>
    state === 'done'
      ? t(`waiting.done.${choice}`, { count, to })
      : t(`waiting.sofar.${choice}`, { count, total, to })
}
