/** What a message seems to say, with its own sentence, for a person to decide; and messages that could not be read. */
import type { Conversation, Suggestion } from '@kontor/api/inbox'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { useDecide } from './tells.ts'
import styles from './inbox.module.css'

export function Suggestions({ conversation }: { readonly conversation: Conversation }): ReactElement | null {
  const { t } = useTranslation('inbox')
  const times = useTimes()
  if (conversation.suggestions.length === 0 && conversation.unreadable.length === 0) return null
  return (
    <div className={styles['suggestions']}>
      {conversation.suggestions.map((one) => (
        <Declined key={one.id} conversation={conversation} suggestion={one} />
      ))}
      {conversation.unreadable.map(({ firstAt, nextAt }) => (
        <p key={firstAt} className={styles['quietText']}>
          {nextAt
            ? t('unreadable.again', { when: times.full(firstAt), next: times.about(nextAt) })
            : t('unreadable.left', { when: times.full(firstAt) })}
        </p>
      ))}
    </div>
  )
}

function Declined({
  conversation,
  suggestion,
}: {
  readonly conversation: Conversation
  readonly suggestion: Suggestion
}): ReactElement {
  const { t } = useTranslation('inbox')
  const here = useHere()
  const sentence = useProblemSentence()
  const decide = useDecide(conversation.id)
  const choose = (verdict: 'accepted' | 'dismissed') => (): void =>
    decide.mutate({ suggestionId: suggestion.id, verdict })
  return (
    <div className={styles['suggestion']} role="group" aria-label={t('suggestion.label')}>
      <p>
        {t('suggestion.declined', { name: conversation.contactName })} <q>{suggestion.evidence}</q>
        {decide.error ? (
          <span role="alert" className={styles['problemText']}>
            {' '}
            {sentence(decide.error)}
          </span>
        ) : null}
      </p>
      {here.may.act ? (
        <span className={styles['deskActs']}>
          <Button busy={decide.isPending} onClick={choose('accepted')}>
            {t('suggestion.accept')}
          </Button>
          <Button look="quiet" disabled={decide.isPending} onClick={choose('dismissed')}>
            {t('suggestion.dismiss')}
          </Button>
        </span>
      ) : null}
    </div>
  )
}
