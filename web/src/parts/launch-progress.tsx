/** A long launch on its way into the outbox: how far it is, a stop, and the way on when it was stopped. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Progress } from '../ui/progress.tsx'
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
  if (!launch) return null
  if (launch.state === 'done') return <p className={styles['scheduledSentence']}>{done(launch.queued)}</p>
  const seen = launch.queued + launch.leftOut
  const figures = { count: launch.queued, total: launch.total }
  return (
    <div className={styles['progress']}>
      <Progress max={launch.total} value={seen} label={t('progress.label')} />
      <p>{launch.state === 'running' ? t('progress.running', figures) : t('progress.stopped', figures)}</p>
      {launch.state === 'stopped' && launch.why && launch.why !== 'by_person' ? (
        <p className={styles['quiet']}>{t(`progress.why.${whyWord(launch.why)}`)}</p>
      ) : null}
      {steer.error ? <ProblemBanner sentence={sentence(steer.error)} /> : null}
      {isOver(launch.why) ? null : (
        <Button
          busy={steer.isPending}
          onClick={() => steer.mutate(launch.state === 'running' ? 'stop' : 'resume')}
        >
          {launch.state === 'running' ? t('progress.stop') : t('progress.resume')}
        </Button>
      )}
    </div>
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
