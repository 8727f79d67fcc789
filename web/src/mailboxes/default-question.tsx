/** Asked when somebody who may send has no default sender any more: there is never a silent fallback. */
import type { Mailbox } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Banner, ProblemBanner } from '../ui/states.tsx'
import { useDefaultChoice } from './asks.ts'
import styles from './mailboxes.module.css'

export function DefaultQuestion({
  mailboxes,
}: {
  readonly mailboxes: readonly Mailbox[]
}): ReactElement | null {
  const { t } = useTranslation('settings')
  const sentence = useProblemSentence()
  const choose = useDefaultChoice()
  const senders = mailboxes.filter(({ maySend, health }) => maySend && health !== 'disconnected')
  if (senders.length === 0 || senders.some(({ isDefault }) => isDefault)) return null
  return (
    <Banner tone="waiting">
      <div className={styles['stack']}>
        {t('provider.noDefault')}
        {choose.error ? <ProblemBanner sentence={sentence(choose.error)} /> : null}
        <div className={styles['bannerActs']} role="group" aria-label={t('provider.noDefault')}>
          {senders.map(({ id, address }) => (
            <Button key={id} busy={choose.isPending} onClick={() => choose.mutate(id)}>
              {address}
            </Button>
          ))}
        </div>
      </div>
    </Banner>
  )
}
