/** What practice mode means, the way into the practice world, and deleting the practice workspace again. */
import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useBeginRehearsal, useEmptyWorkspace, useRehearsal } from '../client/rehearsal.ts'
import { useHere } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import styles from './desk.module.css'

export function PracticeDialog({ close }: { readonly close: () => void }): ReactElement {
  const { t } = useTranslation('shell')
  const here = useHere()
  const navigate = useNavigate()
  const sentence = useProblemSentence()
  const language = useLanguage()
  const rehearsal = useRehearsal()
  const begin = useBeginRehearsal()
  const empty = useEmptyWorkspace()
  const [asked, setAsked] = useState(false)
  const toStart = async (): Promise<void> => {
    close()
    await navigate({ to: '/start' })
  }
  const world = rehearsal.data?.worldUrl
  const error = begin.error ?? empty.error
  if (asked)
    return (
      <Dialog
        title={t('practice.deleteTitle', { workspace: here.name })}
        opened
        close={close}
        acts={
          <>
            <Button
              look="problem"
              busy={empty.isPending}
              onClick={() => empty.mutate(undefined, { onSuccess: () => void toStart() })}
            >
              {empty.isPending ? t('practice.deleting') : t('practice.delete')}
            </Button>
            <Button onClick={close}>{t('act.cancel')}</Button>
          </>
        }
      >
        {error ? <ProblemBanner sentence={sentence(error)} /> : null}
        <p>{t('practice.deleteSentence')}</p>
        <p>{t('practice.deleteKeeps')}</p>
      </Dialog>
    )
  return (
    <Dialog
      title={t('practice.band')}
      opened
      close={close}
      acts={
        <>
          <Button onClick={close}>{t('act.close')}</Button>
          {here.role === 'owner' ? (
            <span className={styles['apart']}>
              <Button look="problem" onClick={() => setAsked(true)}>
                {t('practice.delete')} …
              </Button>
            </span>
          ) : null}
        </>
      }
    >
      {error ? <ProblemBanner sentence={sentence(error)} /> : null}
      <p>{t('practice.sentence')}</p>
      {world === undefined ? null : (
        <p>
          <a href={`${world}/?hl=${language}`} target="_blank" rel="noreferrer">
            {t('practice.world')}
          </a>
          <br />
          {t('practice.worldSentence')}
        </p>
      )}
      {here.may.steer && rehearsal.data?.state === 'none' && world !== undefined ? (
        <p>
          <Button
            look="link"
            busy={begin.isPending}
            onClick={() => begin.mutate(undefined, { onSuccess: () => void toStart() })}
          >
            {t('practice.story')}
          </Button>
          <br />
          {t('practice.storySentence')}
        </p>
      ) : null}
      {rehearsal.data?.state === 'running' || rehearsal.data?.state === 'stuck' ? (
        <p>
          <Button look="link" onClick={() => void toStart()}>
            {t('practice.watch')}
          </Button>
        </p>
      ) : null}
    </Dialog>
  )
}
