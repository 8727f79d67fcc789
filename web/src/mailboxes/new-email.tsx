/** How Kontor learns of new email: told by the provider, told over an open connection, or by looking. */
import type { Learning, Mailbox } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../ui/page.tsx'
import styles from './mailboxes.module.css'

export function NewEmail({ mailbox }: { readonly mailbox: Mailbox }): ReactElement | null {
  const { t } = useTranslation('mailbox')
  const { t: part } = useTranslation('parts')
  const { learning } = mailbox
  if (learning === undefined) return null
  const provider = part(`provider.${mailbox.provider}`)
  return (
    <Section title={t('newEmail.title')} id="new-email">
      <div className={styles['reading']}>
        {learning.by === 'looks' ? null : <p>{t(`newEmail.${learning.by}`, { provider })}</p>}
        <p className={learning.by === 'looks' ? undefined : styles['quiet']}>
          <Looks learning={learning} />
        </p>
        {learning.why ? (
          <p className={styles['quiet']}>{t(`newEmail.why.${learning.why}`, { provider })}</p>
        ) : null}
      </div>
    </Section>
  )
}

function Looks({ learning: { by, lookSeconds } }: { readonly learning: Learning }): ReactElement {
  const { t } = useTranslation('mailbox')
  const span = (seconds: number): string =>
    seconds < 60
      ? t('newEmail.seconds', { count: seconds })
      : t('newEmail.minutes', { count: Math.round(seconds / 60) })
  const [least, most] = [span(lookSeconds.least), span(lookSeconds.most)]
  if (by !== 'looks') return <>{t('newEmail.beneath', { most })}</>
  if (lookSeconds.least === lookSeconds.most) return <>{t('newEmail.looksAlways', { least })}</>
  return <>{t('newEmail.looks', { least, most })}</>
}
