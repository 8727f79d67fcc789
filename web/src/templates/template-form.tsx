/** The form of a template: name, what it is for, and its text in one language at a time. */
import { TemplateKind } from '@kontor/api/templates'
import type { TemplateOpened } from '@kontor/api/templates'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { textsOf } from '../parts/bulk-text.ts'
import { LanguageTabs } from '../parts/language-tabs.tsx'
import { MessageText } from '../parts/message-text.tsx'
import { Button } from '../ui/button.tsx'
import { Select, TextField } from '../ui/field.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useSaveTemplate } from './asks.ts'
import type { TemplateDraft } from './template-draft.ts'
import styles from './templates.module.css'

interface FormProps {
  readonly id?: string
  readonly draft: TemplateDraft
  readonly changed: boolean
  readonly language: 'en' | 'de'
  readonly choose: (language: 'en' | 'de') => void
  readonly keep: (draft: TemplateDraft) => void
  readonly forget: () => void
  readonly saved: (template: TemplateOpened) => void
}

export function TemplateForm(props: FormProps): ReactElement {
  const { t } = useTranslation('templates')
  const { t: shell } = useTranslation('shell')
  const { t: parts } = useTranslation('parts')
  const sentence = useProblemSentence()
  const { draft, changed, language, keep } = props
  const save = useSaveTemplate(props.id)
  const texts = textsOf(draft)
  const other = language === 'en' ? 'de' : 'en'
  const lone = draft[language].body.trim() === '' && draft[other].body.trim() !== ''
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        const { name, kind } = draft
        if (texts) save.mutate({ name, kind, texts }, { onSuccess: props.saved })
      }}
    >
      {save.error ? <ProblemBanner sentence={t('failed', { why: sentence(save.error) })} /> : null}
      <div className={styles['head']}>
        <TextField
          label={t('name')}
          value={draft.name}
          maxLength={120}
          autoComplete="off"
          onText={(name) => keep({ ...draft, name })}
        />
        <Select
          label={t('kind')}
          value={draft.kind}
          options={TemplateKind.options.map((kind) => ({ value: kind, label: parts(`kind.${kind}`) }))}
          onChoose={(kind) => keep({ ...draft, kind })}
        />
      </div>
      <div>
        <LanguageTabs language={language} choose={props.choose} />
        {lone ? <p className={styles['quiet']}>{t('alone', { language: t(`language.${other}`) })}</p> : null}
      </div>
      <MessageText
        key={language}
        lang={language}
        text={draft[language]}
        place="campaign"
        keep={(words) => keep({ ...draft, [language]: words })}
      >
        <div className={styles['save']}>
          <Button
            type="submit"
            look="primary"
            busy={save.isPending}
            disabled={!changed || !texts || draft.name.trim() === ''}
          >
            {t('save')}
          </Button>
          {changed ? <Button onClick={props.forget}>{shell('act.discard')}</Button> : null}
          <span role="status" className={styles['quiet']}>
            {changed
              ? texts
                ? shell('act.unsaved')
                : t('needsBoth')
              : save.isSuccess
                ? shell('act.saved')
                : null}
          </span>
        </div>
      </MessageText>
    </form>
  )
}
