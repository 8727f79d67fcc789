/** Who you are here: name, language, appearance. */
import { Session } from '@kontor/api/team'
import type { Language } from '@kontor/api/common'
import { useMantineColorScheme } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { api } from '../client/http.ts'
import { speak, useLanguage } from '../client/language.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { sessionQuery, useSession } from '../client/session.ts'
import { SettingsTabs } from '../parts/settings-tabs.tsx'
import { Radios, TextField } from '../ui/field.tsx'
import { SettingsForm } from '../ui/form.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemBanner } from '../ui/states.tsx'

export function ProfilePage(): ReactElement {
  const { t } = useTranslation('settings')
  return (
    <Page title={t('title')} width="narrow">
      <SettingsTabs />
      <NameForm />
      <LanguageChoice />
      <AppearanceChoice />
    </Page>
  )
}

function useProfileChange() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: { name?: string; language?: Language }) => api.patch('/me', Session, change),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  })
}

function NameForm(): ReactElement {
  const { t } = useTranslation('settings')
  const { person } = useSession()
  const sentence = useProblemSentence()
  const [name, setName, forget] = useDraft('profile.name', person.name)
  const change = useProfileChange()
  const problem = useFieldProblem(change.error)
  return (
    <SettingsForm
      changed={name !== person.name}
      saving={change.isPending}
      saved={change.isSuccess}
      problem={change.error ? sentence(change.error) : undefined}
      save={() => change.mutate({ name })}
      discard={() => {
        forget()
        setName(person.name)
      }}
    >
      <TextField
        label={t('profile.name')}
        value={name}
        onText={setName}
        problem={problem('name')}
        autoComplete="name"
        required
        maxLength={120}
      />
      <TextField label={t('profile.address')} value={person.address} readOnly />
    </SettingsForm>
  )
}

function LanguageChoice(): ReactElement {
  const { t } = useTranslation('settings')
  const language = useLanguage()
  const sentence = useProblemSentence()
  const change = useProfileChange()
  return (
    <>
      {change.error ? <ProblemBanner sentence={sentence(change.error)} /> : null}
      <Radios<Language>
        legend={t('profile.language')}
        value={language}
        options={[
          { value: 'en', label: <span lang="en">English</span> },
          { value: 'de', label: <span lang="de">Deutsch</span> },
        ]}
        onChoose={(next) => {
          void speak(next)
          change.mutate({ language: next })
        }}
      />
      <br />
    </>
  )
}

function AppearanceChoice(): ReactElement {
  const { t } = useTranslation('settings')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Radios
      legend={t('profile.appearance')}
      value={colorScheme}
      options={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`profile.${value}`) }))}
      onChoose={setColorScheme}
    />
  )
}
