/** Whom people may ask; shown at the end of the help, and nothing of it while it is empty. */
import type { ServerSettings } from '@kontor/api/server'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { SettingsForm } from '../ui/form.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useSettingChange, useSupportCheck } from './asks.ts'
import styles from './server.module.css'
import { SettingFrame } from './setting-frame.tsx'
import { Verdict } from './verdict.tsx'

export function SupportForm({ settings }: { readonly settings: ServerSettings }): ReactElement {
  const { t } = useTranslation('server')
  const sentence = useProblemSentence()
  const { version, ...state } = settings.support
  const [draft, type, forget] = useDraft<Partial<typeof state>>('server.support', {})
  const typed = { ...state, ...draft }
  const save = useSettingChange<object>('support')
  const problem = useFieldProblem(save.error)
  const check = useSupportCheck()
  const changed = JSON.stringify(typed) !== JSON.stringify(state)
  const filled = Object.values(state).some((contact) => contact !== '')
  return (
    <SettingFrame setting="support" title={t('support.title')} intro={t('support.intro')} state={{ version }}>
      <SettingsForm
        changed={changed}
        saving={save.isPending}
        saved={save.isSuccess}
        problem={save.error ? sentence(save.error) : undefined}
        save={() => save.mutate({ ...typed, version }, { onSuccess: forget })}
        discard={forget}
      >
        <TextField
          label={t('support.chatUrl')}
          hint={t('support.urlHint')}
          type="url"
          value={typed.chatUrl}
          onText={(chatUrl) => type({ ...draft, chatUrl })}
          problem={problem('chatUrl')}
        />
        <TextField
          label={t('support.communityUrl')}
          hint={t('support.urlHint')}
          type="url"
          value={typed.communityUrl}
          onText={(communityUrl) => type({ ...draft, communityUrl })}
          problem={problem('communityUrl')}
        />
        <TextField
          label={t('support.adminAddress')}
          type="email"
          value={typed.adminAddress}
          onText={(adminAddress) => type({ ...draft, adminAddress })}
          problem={problem('adminAddress')}
        />
      </SettingsForm>
      {filled && !changed ? (
        <div className={styles['acts']}>
          <Button busy={check.isPending} onClick={() => check.mutate()}>
            {check.isPending ? t('support.checking') : t('support.check')}
          </Button>
        </div>
      ) : null}
      <div aria-live="polite">
        {check.error ? <ProblemBanner sentence={sentence(check.error)} /> : null}
        {changed || check.isPending
          ? null
          : check.data?.rows.map(({ contact, verdict }) => (
              <Verdict
                key={contact}
                good={verdict === 'answers' || verdict === 'takes_mail'}
                sentence={`${t(`support.${contact}`)}: ${t(`support.verdict.${verdict}`)}`}
              />
            ))}
      </div>
    </SettingFrame>
  )
}
