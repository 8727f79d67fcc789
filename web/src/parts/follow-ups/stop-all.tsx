/** Stops everything that is still to follow a launch, after one question. */
import type { Followed } from '@kontor/api/follow-ups'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../../client/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/overlay.tsx'
import { ProblemBanner } from '../../ui/states.tsx'
import { useEndFollowUps } from './follow-up-asks.ts'

interface StopProps {
  readonly launch: Followed
  readonly count: number
  readonly close: () => void
}

export function StopAll({ launch, count, close }: StopProps): ReactElement {
  const { t } = useTranslation('followups')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const end = useEndFollowUps(launch.launchId)
  return (
    <Dialog
      title={t('stopTitle', { count })}
      opened
      close={close}
      width={440}
      acts={
        <>
          <Button
            look="problem"
            busy={end.isPending}
            onClick={() => end.mutate({ why: 'stopped' }, { onSuccess: close })}
          >
            {t('list.stopAll')}
          </Button>
          <Button onClick={close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      {end.error ? <ProblemBanner sentence={sentence(end.error)} /> : null}
      <p>{t('stopBody')}</p>
    </Dialog>
  )
}
