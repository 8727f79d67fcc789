/**
 * Our app at Google or Microsoft: the redirect address to register there, id and secret, a trial that says what is
 * wrong, and the way to make one step by step.
 */
import type { ServerSettings } from '@kontor/api/server'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { CopyField } from '../parts/copy-field.tsx'
import { Button } from '../ui/button.tsx'
import { Select, TextField } from '../ui/field.tsx'
import { Note } from '../ui/form.tsx'
import { Fold } from '../ui/letter.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useAppTrial, useSettingChange } from './asks.ts'
import styles from './server.module.css'
import { SettingFrame } from './setting-frame.tsx'
import { Verdict } from './verdict.tsx'

interface AppFormProps {
  readonly settings: ServerSettings
  readonly setting: 'google' | 'microsoft'
}

const variables = {
  google: 'GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET',
  microsoft: 'MICROSOFT_CLIENT_ID, MICROSOFT_CLIENT_SECRET, MICROSOFT_TENANT, MICROSOFT_CLOUD',
}
const clouds = ['global', 'gcc-high', 'dod', 'china'] as const
const guides = { google: 'guideGoogle', microsoft: 'guideMicrosoft' } as const

export function AppForm({ settings, setting }: AppFormProps): ReactElement {
  const { t } = useTranslation('server')
  const sentence = useProblemSentence()
  const state = settings[setting]
  const { tenant, cloud } = settings.microsoft
  const saved = { clientId: state.clientId, tenant, cloud }
  const [draft, type, forget] = useDraft<Partial<typeof saved>>(`server.${setting}`, {})
  const typed = { ...saved, ...draft }
  const [secret, setSecret] = useState('')
  const save = useSettingChange<object>(setting)
  const trial = useAppTrial(setting)
  const problem = useFieldProblem(save.error)
  const provider = t(`app.${setting}`)
  const isSet = state.from !== undefined
  const changed = JSON.stringify(typed) !== JSON.stringify(saved) || secret !== ''
  const body = {
    clientId: typed.clientId,
    ...(secret === '' ? {} : { clientSecret: secret }),
    ...(setting === 'microsoft' ? { tenant: typed.tenant, cloud: typed.cloud } : {}),
    version: state.version,
  }
  function forgetTyped(): void {
    forget()
    setSecret('')
  }
  return (
    <SettingFrame
      setting={setting}
      title={provider}
      intro={t(`app.${setting}Intro`)}
      state={state}
      variables={variables[setting]}
      removal={t('clearApp', { provider })}
      removed={() => {
        forgetTyped()
        trial.reset()
      }}
    >
      <CopyField label={t('app.redirect')} hint={t('app.redirectHint')} value={settings.redirectUri} />
      <Fold title={t('app.guide')}>
        <ol className={styles['guide']}>
          {t(guides[setting], { returnObjects: true }).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Fold>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (!changed) trial.mutate()
          else save.mutate(body, { onSuccess: () => (forgetTyped(), trial.mutate()) })
        }}
      >
        {save.error ? <ProblemBanner sentence={sentence(save.error)} /> : null}
        <TextField
          label={t('app.clientId')}
          value={typed.clientId}
          onText={(clientId) => type({ ...draft, clientId })}
          problem={problem('clientId')}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <TextField
          label={t('app.clientSecret')}
          hint={isSet ? t('app.secretKept') : t('app.secretNew')}
          type="password"
          value={secret}
          onText={setSecret}
          problem={problem('clientSecret')}
          autoComplete="new-password"
          required={!isSet}
        />
        {setting === 'microsoft' ? (
          <TextField
            label={t('app.tenant')}
            hint={t('app.tenantHint')}
            value={typed.tenant}
            onText={(typedTenant) => type({ ...draft, tenant: typedTenant })}
            problem={problem('tenant')}
            autoComplete="off"
            spellCheck={false}
            required
          />
        ) : null}
        {setting === 'microsoft' ? (
          <Select<typeof cloud>
            label={t('app.cloud')}
            hint={t('app.cloudHint')}
            value={typed.cloud}
            onChoose={(chosen) => type({ ...draft, cloud: chosen })}
            options={clouds.map((value) => ({ value, label: t(`app.clouds.${value}`) }))}
          />
        ) : null}
        <div className={styles['acts']}>
          <Button type="submit" look={changed ? 'primary' : 'plain'} busy={save.isPending || trial.isPending}>
            {trial.isPending
              ? t('app.checking', { provider })
              : changed || !isSet
                ? t('app.save')
                : t('app.check')}
          </Button>
        </div>
      </form>
      <div aria-live="polite">
        {trial.error ? <ProblemBanner sentence={sentence(trial.error)} /> : null}
        {trial.data && !trial.isPending ? (
          <Verdict
            good={trial.data.verdict === 'works' || trial.data.verdict === 'known'}
            sentence={t(`app.verdict.${trial.data.verdict}`, { provider })}
            detail={trial.data.verdict === 'unclear' ? trial.data.detail : undefined}
          />
        ) : null}
        {isSet || trial.data ? null : <Note>{t('app.none')}</Note>}
      </div>
    </SettingFrame>
  )
}
