/** Subject and body of a text that goes to many: two fields, and the variables to click in where one is typing. */
import { useRef } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { after } from '../client/clock.ts'
import { TextArea, TextField } from '../ui/field.tsx'
import styles from './message-text.module.css'
import { useCustomVariables } from './custom-variables.ts'
import { inserted, variablesFor } from './variables.ts'

export interface Words {
  readonly subject: string
  readonly body: string
}

interface MessageTextProps {
  readonly text: Words
  /** Where the text goes: which variables there are. */
  readonly place: 'campaign' | 'outside'
  readonly keep: (text: Words) => void
  readonly problem?: (field: 'subject' | 'body') => string | undefined
  /** Stands between the body and the variables. */
  readonly children?: ReactNode
  readonly lang?: 'en' | 'de'
  /** A text without a subject of its own. */
  readonly only?: 'body'
}

export function MessageText(props: MessageTextProps): ReactElement {
  const { text, place, keep, problem, children, lang, only } = props
  const { t } = useTranslation('bulk')
  const body = useRef<HTMLTextAreaElement>(null)
  const subject = useRef<HTMLInputElement>(null)
  const last = useRef<'subject' | 'body'>('body')

  function insert(name: string): void {
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
      {only === 'body' ? null : (
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
      )}
      <TextArea
        ref={body}
        label={t('body')}
        lang={lang}
        rows={only === 'body' ? 9 : 14}
        value={text.body}
        problem={problem?.('body')}
        onFocus={() => {
          last.current = 'body'
        }}
        onText={(value) => keep({ ...text, body: value })}
      />
      {children}
      {only === 'body' ? (
        <details className={styles['variables']}>
          <summary>{t('variables')}</summary>
          <Variables place={place} insert={insert} />
        </details>
      ) : (
        <fieldset className={styles['variables']}>
          <legend>{t('variables')}</legend>
          <Variables place={place} insert={insert} />
        </fieldset>
      )}
    </>
  )
}

function Variables(props: {
  readonly place: MessageTextProps['place']
  readonly insert: (name: string) => void
}): ReactElement {
  const { t } = useTranslation('bulk')
  const own = useCustomVariables()
  const { place, insert } = props
  return (
    <>
      <p className={styles['quiet']}>{t('variablesHint')}</p>
      <ul>
        {variablesFor(place).map((name) => (
          <li key={name}>
            <button type="button" onClick={() => insert(name)}>{`{{ ${name} }}`}</button>
            <span>{t(`variable.${name}`)}</span>
          </li>
        ))}
        {own.map((name) => (
          <li key={name}>
            <button type="button" onClick={() => insert(name)}>{`{{ ${name} }}`}</button>
            <span>{t('variableOwn')}</span>
          </li>
        ))}
      </ul>
      <p className={styles['quiet']}>{t('otherwise', { example: '{{ first_name | default: "…" }}' })}</p>
    </>
  )
}
