/** What became of an act on many mails, when it is not simply done: stopped, or some of them left as they were, and why. */
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
  return (
    <>
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
