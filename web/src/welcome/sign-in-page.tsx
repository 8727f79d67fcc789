/** Address and password. Comes back to the screen that somebody wanted to see. */
import { Session, SetupState } from '@kontor/api/team'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { api } from '../client/http.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { sessionQuery } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Banner, ProblemBanner } from '../ui/states.tsx'
import { Sheet } from './frame.tsx'
import styles from './welcome.module.css'

export function SignInPage({ back }: { readonly back: string }): ReactElement {
  const { t } = useTranslation('welcome')
  const sentence = useProblemSentence()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [address, setAddress, forget] = useDraft('sign-in', '')
  const [password, setPassword] = useState('')
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => api.get('/setup', SetupState) })
  const signIn = useMutation({
    mutationFn: () => api.post('/session', Session, { address, password }),
    onSuccess: (session) => {
      forget()
      client.clear()
      client.setQueryData(sessionQuery.queryKey, session)
      void navigate({ href: back, replace: true })
    },
  })
  const problem = useFieldProblem(signIn.error)
  return (
    <Sheet title={t('signIn.title')}>
      {setup.data?.needed ? <Banner tone="waiting">{t('signIn.setupNeeded')}</Banner> : null}
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          signIn.mutate()
        }}
      >
        {signIn.error ? <ProblemBanner sentence={sentence(signIn.error)} /> : null}
        <TextField
          label={t('address')}
          type="email"
          autoComplete="username"
          value={address}
          onText={setAddress}
          problem={problem('address')}
          required
        />
        <TextField
          label={t('password')}
          type="password"
          autoComplete="current-password"
          value={password}
          onText={setPassword}
          problem={problem('password')}
          required
        />
        <div>
          <Button type="submit" look="primary" busy={signIn.isPending}>
            {signIn.isPending ? t('signIn.acting') : t('signIn.act')}
          </Button>
        </div>
      </form>
      <p className={styles['foot']}>
        <Link to="/forgotten">{t('signIn.forgotten')}</Link>
      </p>
    </Sheet>
  )
}
