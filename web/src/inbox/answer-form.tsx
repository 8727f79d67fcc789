/** The form of an answer: sender, text, send. Ctrl or Command with Enter sends; Escape closes and keeps the text. */
import type { Conversation } from '@kontor/api/inbox'
import { useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { freshKey } from '../client/clock.ts'
import type { useDraft } from '../client/draft.ts'
import { ProblemError } from '../client/http.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Select, TextArea } from '../ui/field.tsx'
import { Banner, ProblemBanner } from '../ui/states.tsx'
import { type AnswerDraft, senderOf, typed } from './answer-draft.ts'
import { useAnswer } from './asks.ts'
import styles from './inbox.module.css'

interface FormProps {
  readonly conversation: Conversation
  readonly draft: ReturnType<typeof useDraft<AnswerDraft>>
  readonly close: () => void
}

export function AnswerForm({ conversation, draft: [draft, keep, forget], close }: FormProps): ReactElement {
  const { t } = useTranslation('inbox')
  const { t: shell } = useTranslation('shell')
  const answer = useAnswer(conversation.id)
  const sender = senderOf(draft, conversation.senders)
  const field = useRef<HTMLTextAreaElement>(null)
  const ready = draft.text.trim() !== '' && sender !== undefined && !answer.isPending
  useEffect(() => field.current?.focus(), [])

  function send(overtake?: true): void {
    if (!ready || !sender) return
    const { text, key, version } = draft
    answer.mutate(
      {
        key,
        mailboxId: sender.mailboxId,
        text,
        ...(version === undefined ? {} : { version }),
        ...(overtake ? { overtake } : {}),
      },
      {
        onSuccess: () => {
          forget()
          close()
        },
      },
    )
  }
  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      send()
    }
    if (event.key === 'Escape') close()
  }
  return (
    <form
      className={styles['answer']}
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <AnswerProblem
        error={answer.error}
        anyway={() => send(true)}
        read={() => {
          keep({ ...draft, version: conversation.version })
          answer.reset()
        }}
      />
      <div className={styles['answerField']}>
        <TextArea
          ref={field}
          label={t('answer.label', { name: conversation.contactName })}
          rows={6}
          value={draft.text}
          onText={(text) => keep(typed(draft, text, conversation.version, freshKey()))}
        />
      </div>
      <div className={styles['deskActs']}>
        <Button type="submit" look="primary" busy={answer.isPending} disabled={!ready}>
          {t('answer.send')}
        </Button>
        <Button onClick={close}>{shell('act.close')}</Button>
        <span className={styles['from']}>
          <Select
            label={t('answer.from')}
            hideLabel
            compact
            value={sender?.mailboxId ?? ''}
            options={conversation.senders.map((one) => ({
              value: one.mailboxId,
              label: `${t('answer.from')}: ${one.address}`,
            }))}
            onChoose={(mailboxId) => keep({ ...draft, mailboxId })}
          />
        </span>
        <p className={styles['deskNote']}>
          {sender?.level === 'send_only' ? t('answer.sendOnly') : t('answer.signature')}{' '}
          <span className={styles['keysNote']}>{t('answer.keys', { key: sendKey() })}</span>
        </p>
      </div>
    </form>
  )
}

function AnswerProblem(props: {
  readonly error: Error | null
  readonly anyway: () => void
  readonly read: () => void
}): ReactElement | null {
  const { t } = useTranslation('inbox')
  const sentence = useProblemSentence()
  if (!props.error) return null
  if (!(props.error instanceof ProblemError) || props.error.code !== 'answered_meanwhile')
    return <ProblemBanner sentence={t('answer.failed', { why: sentence(props.error) })} />
  return (
    <Banner
      tone="waiting"
      act={
        <span className={styles['bannerActs']}>
          <Button onClick={props.read}>{t('answer.read')}</Button>
          <Button look="link" onClick={props.anyway}>
            {t('answer.anyway')}
          </Button>
        </span>
      }
    >
      <strong>{t('answer.overtaken', { name: String(props.error.values['by'] ?? '') })}</strong>
      <br />
      {t('answer.overtakenBody')}
    </Banner>
  )
}

/** The key of the keyboard at hand: Apple keyboards say ⌘. */
function sendKey(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'
}
