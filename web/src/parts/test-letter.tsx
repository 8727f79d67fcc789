/** Sends the letter on the screen to the own mailbox, as this person would get it. */
import type { LetterWish } from '@kontor/api/templates'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { useSenders } from './bulk-asks.ts'
import { useTestLetter } from './letter-asks.ts'
import styles from './letter-preview.module.css'

export function TestLetter({ wish }: { readonly wish: LetterWish }): ReactElement | null {
  const { t } = useTranslation('bulk')
  const sentence = useProblemSentence()
  const times = useTimes()
  const test = useTestLetter()
  if (useSenders().length === 0) return null
  const sent = test.data
  return (
    <div className={styles['test']}>
      <Button busy={test.isPending} onClick={() => test.mutate(wish)}>
        {t('test.send')}
      </Button>
      <span role="status">
        {test.error ? sentence(test.error) : null}
        {sent
          ? sent.expectedAt
            ? t('test.sentAt', { to: sent.to, when: times.about(sent.expectedAt) })
            : t('test.sent', { to: sent.to })
          : null}
      </span>
    </div>
  )
}
