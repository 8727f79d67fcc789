/**
 * What became of an act on mails: stopped, or some of them left as they were, and why. That it is simply done can be
 * seen in the list, and is said to readers only.
 */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Banner, ProblemBanner } from '../ui/states.tsx'
import type { Acting } from './acting.ts'
import { useWhy } from './why.ts'

export function OutcomeBanner({ acting }: { readonly acting: Acting }): ReactElement | null {
  const sentence = useProblemSentence()
  const { t } = useTranslation('outbox')
  const why = useWhy()
  const { outcome, error } = acting
  const left = outcome ? Object.values(outcome.refused).reduce((all, count) => all + count, 0) : 0
  const allDone = outcome && !error && !outcome.stopped && left === 0
  return (
    <>
      <p className="unseen" role="status">
        {allDone ? t('outcome.done', { count: outcome.done }) : ''}
      </p>
      {error ? <ProblemBanner sentence={sentence(error)} /> : null}
      {outcome?.stopped || (error && outcome) ? (
        <Banner tone="waiting">{t('outcome.stopped', { count: outcome.done })}</Banner>
      ) : null}
      {outcome && left > 0 ? (
        <Banner tone="waiting">{t('outcome.refused', { count: left, why: why(outcome.refused) })}</Banner>
      ) : null}
    </>
  )
}
