/** The one question of a new workspace. Answered once, it never returns: the way back leads to the desk. */
import { Workspace } from '@kontor/api/team'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../client/http.ts'
import { useProblemSentence } from '../client/problem.ts'
import { sessionQuery, useHere } from '../client/session.ts'
import { ProblemBanner } from '../ui/states.tsx'
import { Sheet } from './frame.tsx'
import styles from './welcome.module.css'

const modes = ['practice', 'real'] as const

export function StartPage(): ReactElement {
  const { t } = useTranslation('welcome')
  const here = useHere()
  const client = useQueryClient()
  const navigate = useNavigate()
  const sentence = useProblemSentence()
  const answer = useMutation({
    mutationFn: (mode: 'practice' | 'real') => api.put(here.path('/mode'), Workspace, { mode }),
    onSuccess: async () => {
      await client.refetchQueries({ queryKey: sessionQuery.queryKey })
      await navigate({ to: '/settings/integrations/connect', replace: true })
    },
    onError: async () => await client.refetchQueries({ queryKey: sessionQuery.queryKey }),
  })
  if (here.mode !== 'undecided' && !answer.isPending && !answer.isSuccess) return <Navigate to="/" replace />
  if (!here.may.steer)
    return <Sheet title={t('start.title')} sentence={t('start.wait', { workspace: here.name })} />
  return (
    <Sheet title={t('start.title')} wide>
      {answer.error ? <ProblemBanner sentence={sentence(answer.error)} /> : null}
      <div className={styles['choices']}>
        {modes.map((mode) => (
          <button
            key={mode}
            type="button"
            className={styles['choice']}
            disabled={answer.isPending}
            onClick={() => answer.mutate(mode)}
          >
            <b>{t(`start.${mode}`)}</b>
            <span>{t(`start.${mode}Sentence`)}</span>
          </button>
        ))}
      </div>
      <p className={styles['foot']}>{t('start.sentence')}</p>
    </Sheet>
  )
}
