/** Behind an invitation link: who invites to what, then join as a new person or as the one who is signed in. */
import { InvitationView, Session } from '@kontor/api/team'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { api } from '../client/http.ts'
import { useLanguage } from '../client/language.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { sessionQuery } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { Sheet } from './frame.tsx'
import { PersonFields } from './person-fields.tsx'
import styles from './welcome.module.css'

export function JoinPage({ token }: { readonly token: string }): ReactElement {
  const { t } = useTranslation('welcome')
  const sentence = useProblemSentence()
  const view = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => api.get(`/invitations/${token}`, InvitationView),
    retry: false,
  })
  const session = useQuery(sessionQuery)
  if (view.isPending || session.isPending) return <main aria-busy="true" />
  if (view.error) return <Sheet title="Kontor" sentence={sentence(view.error)} />
  const { workspaceName: workspace, invitedBy: by, role } = view.data
  return (
    <Sheet
      title={t('join.title', { workspace })}
      sentence={t('join.sentence', { by, workspace, role: t(`role.${role}`) })}
    >
      {session.data ? (
        <JoinAsYou token={token} name={session.data.person.name} />
      ) : (
        <JoinAsNew token={token} />
      )}
    </Sheet>
  )
}

function useJoined(): (session: Session) => void {
  const client = useQueryClient()
  const navigate = useNavigate()
  return (session) => {
    client.setQueryData(sessionQuery.queryKey, session)
    void navigate({ to: '/' })
  }
}

function JoinAsYou({ token, name }: { readonly token: string; readonly name: string }): ReactElement {
  const { t } = useTranslation('welcome')
  const sentence = useProblemSentence()
  const joined = useJoined()
  const join = useMutation({
    mutationFn: () => api.post(`/invitations/${token}/join`, Session),
    onSuccess: joined,
  })
  return (
    <>
      {join.error ? <ProblemBanner sentence={sentence(join.error)} /> : null}
      <p className={styles['foot']}>{t('join.asYou', { name })}</p>
      <div>
        <Button look="primary" busy={join.isPending} onClick={() => join.mutate()}>
          {t('join.asYouAct', { name })}
        </Button>
      </div>
    </>
  )
}

function JoinAsNew({ token }: { readonly token: string }): ReactElement {
  const { t } = useTranslation('welcome')
  const language = useLanguage()
  const sentence = useProblemSentence()
  const joined = useJoined()
  const [person, setPerson, forget] = useDraft(`join.${token}`, { name: '', address: '' })
  const [password, setPassword] = useState('')
  const join = useMutation({
    mutationFn: () => api.post(`/invitations/${token}/accept`, Session, { ...person, password, language }),
    onSuccess: (session) => {
      forget()
      joined(session)
    },
  })
  return (
    <>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          join.mutate()
        }}
      >
        {join.error ? <ProblemBanner sentence={sentence(join.error)} /> : null}
        <PersonFields
          person={person}
          change={setPerson}
          password={password}
          changePassword={setPassword}
          problem={useFieldProblem(join.error)}
        />
        <div>
          <Button type="submit" look="primary" busy={join.isPending}>
            {join.isPending ? t('join.acting') : t('join.act')}
          </Button>
        </div>
      </form>
      <p className={styles['foot']}>
        <Link to="/sign-in" search={{ back: `/join/${token}` }}>
          {t('join.other')}
        </Link>
      </p>
    </>
  )
}
