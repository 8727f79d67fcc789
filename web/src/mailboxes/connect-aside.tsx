/** Beside the steps: the lines that the provider's consent screen will show, and what Kontor opens in truth. */
import type { Endpoint, Level } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { LimitedUse } from '../parts/limited-use.tsx'
import styles from './mailboxes.module.css'

interface AsideProps {
  readonly place: Endpoint | undefined
  readonly level: Level
}

export function ConnectAside({ place, level }: AsideProps): ReactElement {
  const { t } = useTranslation('connect')
  const { t: part } = useTranslation('parts')
  const kind = place?.provider ?? 'gmail'
  const full = level === 'full'
  const byPassword = place?.byPassword ?? false
  const provider = kind === 'imap' ? (place?.label ?? '') : part(`provider.${kind}`)
  const other = ({ gmail: 'gmailOther', microsoft: 'microsoftOther', imap: 'imapOther' } as const)[kind]
  const sent = ({ gmail: 'sentFull', microsoft: 'sentFullMicrosoft', imap: 'sentFullImap' } as const)[kind]
  const shown = [
    ...(full ? [t(`aside.show.${kind}.read`)] : []),
    t(`aside.show.${kind}.send`),
    ...(kind === 'microsoft' ? [t('aside.show.microsoft.offline')] : []),
    ...(kind === 'imap' ? [] : [t(`aside.show.${kind}.sign`)]),
  ]
  const rows = [
    [t('aside.rows.replies'), full ? t('aside.rows.repliesFull') : t('aside.rows.repliesNone')],
    [t('aside.rows.other'), full ? t(`aside.rows.${other}`) : t('aside.rows.otherNone')],
    [t('aside.rows.sent'), full ? t(`aside.rows.${sent}`) : t('aside.rows.sentNone')],
  ] as const
  return (
    <aside className={styles['aside']} aria-live="polite">
      <div>
        <h2>{byPassword ? t('aside.password') : t('aside.screen', { provider })}</h2>
        <ul>
          {shown.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p>{byPassword ? t(`aside.passwordNote.${level}`) : t('aside.show.profile')}</p>
      </div>
      <div>
        <h2>{t('aside.opens')}</h2>
        <dl>
          {rows.map(([name, what]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </div>
      <p>{t('aside.ledger')}</p>
      {kind === 'gmail' ? <LimitedUse /> : null}
    </aside>
  )
}
