/** What is read beyond the rule: replies whose subject was changed, for which three headers of new mail are asked. */
import type { Mailbox } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Checkbox } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useMailboxChange } from './asks.ts'
import styles from './mailboxes.module.css'

/** Only where the provider's own thread decides or narrows: elsewhere the headers are always asked. */
export function ReadingForm({ mailbox }: { readonly mailbox: Mailbox }): ReactElement | null {
  const { t } = useTranslation('mailbox')
  const { t: part } = useTranslation('parts')
  const sentence = useProblemSentence()
  const change = useMailboxChange(mailbox.id)
  if (mailbox.level === 'send_only' || mailbox.provider === 'imap') return null
  return (
    <Section title={t('reading.title')} id="reading">
      <div className={styles['reading']}>
        {change.error ? <ProblemBanner sentence={sentence(change.error)} /> : null}
        <Checkbox
          label={t('reading.changedSubjects')}
          hint={t('reading.changedSubjectsHint', { provider: part(`provider.${mailbox.provider}`) })}
          checked={mailbox.findsChangedSubjects}
          disabled={!mailbox.mayShare || change.isPending}
          onCheck={(findsChangedSubjects) => change.mutate({ findsChangedSubjects })}
        />
        {mailbox.mayShare ? null : <p className={styles['quiet']}>{t('reading.owner')}</p>}
      </div>
    </Section>
  )
}
