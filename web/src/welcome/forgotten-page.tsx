/** A forgotten password: a link by mail where Kontor can send one, otherwise whom to ask. */
import { Done } from '@kontor/api/common'
import { ResetState } from '@kontor/api/team'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { api } from '../client/http.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { Sheet } from './frame.tsx'
import styles from './welcome.module.css'

export function ForgottenPage(): ReactElement {
  const { t } = useTranslation('welcome')
  const sentence = useProblemSentence()
  const state = useQuery({
    queryKey: ['password-resets'],
    queryFn: () => api.get('/password-resets', ResetState),
  })
  const [address, setAddress] = useDraft('sign-in', '')
  const ask = useMutation({ mutationFn: () => api.post('/password-resets', Done, { address }) })
  const problem = useFieldProblem(ask.error)
  const back = (
    <p className={styles['foot']}>
      <Link to="/sign-in">{t('forgotten.back')}</Link>
    </p>
  )
  if (state.isPending) return <main aria-busy="true" />
  if (state.error) return <Sheet title={t('forgotten.title')} sentence={sentence(state.error)} />
  if (!state.data.byMail)
    return (
      <Sheet title={t('forgotten.title')} sentence={t('forgotten.byAdmin')}>
        <p className={styles['foot']}>{t('forgotten.terminal')}</p>
        <pre className={styles['command']}>npm run reset-password -- {address || t('forgotten.example')}</pre>
        {back}
      </Sheet>
    )
  if (ask.isSuccess)
    return (
      <Sheet title={t('forgotten.title')} sentence={t('forgotten.sent', { address })}>
        {back}
      </Sheet>
    )
  return (
    <Sheet title={t('forgotten.title')} sentence={t('forgotten.sentence')}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          ask.mutate()
        }}
      >
        {ask.error ? <ProblemBanner sentence={sentence(ask.error)} /> : null}
        <TextField
          label={t('address')}
          type="email"
          autoComplete="username"
          value={address}
          onText={setAddress}
          problem={problem('address')}
          required
        />
        <div>
          <Button type="submit" look="primary" busy={ask.isPending}>
            {t('forgotten.act')}
          </Button>
        </div>
      </form>
      {back}
    </Sheet>
  )
}
