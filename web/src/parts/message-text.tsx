/** Subject and body of a text that goes to many: two fields, and the variables to click in where one is typing. */
import { useRef } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { after } from '../client/clock.ts'
import { TextArea, TextField } from '../ui/field.tsx'
import { Banner } from '../ui/states.tsx'
import styles from './message-text.module.css'
import { type VariableName, findings, inserted } from './variables.ts'

export interface Words {
  readonly subject: string
  readonly body: string
}

interface MessageTextProps {
  readonly text: Words
  readonly variables: readonly VariableName[]
  readonly keep: (text: Words) => void
  readonly problem?: (field: 'subject' | 'body') => string | undefined
  /** Stands between the body and the variables. */
  readonly children?: ReactNode
  readonly lang?: 'en' | 'de'
}

export function MessageText({
  text,
  variables,
  keep,
  problem,
  children,
  lang,
}: MessageTextProps): ReactElement {
  const { t } = useTranslation('bulk')
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
    <>
      <TextField
        ref={subject}
        label={t('subject')}
        lang={lang}
        value={text.subject}
        maxLength={300}
        problem={problem?.('subject')}
        onFocus={() => {
          last.current = 'subject'
        }}
        onText={(value) => keep({ ...text, subject: value })}
      />
      <TextArea
        ref={body}
        label={t('body')}
        lang={lang}
        rows={14}
        value={text.body}
        problem={problem?.('body')}
        onFocus={() => {
          last.current = 'body'
        }}
        onText={(value) => keep({ ...text, body: value })}
      />
      <Findings text={text} known={variables} />
      {children}
      <fieldset className={styles['variables']}>
        <legend>{t('variables')}</legend>
        <p className={styles['quiet']}>{t('variablesHint')}</p>
        <ul>
          {variables.map((name) => (
            <li key={name}>
              <button type="button" onClick={() => insert(name)}>{`{{ ${name} }}`}</button>
              <span>{t(`variable.${name}`)}</span>
            </li>
          ))}
        </ul>
      </fieldset>
    </>
  )
}

function Findings(props: {
  readonly text: Words
  readonly known: readonly VariableName[]
}): ReactElement | null {
  const { t } = useTranslation('bulk')
  const found = findings(`${props.text.subject}\n${props.text.body}`, props.known)
  if (found.unknown.length === 0 && !found.broken) return null
  const names = found.unknown.map((name) => `{{ ${name} }}`).join(', ')
  return (
    <Banner tone="waiting">
      {found.broken ? <p>{t('broken', { example: '{{ name }}' })}</p> : null}
      {found.unknown.length > 0 ? <p>{t('unknown', { names })}</p> : null}
    </Banner>
  )
}
