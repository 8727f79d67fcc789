/** The team's own variables of a person, written where they are read: saved on leaving a field, taken away by emptying it. */
import type { Contact } from '@kontor/api/contacts'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { useCustomVariables } from '../parts/custom-variables.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { useSaveVariables } from './tells.ts'
import styles from './inbox.module.css'

export function PersonVariables({ person }: { readonly person: Contact }): ReactElement | null {
  const { t } = useTranslation('inbox')
  const here = useHere()
  const [adding, setAdding] = useState(false)
  const names = Object.keys(person.custom).toSorted()
  if (!here.may.act && names.length === 0) return null
  return (
    <section className={styles['variables']} aria-label={t('person.variables')}>
      <h3 className={styles['personHead']}>{t('person.variables')}</h3>
      {names.map((name) => (
        <Value key={name} person={person} name={name} />
      ))}
      {adding ? <NewVariable person={person} close={() => setAdding(false)} /> : null}
      {here.may.act && !adding ? (
        <Button look="quiet" onClick={() => setAdding(true)}>
          {t('person.addVariable')}
        </Button>
      ) : null}
    </section>
  )
}

function Value({ person, name }: { readonly person: Contact; readonly name: string }): ReactElement {
  const here = useHere()
  const sentence = useProblemSentence()
  const save = useSaveVariables(person.id)
  const stored = person.custom[name] ?? ''
  const [text, setText] = useState(stored)
  useEffect(() => setText(stored), [stored])
  if (!here.may.act)
    return (
      <p>
        <small>{name}</small>
        {stored}
      </p>
    )
  return (
    <TextField
      label={name}
      compact
      value={text}
      maxLength={1000}
      problem={save.error ? sentence(save.error) : undefined}
      onText={setText}
      onBlur={() => {
        const { [name]: _, ...others } = person.custom
        const value = text.trim()
        if (value !== stored) save.mutate(value === '' ? others : { ...others, [name]: value })
      }}
    />
  )
}

function NewVariable({
  person,
  close,
}: {
  readonly person: Contact
  readonly close: () => void
}): ReactElement {
  const { t } = useTranslation('inbox')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const known = useCustomVariables().filter((name) => person.custom[name] === undefined)
  const save = useSaveVariables(person.id)
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const problem = useFieldProblem(save.error)(`custom.${name}`)
  return (
    <form
      className={styles['newVariable']}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ ...person.custom, [name]: value.trim() }, { onSuccess: close })
      }}
    >
      <datalist id="known-variables">
        {known.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <TextField
        label={t('person.variable')}
        compact
        list="known-variables"
        value={name}
        maxLength={40}
        autoComplete="off"
        autoFocus
        problem={problem ?? (save.error ? sentence(save.error) : undefined)}
        onText={(text) => setName(text.trim().toLowerCase().replaceAll(/\s+/g, '_'))}
      />
      <TextField label={t('person.value')} compact value={value} maxLength={1000} onText={setValue} />
      <div className={styles['newVariableActs']}>
        <Button type="submit" busy={save.isPending} disabled={name === '' || value.trim() === ''}>
          {shell('act.save')}
        </Button>
        <Button look="quiet" onClick={close}>
          {shell('act.cancel')}
        </Button>
      </div>
    </form>
  )
}
