/**
 * One mail of the history: who wrote it, the letter, what is folded, what hangs on it, and its state. The text comes
 * first; the mail's own layout is shown when asked for, or when it shows images that the text has not.
 */
import type { Conversation, HistoryEntry } from '@kontor/api/inbox'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { LetterText } from '../parts/letter-text.tsx'
import { useReasonSentence } from '../parts/reason.ts'
import { RichText } from '../parts/rich-text.tsx'
import { Button } from '../ui/button.tsx'
import { Fold } from '../ui/letter.tsx'
import { useProviderOf } from './asks.ts'
import { AttachmentList } from './attachment-list.tsx'
import { mailState, waits } from './history.ts'
import { Original } from './original.tsx'
import { useAdoptAddress, useTakeBack } from './tells.ts'
import styles from './inbox.module.css'

interface EntryProps {
  readonly entry: HistoryEntry
  readonly conversation: Conversation
}

export function MailEntry({ entry, conversation }: EntryProps): ReactElement {
  const [original, setOriginal] = useState(entry.hasHtml && (entry.inlineImages || entry.text.trim() === ''))
  return (
    <article className={styles['mail']}>
      <EntryHead entry={entry} conversation={conversation} />
      {entry.erasedAt ? (
        <Erased at={entry.erasedAt} />
      ) : (
        <Body entry={entry} original={original} show={setOriginal} />
      )}
      {entry.bounce && entry.bounce.length > 0 ? <Bounced bounce={entry.bounce} /> : null}
      <AttachmentList entry={entry} inLayout={original} />
      {entry.direction === 'in' ? <Evidence entry={entry} /> : null}
      {entry.submission ? (
        <State entry={entry} submission={entry.submission} conversationId={conversation.id} />
      ) : null}
    </article>
  )
}

function EntryHead({ entry, conversation }: EntryProps): ReactElement {
  const { t } = useTranslation('inbox')
  const special = entry.kind === 'mail' || entry.kind === 'reply' ? undefined : t(`kind.${entry.kind}`)
  return (
    <header className={styles['entryHead']}>
      <strong>{entry.fromName || entry.fromAddress}</strong>
      {entry.authorName && entry.authorName !== entry.fromName ? (
        <span>{t('conversation.writtenBy', { author: entry.authorName })}</span>
      ) : null}
      {special ? <span className={styles['special']}>{special}</span> : null}
      {entry.answeredFrom ? (
        <AnsweredFrom entry={entry} address={entry.answeredFrom} conversation={conversation} />
      ) : (
        <span className={styles['entryTo']}>{t('conversation.to', { to: entry.to })}</span>
      )}
    </header>
  )
}

/** Somebody else's address in the thread, with one click to make it the influencer's. */
function AnsweredFrom({
  entry,
  address,
  conversation,
}: {
  readonly entry: HistoryEntry
  readonly address: string
  readonly conversation: Conversation
}): ReactElement {
  const { t } = useTranslation('inbox')
  const here = useHere()
  const sentence = useProblemSentence()
  const adopt = useAdoptAddress(conversation.contactId)
  return (
    <span className={styles['answeredFrom']}>
      {t('conversation.answeredFrom', { address })}{' '}
      {here.may.act && entry.addressUnknown ? (
        <Button look="link" busy={adopt.isPending} onClick={() => adopt.mutate(address)}>
          {t('conversation.adopt', { name: conversation.contactName })}
        </Button>
      ) : null}
      {adopt.error ? (
        <span role="alert" className={styles['problemText']}>
          {' '}
          {sentence(adopt.error)}
        </span>
      ) : null}
    </span>
  )
}

function State({
  entry,
  submission,
  conversationId,
}: {
  readonly entry: HistoryEntry
  readonly submission: NonNullable<HistoryEntry['submission']>
  readonly conversationId: string
}): ReactElement {
  const { t } = useTranslation('inbox')
  const times = useTimes()
  const providerOf = useProviderOf()
  const reason = useReasonSentence()
  const sentence = useProblemSentence()
  const back = useTakeBack()
  const word = mailState(submission)
  const provider = t(`provider.${providerOf(entry.mailboxAddress)}`)
  const when = submission.expectedAt ? times.about(submission.expectedAt) : ''
  const hint = word.hint ? t(`mail.${word.hint}`, { provider }) : undefined
  const more =
    word.key === 'accepted' ? [] : [hint, submission.reason ? reason(submission.reason) : undefined]
  const why = more.filter(Boolean).join(' ')
  return (
    <p className={styles['mailState']} data-tone={word.tone} title={hint}>
      {t(`mail.${word.key}`, { when })}
      {hint && word.key === 'accepted' ? <span className="unseen">: {hint}</span> : null}
      {why ? <span className={styles['mailWhy']}>. {why}</span> : null}{' '}
      {submission.mayTakeBack && waits(entry) ? (
        <Button
          look="link"
          busy={back.isPending}
          onClick={() => back.mutate({ conversationId, submissionId: submission.id })}
        >
          {t('mail.takeBack')}
        </Button>
      ) : null}
      {back.error ? <span role="alert"> {sentence(back.error)}</span> : null}
    </p>
  )
}

function Body({
  entry,
  original,
  show,
}: {
  readonly entry: HistoryEntry
  readonly original: boolean
  readonly show: (original: boolean) => void
}): ReactElement {
  const { t } = useTranslation('inbox')
  if (entry.rich !== undefined) return <RichText html={entry.rich} links="followed" />
  return (
    <>
      {entry.shown ? (
        <p className={styles['quietText']}>
          {t(`conversation.shown.${entry.shown}`, { address: entry.mailboxAddress })}
        </p>
      ) : null}
      {original ? (
        <Original entry={entry} />
      ) : (
        <>
          {entry.text ? <LetterText text={entry.text} /> : null}
          {entry.quoted ? (
            <Fold title={t('conversation.quotedShow')}>
              <div className={styles['quoted']}>{entry.quoted}</div>
            </Fold>
          ) : null}
        </>
      )}
      {entry.hasHtml ? (
        <p className={styles['layout']}>
          <Button look="link" onClick={() => show(!original)}>
            {original ? t('conversation.plain') : t('conversation.original')}
          </Button>
        </p>
      ) : null}
    </>
  )
}

function Erased({ at }: { readonly at: string }): ReactElement {
  const { t } = useTranslation('inbox')
  const times = useTimes()
  return <p className={styles['quietText']}>{t('conversation.erased', { when: times.full(at) })}</p>
}

/** Whom a delivery report names, for good or for now; addresses that we never wrote to do not count. */
function Bounced({ bounce }: { readonly bounce: NonNullable<HistoryEntry['bounce']> }): ReactElement {
  const { t } = useTranslation('inbox')
  return (
    <ul className={styles['attachments']}>
      {bounce.map(({ address, permanent, status, blamesSender, why, ours }) => (
        <li key={address}>
          {t(`bounce.${blamesSender ? 'sender' : permanent ? 'permanent' : 'temporary'}`, { address })}{' '}
          <small>{[status, why, ours ? '' : t('bounce.foreign')].filter(Boolean).join(', ')}</small>
        </li>
      ))}
    </ul>
  )
}

/** Said quietly, because it matters only when somebody doubts it. */
function Evidence({ entry }: { readonly entry: HistoryEntry }): ReactElement | null {
  const { t } = useTranslation('inbox')
  const language = useLanguage()
  const ways = entry.evidence.flatMap((way) => {
    switch (way) {
      case 'in-reply-to':
      case 'references':
      case 'token':
      case 'provider-thread':
        return [t(`evidence.${way}`)]
      default:
        return []
    }
  })
  // a plain reply needs no reason for being one
  const because = entry.kind === 'reply' ? [] : (entry.kindEvidence ?? [])
  if (ways.length === 0 && because.length === 0) return null
  const how = new Intl.ListFormat(language).format(ways)
  return (
    <p className={styles['evidence']} title={t('evidence.hint')}>
      {[
        ...(ways.length > 0 ? [t('evidence.label', { how })] : []),
        ...(because.length > 0 ? [t('evidence.kind', { how: because.join(', ') })] : []),
      ].join('. ')}
    </p>
  )
}
