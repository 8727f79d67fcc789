/** The mail server for the system's own mails, with a test that says precisely what does not fit. */
import type { ServerSettings } from '@kontor/api/server'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Select, TextField } from '../ui/field.tsx'
import { FieldLine } from '../ui/form.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useSettingChange, useTestMail } from './asks.ts'
import styles from './server.module.css'
import { SettingFrame } from './setting-frame.tsx'
import { Verdict } from './verdict.tsx'

type Security = ServerSettings['systemMail']['security']
const usualPort: Readonly<Record<Security, number>> = { tls: 465, starttls: 587, none: 25 }

export function MailForm({ settings }: { readonly settings: ServerSettings }): ReactElement {
  const { t } = useTranslation('server')
  const sentence = useProblemSentence()
  const { version, from, passwordSet, ...state } = settings.systemMail
  const [draft, type, forget] = useDraft<Partial<typeof state>>('server.mail', {})
  const typed = { ...state, ...draft }
  const [password, setPassword] = useState('')
  const save = useSettingChange<object>('system-mail')
  const test = useTestMail()
  const problem = useFieldProblem(save.error)
  const changed = JSON.stringify(typed) !== JSON.stringify(state) || password !== ''
  const keptPassword = passwordSet && typed.host === state.host && typed.user === state.user
  function forgetTyped(): void {
    forget()
    setPassword('')
  }
  function secure(security: Security): void {
    const usual = Object.values(usualPort).includes(typed.port)
    type({ ...draft, security, port: usual ? usualPort[security] : typed.port })
  }
  return (
    <SettingFrame
      setting="system-mail"
      title={t('mail.title')}
      intro={t('mail.intro')}
      state={{ from, version }}
      removal={t('clearMail')}
      removed={() => {
        forgetTyped()
        test.reset()
      }}
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (!changed) return test.mutate()
          const body = { ...typed, ...(password === '' ? {} : { password }), version }
          save.mutate(body, { onSuccess: () => (forgetTyped(), test.mutate()) })
        }}
      >
        {save.error ? <ProblemBanner sentence={sentence(save.error)} /> : null}
        <div className={styles['host']}>
          <TextField
            label={t('mail.host')}
            value={typed.host}
            onText={(host) => type({ ...draft, host })}
            problem={problem('host')}
            autoComplete="off"
            spellCheck={false}
            required
          />
          <TextField
            label={t('mail.port')}
            type="number"
            min={1}
            max={65_535}
            value={typed.port}
            onText={(text) => type({ ...draft, port: Number(text) })}
            problem={problem('port')}
            required
          />
        </div>
        <Select<Security>
          label={t('mail.security')}
          value={typed.security}
          onChoose={secure}
          options={(['starttls', 'tls', 'none'] as const).map((value) => ({
            value,
            label: t(`mail.${value}`),
          }))}
        />
        <FieldLine>
          <TextField
            label={t('mail.user')}
            hint={t('mail.userHint')}
            value={typed.user}
            onText={(user) => type({ ...draft, user })}
            problem={problem('user')}
            autoComplete="off"
            spellCheck={false}
          />
          <TextField
            label={t('mail.password')}
            hint={keptPassword ? t('app.secretKept') : t('app.secretNew')}
            type="password"
            value={password}
            onText={setPassword}
            problem={problem('password')}
            autoComplete="new-password"
          />
        </FieldLine>
        <TextField
          label={t('mail.from')}
          hint={t('mail.fromHint')}
          type="email"
          value={typed.fromAddress}
          onText={(fromAddress) => type({ ...draft, fromAddress })}
          problem={problem('fromAddress')}
          autoComplete="off"
          required
        />
        <div className={styles['acts']}>
          <Button type="submit" look={changed ? 'primary' : 'plain'} busy={save.isPending || test.isPending}>
            {test.isPending ? t('mail.testing') : changed || !from ? t('mail.save') : t('mail.test')}
          </Button>
        </div>
      </form>
      <div aria-live="polite">
        {test.error ? <ProblemBanner sentence={sentence(test.error)} /> : null}
        {test.data && !test.isPending ? (
          <Verdict
            good={test.data.verdict === 'sent'}
            sentence={t(`mail.verdict.${test.data.verdict}`, { to: test.data.to })}
            detail={test.data.detail ? t('mail.own', { detail: test.data.detail }) : undefined}
          />
        ) : null}
      </div>
    </SettingFrame>
  )
}
