/** The story while it is being told: what is done, what happens now, what comes; then the way in. */
import type { Rehearsal } from '@kontor/api/rehearsal'
import { Navigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { useBeginRehearsal } from '../client/rehearsal.ts'
import { ButtonLink } from '../ui/button.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { Sheet } from './frame.tsx'
import styles from './welcome.module.css'

export function RehearsalProgress({ rehearsal }: { readonly rehearsal: Rehearsal }): ReactElement {
  const { t } = useTranslation('welcome')
  const sentence = useProblemSentence()
  const again = useBeginRehearsal()
  // thanks for what was decided arrive while the person looks around already
  const steps = rehearsal.steps.filter((step) => step !== 'finish')
  const { done } = rehearsal
  if (rehearsal.state === 'ready' || (rehearsal.state === 'running' && done >= steps.length))
    return <Navigate to="/inbox" replace />
  return (
    <Sheet title={t('rehearsal.title')} sentence={t('rehearsal.sentence')} wide>
      {rehearsal.state === 'stuck' ? (
        <ProblemBanner
          sentence={again.error ? sentence(again.error) : t('rehearsal.stuck')}
          retry={() => again.mutate()}
        />
      ) : null}
      <ol
        className={styles['steps']}
        aria-label={t('rehearsal.steps')}
        aria-busy={rehearsal.state === 'running'}
      >
        {steps.map((step, at) => (
          <li
            key={step}
            data-state={at < done ? 'past' : at === done ? 'now' : 'next'}
            aria-current={at === done ? 'step' : undefined}
          >
            <span aria-hidden="true">{at < done ? '✓' : at + 1}</span>
            <span>
              {t(`rehearsal.step.${step}`)}
              {at < done ? <span className="unseen"> {t('rehearsal.done')}</span> : null}
            </span>
          </li>
        ))}
      </ol>
      <p className="unseen" role="status">
        {t('rehearsal.spoken', { done, total: steps.length })}
      </p>
      <div>
        <ButtonLink to="/inbox">{t('rehearsal.lookAround')}</ButtonLink>
      </div>
    </Sheet>
  )
}
