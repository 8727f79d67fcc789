/** Name, address and password of a new person, as set-up and invitation ask for them. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../ui/field.tsx'

export interface PersonDraft {
  readonly name: string
  readonly address: string
}

interface PersonFieldsProps {
  readonly person: PersonDraft
  readonly change: (person: PersonDraft) => void
  readonly password: string
  readonly changePassword: (password: string) => void
  readonly problem: (path: string) => string | undefined
}

export function PersonFields(props: PersonFieldsProps): ReactElement {
  const { t } = useTranslation('welcome')
  const { person, change, problem } = props
  return (
    <>
      <TextField
        label={t('name')}
        value={person.name}
        onText={(name) => change({ ...person, name })}
        problem={problem('name')}
        autoComplete="name"
        required
        maxLength={120}
      />
      <TextField
        label={t('address')}
        hint={t('addressHint')}
        type="email"
        value={person.address}
        onText={(address) => change({ ...person, address })}
        problem={problem('address')}
        autoComplete="username"
        required
      />
      <TextField
        label={t('password')}
        hint={t('passwordHint')}
        type="password"
        value={props.password}
        onText={props.changePassword}
        problem={problem('password')}
        autoComplete="new-password"
        minLength={10}
        required
      />
    </>
  )
}
