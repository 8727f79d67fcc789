/**
 * One mail of the history: who wrote it, the letter, what is folded, what hangs on it, and its state.
 * Received HTML is shown only in a sandboxed frame and only when asked for; the text comes first.
 */
import type { HistoryEntry } from '@kontor/api/inbox'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useTimes } from '../client/language.ts'
import { Button } from '../ui/button.tsx'
import { Fold } from '../ui/letter.tsx'
import { LetterText } from '../parts/letter-text.tsx'
import { useReasonSentence } from '../parts/reason.ts'
import { useProviderOf } from './asks.ts'
import { AttachmentList } from './attachment-list.tsx'
import { frameDocument, type RemoteImages } from './frame.ts'
import { mailState } from './history.ts'
import styles from './inbox.module.css'

export function MailEntry({ entry }: { readonly entry: HistoryEntry }): ReactElement {
  return (
    <article className={styles['mail']}>
      <EntryHead entry={entry} />
      <Body entry={entry} />
      <AttachmentList entry={entry} />
      {entry.direction === 'in' ? <Evidence entry={entry} /> : null}
      {entry.submission ? <State entry={entry} submission={entry.submission} /> : null}
    </article>
  )
}

function EntryHead({ entry }: { readonly entry: HistoryEntry }): ReactElement {
  const { t } = useTranslation('inbox')
  const special = entry.kind === 'mail' || entry.kind === 'reply' ? undefined : t(`kind.${entry.kind}`)
  return (
    <header className={styles['entryHead']}>
      <strong>{entry.fromName || entry.fromAddress}</strong>
      {entry.authorName && entry.authorName !== entry.fromName ? (
        <span>{t('conversation.writtenBy', { author: entry.authorName })}</span>
      ) : null}
      {special ? <span>{special}</span> : null}
      {entry.answeredFrom ? (
        <span>{t('conversation.answeredFrom', { address: entry.answeredFrom })}</span>
      ) : (
        <span className={styles['entryTo']}>{t('conversation.to', { to: entry.to })}</span>
      )}
    </header>
  )
}

function State({
  entry,
  submission,
}: {
  readonly entry: HistoryEntry
  readonly submission: NonNullable<HistoryEntry['submission']>
}): ReactElement {
  const { t } = useTranslation('inbox')
  const times = useTimes()
  const providerOf = useProviderOf()
  const reason = useReasonSentence()
  const word = mailState(submission)
  const provider = t(`provider.${providerOf(entry.mailboxAddress)}`)
  const when = submission.expectedAt ? times.about(submission.expectedAt) : ''
  const hint = word.hint ? t(`mail.${word.hint}`, { provider }) : undefined
  const more = word.tone === 'quiet' ? [] : [hint, submission.reason ? reason(submission.reason) : undefined]
  const why = more.filter(Boolean).join(' ')
  return (
    <p className={styles['mailState']} data-tone={word.tone} title={hint}>
      {t(`mail.${word.key}`, { when })}
      {hint && word.tone === 'quiet' ? <span className="unseen">: {hint}</span> : null}
      {why ? <span className={styles['mailWhy']}>. {why}</span> : null}
    </p>
  )
}

function Body({ entry }: { readonly entry: HistoryEntry }): ReactElement {
  const { t } = useTranslation('inbox')
  const [original, setOriginal] = useState(false)
  return (
    <>
      {original && entry.html !== undefined ? (
        <Original entry={entry} html={entry.html} />
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
      {entry.direction === 'in' && entry.html !== undefined ? (
        <p className={styles['layout']}>
          <Button look="link" onClick={() => setOriginal(!original)}>
            {original ? t('conversation.plain') : t('conversation.original')}
          </Button>
        </p>
      ) : null}
    </>
  )
}

function Original({ entry, html }: { readonly entry: HistoryEntry; readonly html: string }): ReactElement {
  const { t } = useTranslation('inbox')
  const [images, setImages] = useState<RemoteImages>('blocked')
  return (
    <div className={styles['original']}>
      {entry.remoteImages > 0 && images === 'blocked' ? (
        <p className={styles['images']}>
          {t('conversation.images', { count: entry.remoteImages })}{' '}
          <Button look="link" onClick={() => setImages('loaded')}>
            {t('conversation.imagesAct')}
          </Button>
        </p>
      ) : null}
      <iframe
        key={images}
        className={styles['frame']}
        sandbox=""
        referrerPolicy="no-referrer"
        srcDoc={frameDocument(html, images)}
        title={t('conversation.frame', { name: entry.fromName || entry.fromAddress })}
      />
    </div>
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
  if (ways.length === 0) return null
  const how = new Intl.ListFormat(language).format(ways)
  return (
    <p className={styles['evidence']} title={t('evidence.hint')}>
      {t('evidence.label', { how })}
    </p>
  )
}
