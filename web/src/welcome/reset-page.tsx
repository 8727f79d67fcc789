/** Behind the link of a mail: a new password, with which the person is signed in at once. */
import { Done } from '@kontor/api/common'
import { Session } from '@kontor/api/team'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../client/http.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { sessionQuery } from '../client/session.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { Sheet } from './frame.tsx'
import styles from './welcome.module.css'

export function ResetPage({ token }: { readonly token: string }): ReactElement {
  const { t } = useTranslation('welcome')
  const sentence = useProblemSentence()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [password, setPassword] = useState('')
  const link = useQuery({
    queryKey: ['password-resets', token],
    queryFn: () => api.get(`/password-resets/${token}`, Done),
    retry: false,
  })
  const reset = useMutation({
    mutationFn: () => api.post(`/password-resets/${token}`, Session, { password }),
    onSuccess: (session) => {
      client.clear()
      client.setQueryData(sessionQuery.queryKey, session)
      void navigate({ to: '/', replace: true })
    },
  })
  const problem = useFieldProblem(reset.error)
  if (link.isPending) return <main aria-busy="true" />
  if (link.error)
    return (
      <Sheet title={t('reset.title')} sentence={sentence(link.error)}>
        <div>
          <ButtonLink look="primary" to="/forgotten">
            {t('reset.again')}
          </ButtonLink>
        </div>
      </Sheet>
    )
  return (
    <Sheet title={t('reset.title')} sentence={t('reset.sentence')}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          reset.mutate()
        }}
      >
        {reset.error ? <ProblemBanner sentence={sentence(reset.error)} /> : null}
        <TextField
          label={t('reset.password')}
          hint={t('passwordHint')}
          type="password"
          autoComplete="new-password"
          value={password}
          onText={setPassword}
          problem={problem('password')}
          minLength={10}
          required
        />
        <div>
          <Button type="submit" look="primary" busy={reset.isPending}>
            {t('reset.act')}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
