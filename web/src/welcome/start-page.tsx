/**
 * The one question of a new workspace. A real workspace never sees it again; a practice one does when it was deleted.
 * Rehearsing begins with a story that is told while one watches; an empty practice workspace is one click away too.
 */
import { Workspace } from '@kontor/api/team'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../client/http.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useBeginRehearsal, useRehearsal } from '../client/rehearsal.ts'
import { sessionQuery, useHere } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { Sheet } from './frame.tsx'
import { RehearsalProgress } from './rehearsal-progress.tsx'
import styles from './welcome.module.css'

export function StartPage(): ReactElement {
  const { t } = useTranslation('welcome')
  const here = useHere()
  const client = useQueryClient()
  const navigate = useNavigate()
  const sentence = useProblemSentence()
  const rehearsal = useRehearsal()
  const rehearse = useBeginRehearsal()
  const answer = useMutation({
    mutationFn: (mode: 'practice' | 'real') => api.put(here.path('/mode'), Workspace, { mode }),
    onSuccess: async () => {
      await client.refetchQueries({ queryKey: sessionQuery.queryKey })
      await navigate({ to: '/settings/integrations/connect', replace: true })
    },
    onError: async () => await client.refetchQueries({ queryKey: sessionQuery.queryKey }),
  })
  const story = rehearsal.data ?? rehearse.data
  if (story && (story.state === 'running' || story.state === 'stuck' || rehearse.isSuccess))
    return <RehearsalProgress rehearsal={story} />
  const busy = answer.isPending || rehearse.isPending
  if (here.mode !== 'undecided' && !busy && !answer.isSuccess)
    return here.mode === 'practice' && rehearsal.isPending ? <Sheet title="" /> : <Navigate to="/" replace />
  if (!here.may.steer)
    return <Sheet title={t('start.title')} sentence={t('start.wait', { workspace: here.name })} />
  const error = rehearse.error ?? answer.error
  const worldIsOff = rehearsal.data !== undefined && rehearsal.data.worldUrl === undefined
  return (
    <Sheet title={t('start.title')} wide>
      {error ? <ProblemBanner sentence={sentence(error)} /> : null}
      <div className={styles['choices']}>
        <div>
          <button
            type="button"
            className={styles['choice']}
            disabled={busy || worldIsOff}
            onClick={() => rehearse.mutate()}
          >
            <b>{t('start.practice')}</b>
            <span>{worldIsOff ? t('start.practiceOff') : t('start.practiceSentence')}</span>
          </button>
          {worldIsOff ? null : (
            <p className={styles['beside']}>
              <Button look="link" disabled={busy} onClick={() => answer.mutate('practice')}>
                {t('start.practiceEmpty')}
              </Button>
            </p>
          )}
        </div>
        <div>
          <button
            type="button"
            className={styles['choice']}
            disabled={busy}
            onClick={() => answer.mutate('real')}
          >
            <b>{t('start.real')}</b>
            <span>{t('start.realSentence')}</span>
          </button>
        </div>
      </div>
      <p className={styles['foot']}>{t('start.sentence')}</p>
    </Sheet>
  )
}
