/** Account Settings → Security: the password, and every browser in which one is signed in. */
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { SettingsTabs } from '../parts/settings-tabs.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Note } from '../ui/form.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Banner, Loading, ProblemBanner } from '../ui/states.tsx'
import { Timetable, TimetableRow } from '../ui/timetable.tsx'
import { useOwnSessions, usePasswordChange, useSignOutElsewhere } from './asks.ts'
import { deviceName } from './device.ts'
import styles from './settings.module.css'

export function SecurityPage(): ReactElement {
  const { t } = useTranslation('settings')
  return (
    <Page title={t('title')} width="narrow">
      <SettingsTabs />
      <Section title={t('security.password')}>
        <PasswordForm />
      </Section>
      <SignedInList />
    </Page>
  )
}

function PasswordForm(): ReactElement {
  const { t } = useTranslation('settings')
  const sentence = useProblemSentence()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = usePasswordChange()
  const problem = useFieldProblem(change.error)
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate(
          { current, password },
          {
            onSuccess: () => {
              setCurrent('')
              setPassword('')
            },
          },
        )
      }}
    >
      <Note>{t('security.passwordNote')}</Note>
      {change.error ? <ProblemBanner sentence={sentence(change.error)} /> : null}
      {change.isSuccess ? <Banner>{t('security.changed')}</Banner> : null}
      <TextField
        label={t('security.current')}
        type="password"
        value={current}
        onText={setCurrent}
        problem={problem('current')}
        autoComplete="current-password"
        required
      />
      <TextField
        label={t('security.fresh')}
        hint={t('security.freshHint')}
        type="password"
        value={password}
        onText={setPassword}
        problem={problem('password')}
        autoComplete="new-password"
        minLength={10}
        maxLength={200}
        required
      />
      <div>
        <Button
          type="submit"
          look={current !== '' && password !== '' ? 'primary' : 'plain'}
          busy={change.isPending}
        >
          {t('security.change')}
        </Button>
      </div>
    </form>
  )
}

function SignedInList(): ReactElement {
  const { t } = useTranslation('settings')
  const times = useTimes()
  const sentence = useProblemSentence()
  const sessions = useOwnSessions()
  const signOut = useSignOutElsewhere()
  const rows = sessions.data?.rows ?? []
  const failed = sessions.error ?? signOut.error
  return (
    <Section
      title={t('security.signedIn')}
      acts={
        rows.length > 1 ? (
          <Button look="link" busy={signOut.isPending} onClick={() => signOut.mutate(undefined)}>
            {t('security.everywhereElse')}
          </Button>
        ) : null
      }
    >
      {failed ? <ProblemBanner sentence={sentence(failed)} /> : null}
      {sessions.isPending ? <Loading /> : null}
      <Timetable label={t('security.signedIn')}>
        {rows.map((one) => (
          <TimetableRow key={one.id} gutter={times.gutter(one.seenAt)} past={!one.current} height="tall">
            <div className={styles['session']}>
              <span>
                <b>{deviceName(one.device) ?? t('security.unknownDevice')}</b>
                <small>
                  {one.current ? t('security.here') : t('security.since', { when: times.full(one.since) })}
                </small>
              </span>
              {one.current ? null : (
                <Button
                  look="quiet"
                  busy={signOut.isPending}
                  onClick={() => signOut.mutate(one.id)}
                  aria-label={t('security.signOutOf', {
                    device: deviceName(one.device) ?? t('security.unknownDevice'),
                  })}
                >
                  {t('security.signOut')}
                </Button>
              )}
            </div>
          </TimetableRow>
        ))}
      </Timetable>
    </Section>
  )
}
