/** The form of one text: subject, body, the variables to click in, and what is wrong with those that stand in it. */
import type { Campaign, CampaignText } from '@kontor/api/campaigns'
import { useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { after } from '../client/clock.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { TextArea, TextField } from '../ui/field.tsx'
import { Banner, ProblemBanner } from '../ui/states.tsx'
import { useSaveText } from './asks.ts'
import styles from './campaigns.module.css'
import { SaveBar } from './save-bar.tsx'
import { type VariableName, findings, inserted, variableNames } from './variables.ts'

interface FormProps {
  readonly campaign: Campaign
  readonly text: CampaignText
  readonly changed: boolean
  readonly keep: (text: CampaignText) => void
  readonly forget: () => void
}

export function MessageForm({ campaign, text, changed, keep, forget }: FormProps): ReactElement {
  const { t } = useTranslation('campaigns')
  const sentence = useProblemSentence()
  const save = useSaveText(campaign.id)
  const fieldProblem = useFieldProblem(save.error)
  const body = useRef<HTMLTextAreaElement>(null)
  const subject = useRef<HTMLInputElement>(null)
  const last = useRef<'subject' | 'body'>('body')

  function insert(name: VariableName): void {
    const part = last.current
    const field = part === 'subject' ? subject.current : body.current
    const from = field?.selectionStart ?? text[part].length
    const next = inserted(text[part], name, { from, to: field?.selectionEnd ?? from })
    keep({ ...text, [part]: next.text })
    after(0, () => {
      field?.focus()
      field?.setSelectionRange(next.cursor, next.cursor)
    })
  }
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(text, { onSuccess: forget })
      }}
    >
      {save.error ? <ProblemBanner sentence={t('messages.failed', { why: sentence(save.error) })} /> : null}
      <TextField
        ref={subject}
        label={t('messages.subject')}
        value={text.subject}
        maxLength={300}
        problem={fieldProblem('subject')}
        onFocus={() => {
          last.current = 'subject'
        }}
        onText={(value) => keep({ ...text, subject: value })}
      />
      <TextArea
        ref={body}
        label={t('messages.body')}
        rows={14}
        value={text.body}
        problem={fieldProblem('body')}
        onFocus={() => {
          last.current = 'body'
        }}
        onText={(value) => keep({ ...text, body: value })}
      />
      <Findings text={text} />
      <fieldset className={styles['variables']}>
        <legend>{t('messages.variables')}</legend>
        <p className={styles['quietText']}>{t('messages.variablesHint')}</p>
        <ul>
          {variableNames.map((name) => (
            <li key={name}>
              <button type="button" onClick={() => insert(name)}>{`{{ ${name} }}`}</button>
              <span>{t(`messages.variable.${name}`)}</span>
            </li>
          ))}
        </ul>
      </fieldset>
      <SaveBar
        label={t('messages.save')}
        changed={changed}
        saving={save.isPending}
        saved={save.isSuccess}
        forget={forget}
      />
      <p className={styles['quietText']}>{t('messages.frozen')}</p>
    </form>
  )
}

function Findings({ text }: { readonly text: CampaignText }): ReactElement | null {
  const { t } = useTranslation('campaigns')
  const found = findings(`${text.subject}\n${text.body}`)
  const missing = text.kind === 'invitation' && text.body !== '' && !found.used.includes('brief_link')
  if (found.unknown.length === 0 && !found.broken && !missing) return null
  const names = found.unknown.map((name) => `{{ ${name} }}`).join(', ')
  return (
    <Banner tone="waiting">
      {found.broken ? <p>{t('messages.broken', { example: '{{ name }}' })}</p> : null}
      {found.unknown.length > 0 ? <p>{t('messages.unknown', { names })}</p> : null}
      {missing ? <p>{t('messages.linkMissing', { name: '{{ brief_link }}' })}</p> : null}
    </Banner>
  )
}
