/** One answer: its draft, its questions (somebody was faster, somebody changed the draft), and how it goes. */
import type { Conversation, Draft } from '@kontor/api/inbox'
import { useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { freshKey } from '../client/clock.ts'
import { ProblemError } from '../client/http.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Composer, type Going } from '../parts/composer/composer.tsx'
import { LetterTemplate } from '../parts/composer/letter-template.tsx'
import { blankLetter, isBlank, type Letter, saveOf } from '../parts/composer/letter.ts'
import { useSharedDraft } from '../parts/composer/use-shared-draft.ts'
import { Button } from '../ui/button.tsx'
import { Banner, ProblemBanner } from '../ui/states.tsx'
import { AskApproval } from './ask-approval.tsx'
import { usePerson } from './asks.ts'
import { useAnswer, useAskApproval } from './tells.ts'
import type { SentBefore } from './known-bar.tsx'
import type { Undoable } from './undo-bar.tsx'
import { undoUntil } from './undo-bar.tsx'
import styles from './inbox.module.css'

/** What the page says of a reply that was sent. */
export type Sent = SentBefore | Undoable

interface ReplyProps {
  readonly name: string
  readonly conversation: Conversation
  readonly server: Draft | undefined
  readonly close: () => void
  readonly sent: (sent: Sent) => void
  readonly next: () => void
}

export function Reply({ name, conversation, server, close, sent, next }: ReplyProps): ReactElement {
  const { t } = useTranslation('inbox')
  const { closedSender, contactName, contactId, campaignId } = conversation
  const start = closedSender ? { ...blankLetter, cc: [closedSender.address] } : blankLetter
  const draft = useSharedDraft(name, { contactId, campaignId }, { server, start })
  const usedLanguage = usePerson(contactId).data?.language ?? 'en'
  const answer = useAnswer(conversation.id)
  const ask = useAskApproval()
  const [key, setKey] = useState(freshKey)
  const [going, setGoing] = useState<Going>('now')
  const { letter } = draft
  const onlyAsk = conversation.senders.length === 0 && closedSender !== undefined
  const senders = onlyAsk ? [{ ...closedSender, filesLimit: Number.MAX_SAFE_INTEGER }] : conversation.senders
  const sender =
    conversation.senders.find((one) => one.mailboxId === letter.mailboxId) ?? conversation.senders[0]

  function change(to: Partial<Letter> | ((letter: Letter) => Partial<Letter>)): void {
    setKey(freshKey())
    draft.change((before) => {
      const made = typeof to === 'function' ? to(before) : to
      // remembers what was on the screen when the first word was typed
      return isBlank(before) ? { seenVersion: conversation.version, ...made } : made
    })
  }
  async function askOwner(): Promise<void> {
    if (!closedSender) return
    draft.change({
      mailboxId: closedSender.mailboxId,
      cc: letter.cc.filter((one) => one !== closedSender.address),
    })
    const draftId = await draft.settle()
    if (draftId !== undefined) ask.mutate({ draftId, personId: closedSender.ownerId }, { onSuccess: close })
  }
  async function send(how: Going, overtake?: true): Promise<void> {
    setGoing(how)
    if (onlyAsk) return await askOwner()
    if (!sender) return
    const draftId = await draft.settle()
    const { seenVersion, ...words } = saveOf(letter)
    answer.mutate(
      {
        ...words,
        key,
        mailboxId: sender.mailboxId,
        to: conversation.replyTo.address,
        ...(seenVersion === undefined ? {} : { version: seenVersion }),
        ...(draftId === undefined ? {} : { draftId }),
        ...(overtake ? { overtake } : {}),
        ...(typeof how === 'object' ? { notBefore: how.at } : { undo: true }),
        ...(how === 'done' ? { teamState: 'done' as const } : {}),
      },
      {
        onSuccess: ({ submissionId, known }) => {
          draft.forget()
          close()
          const mail = { conversationId: conversation.id, submissionId, name: contactName }
          if (known) sent({ ...mail, known })
          else if (typeof how !== 'object') sent({ ...mail, until: undoUntil() })
          if (how === 'done') next()
        },
      },
    )
  }
  return (
    <Composer
      label={t('answer.label', { name: contactName })}
      letter={letter}
      change={change}
      senders={senders}
      to={conversation.replyTo}
      others={conversation.replyAll}
      sendLabel={onlyAsk ? t('approval.ask', { name: closedSender.ownerName }) : t('answer.send')}
      {...(onlyAsk ? {} : { doneLabel: t('answer.sendDone') })}
      send={(how) => void send(how)}
      sending={answer.isPending || ask.isPending}
      close={close}
      closeLabel={t('answer.close')}
      templates={
        <LetterTemplate
          about={{ contactId, campaignId, mailboxId: sender?.mailboxId }}
          language={usedLanguage}
          change={change}
        />
      }
      more={
        isBlank(letter) && draft.draftId === undefined ? null : (
          <Button
            look="quiet"
            onClick={() => {
              draft.discard()
              close()
            }}
          >
            {t('answer.discard')}
          </Button>
        )
      }
      banner={
        <>
          <AnswerProblem
            error={answer.error ?? ask.error}
            anyway={() => void send(going, true)}
            read={() => {
              draft.change({ seenVersion: conversation.version })
              answer.reset()
            }}
          />
          <Clash draft={draft} />
          {server?.approverId ? <AskApproval.Open draft={server} /> : null}
          {closedSender && !onlyAsk && !server?.approverId ? (
            <AskApproval.Offer sender={closedSender} ask={() => void askOwner()} busy={ask.isPending} />
          ) : null}
        </>
      }
      foot={<Foot state={draft.state} level={sender?.level} signature={sender?.signature ?? ''} />}
    />
  )
}

function Foot({
  state,
  level,
  signature,
}: {
  readonly state: 'saved' | 'saving' | 'unsaved'
  readonly level: 'full' | 'send_only' | undefined
  readonly signature: string
}): ReactElement {
  const { t } = useTranslation('inbox')
  const first = level === 'send_only' ? t('answer.sendOnly') : signature === '' ? '' : t('answer.signature')
  return (
    <>
      {first} <span className={styles['keysNote']}>{t('answer.keys', { key: sendKey() })}</span>{' '}
      {state === 'saved' ? null : <span>{t('draft.saving')}</span>}
    </>
  )
}

function Clash({ draft }: { readonly draft: ReturnType<typeof useSharedDraft> }): ReactElement | null {
  const { t } = useTranslation('inbox')
  if (draft.clash === undefined) return null
  return (
    <Question
      title={t('draft.changed', { name: draft.clash })}
      body={t('draft.changedBody')}
      acts={
        <>
          <Button onClick={draft.takeTheirs}>{t('draft.takeTheirs')}</Button>
          <Button look="link" onClick={draft.keepMine}>
            {t('draft.keepMine')}
          </Button>
        </>
      }
    />
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
  const name = String(props.error.values['by'] ?? '')
  const heard = props.error.values['what'] === 'heard'
  return (
    <Question
      title={heard ? t('answer.heard', { name }) : t('answer.overtaken', { name })}
      body={t('answer.overtakenBody')}
      acts={
        <>
          <Button onClick={props.read}>{t('answer.read')}</Button>
          <Button look="link" onClick={props.anyway}>
            {t('answer.anyway')}
          </Button>
        </>
      }
    />
  )
}

function Question({
  title,
  body,
  acts,
}: {
  readonly title: string
  readonly body: string
  readonly acts: ReactNode
}): ReactElement {
  return (
    <Banner tone="waiting" act={<span className={styles['bannerActs']}>{acts}</span>}>
      <strong>{title}</strong>
      <br />
      {body}
    </Banner>
  )
}

/** The key of the keyboard at hand: Apple keyboards say ⌘. */
function sendKey(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'
}
