/** A long launch on its way into the outbox: how far it is, a stop, and the way on when it was stopped. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { Progress, ProgressAct, ProgressNews, ProgressPlace } from '../ui/progress.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useLaunch, useSteerLaunch } from './bulk-asks.ts'
import styles from './sending-plan.module.css'

interface ProgressProps {
  readonly launchId: string
  /** What is said when everybody is in the outbox. */
  readonly done: (queued: number) => string
}

export function LaunchProgress({ launchId, done }: ProgressProps): ReactElement | null {
  const { t } = useTranslation('bulk')
  const sentence = useProblemSentence()
  const launch = useLaunch(launchId).data
  const steer = useSteerLaunch(launchId)
  const here = useHere()
  if (!launch) return null
  const { state, queued, leftOut, total, why } = launch
  const seen = queued + leftOut
  const said = state === 'done' ? done(queued) : t(`progress.${state}`, { count: queued, total })
  const because = state === 'stopped' && why && why !== 'by_person' ? t(`progress.why.${whyWord(why)}`) : ''
  return (
    <ProgressPlace className={styles['progress']}>
      <ProgressNews phase={state} max={total} value={seen} sentence={`${said} ${because}`} />
      {state === 'done' ? null : <Progress max={total} value={seen} label={t('progress.label')} />}
      <p className={state === 'done' ? styles['scheduledSentence'] : undefined}>{said}</p>
      {because ? <p className={styles['quiet']}>{because}</p> : null}
      {steer.error ? <ProblemBanner sentence={sentence(steer.error)} /> : null}
      {state === 'done' || isOver(why) || !here.may.act ? null : (
        <ProgressAct busy={steer.isPending} act={() => steer.mutate(state === 'running' ? 'stop' : 'resume')}>
          {state === 'running' ? t('progress.stop') : t('progress.resume')}
        </ProgressAct>
      )}
    </ProgressPlace>
  )
}

/** None of these passes: it cannot go on. */
const ends = ['mailbox_disconnected', 'mailbox_unknown', 'campaign_closed'] as const

function whyWord(why: string): (typeof ends)[number] | 'other' {
  return ends.find((known) => known === why) ?? 'other'
}

function isOver(why: string | undefined): boolean {
  return why !== undefined && whyWord(why) !== 'other'
}
