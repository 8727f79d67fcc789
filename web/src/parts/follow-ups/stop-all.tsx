/** Stops what is still to follow, after one question. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../../client/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/overlay.tsx'
import { ProblemBanner } from '../../ui/states.tsx'

interface StopProps {
  /** The act that stops them, in words. */
  readonly act: string
  readonly count: number
  readonly stop: {
    readonly isPending: boolean
    readonly error: Error | null
    readonly mutate: (told: { why: 'stopped' }, after: { onSuccess: () => void }) => void
  }
  readonly close: () => void
}

export function StopAll({ act, count, stop, close }: StopProps): ReactElement {
  const { t } = useTranslation('followups')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
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
            busy={stop.isPending}
            onClick={() => stop.mutate({ why: 'stopped' }, { onSuccess: close })}
          >
            {act}
          </Button>
          <Button onClick={close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      {stop.error ? <ProblemBanner sentence={sentence(stop.error)} /> : null}
      <p>{t('stopBody')}</p>
    </Dialog>
  )
}
