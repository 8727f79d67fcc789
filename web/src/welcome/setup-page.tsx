/** The first page of a new Kontor, behind the one-time link of the terminal: makes the owner and the first workspace. */
import { Session, SetupState } from '@kontor/api/team'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { api } from '../client/http.ts'
import { useLanguage } from '../client/language.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { sessionQuery } from '../client/session.ts'
import { ZonePicker } from '../parts/zone-picker.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { Sheet } from './frame.tsx'
import { PersonFields } from './person-fields.tsx'
import styles from './welcome.module.css'

export function SetupPage({ token }: { readonly token: string }): ReactElement {
  const { t } = useTranslation('welcome')
  const state = useQuery({ queryKey: ['setup'], queryFn: () => api.get('/setup', SetupState) })
  if (state.data?.needed === false)
    return (
      <Sheet title={t('setup.title')} sentence={t('setup.done')}>
        <div>
          <ButtonLink look="primary" to="/sign-in">
            {t('setup.toSignIn')}
          </ButtonLink>
        </div>
      </Sheet>
    )
  if (token === '') return <Sheet title={t('setup.title')} sentence={t('setup.noToken')} />
  return (
    <Sheet title={t('setup.title')} sentence={t('setup.sentence')}>
      <SetupForm token={token} />
    </Sheet>
  )
}

function SetupForm({ token }: { readonly token: string }): ReactElement {
  const { t } = useTranslation('welcome')
  const language = useLanguage()
  const navigate = useNavigate()
  const client = useQueryClient()
  const sentence = useProblemSentence()
  const [draft, setDraft, forget] = useDraft('setup', {
    name: '',
    address: '',
    workspaceName: '',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
  const [password, setPassword] = useState('')
  const found = useMutation({
    mutationFn: () => api.post('/setup', Session, { ...draft, token, password, language }),
    onSuccess: (session) => {
      forget()
      client.setQueryData(sessionQuery.queryKey, session)
      void navigate({ to: '/start' })
    },
  })
  const problem = useFieldProblem(found.error)
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        found.mutate()
      }}
    >
      {found.error ? <ProblemBanner sentence={sentence(found.error)} /> : null}
      <PersonFields
        person={draft}
        change={(person) => setDraft({ ...draft, ...person })}
        password={password}
        changePassword={setPassword}
        problem={problem}
      />
      <TextField
        label={t('setup.workspace')}
        hint={t('setup.workspaceHint')}
        value={draft.workspaceName}
        onText={(workspaceName) => setDraft({ ...draft, workspaceName })}
        problem={problem('workspaceName')}
        autoComplete="organization"
        required
        maxLength={120}
      />
      <ZonePicker
        label={t('setup.zone')}
        value={draft.zone}
        choose={(zone) => setDraft({ ...draft, zone })}
      />
      <div>
        <Button type="submit" look="primary" busy={found.isPending}>
          {found.isPending ? t('setup.acting') : t('setup.act')}
        </Button>
      </div>
    </form>
  )
}
