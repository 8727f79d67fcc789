/**
 * Where Gmail publishes that something came, so that answers are here within seconds: the way to make it step by step, topic
 * and account, and a check that asks Gmail and then waits for its first notice. Optional; without it Kontor looks by itself.
 */
import type { ServerSettings } from '@kontor/api/server'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { CopyField } from '../parts/copy-field.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Note } from '../ui/form.tsx'
import { Fold } from '../ui/letter.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { usePushTrial, useSettingChange } from './asks.ts'
import { PushVerdict } from './push-verdict.tsx'
import styles from './server.module.css'
import { SettingFrame } from './setting-frame.tsx'

const variables = 'GOOGLE_PUSH_TOPIC, GOOGLE_PUSH_ACCOUNT, GOOGLE_PUSH_AUDIENCE'
/** Google's own program that publishes for Gmail. */
const publisher = 'gmail-api-push@system.gserviceaccount.com'

export function PushForm({ settings }: { readonly settings: ServerSettings }): ReactElement {
  const { t } = useTranslation('server')
  const sentence = useProblemSentence()
  const { topic, account, audience, pushUrl, ...state } = settings.googlePush
  const saved = { topic, account, audience }
  const [draft, type, forget] = useDraft<Partial<typeof saved>>('server.google-push', {})
  const typed = { ...saved, ...draft }
  const save = useSettingChange<object>('google-push')
  const trial = usePushTrial()
  const problem = useFieldProblem(save.error)
  const isSet = state.from !== undefined
  const changed = JSON.stringify(typed) !== JSON.stringify(saved)
  return (
    <SettingFrame
      setting="google-push"
      title={t('push.title')}
      intro={t('push.intro')}
      state={state}
      variables={variables}
      removal={t('clearPush')}
      removed={() => {
        forget()
        trial.reset()
      }}
      below={
        <>
          {isSet && !changed ? (
            <div className={styles['acts']}>
              <Button busy={trial.isPending} onClick={() => trial.mutate()}>
                {trial.isPending ? t('push.checking') : t('push.check')}
              </Button>
            </div>
          ) : null}
          <div aria-live="polite">
            {trial.error ? <ProblemBanner sentence={sentence(trial.error)} /> : null}
            {trial.data && !trial.isPending && !changed ? (
              <PushVerdict trial={trial.data} expected={{ account, audience: audience || pushUrl }} />
            ) : null}
            {isSet ? null : <Note>{t('push.none')}</Note>}
          </div>
        </>
      }
    >
      <Fold title={t('app.guide')}>
        <div className={styles['form']}>
          <ol className={styles['guide']}>
            {t('guidePush', { returnObjects: true }).map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <CopyField label={t('push.publisher')} hint={t('push.publisherHint')} value={publisher} />
          <CopyField label={t('push.url')} hint={t('push.urlHint')} value={pushUrl} />
        </div>
      </Fold>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate({ ...typed, version: state.version }, { onSuccess: () => (forget(), trial.mutate()) })
        }}
      >
        {save.error ? <ProblemBanner sentence={sentence(save.error)} /> : null}
        <TextField
          label={t('push.topic')}
          hint={t('push.topicHint')}
          value={typed.topic}
          onText={(next) => type({ ...draft, topic: next })}
          problem={problem('topic')}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <TextField
          label={t('push.account')}
          hint={t('push.accountHint')}
          type="email"
          value={typed.account}
          onText={(next) => type({ ...draft, account: next })}
          problem={problem('account')}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <TextField
          label={t('push.audience')}
          hint={t('push.audienceHint')}
          value={typed.audience}
          onText={(next) => type({ ...draft, audience: next })}
          problem={problem('audience')}
          autoComplete="off"
          spellCheck={false}
        />
        {changed || !isSet ? (
          <div className={styles['acts']}>
            <Button type="submit" look={changed ? 'primary' : 'plain'} busy={save.isPending}>
              {t('push.save')}
            </Button>
          </div>
        ) : null}
      </form>
    </SettingFrame>
  )
}
