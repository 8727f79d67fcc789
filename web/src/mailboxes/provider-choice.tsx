/** The providers, each with its products. One without an OAuth app is not an error: it names who can change that. */
import type { Endpoint } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Radios } from '../ui/field.tsx'
import styles from './mailboxes.module.css'

interface ProviderChoiceProps {
  readonly offers: readonly Endpoint[]
  readonly value: string
  readonly choose: (key: string) => void
}

export function ProviderChoice({ offers, value, choose }: ProviderChoiceProps): ReactElement {
  const { t } = useTranslation('connect')
  return (
    <Radios
      legend={t('one.title')}
      hideLegend
      value={value}
      onChoose={choose}
      options={offers.map((offer) => ({
        value: offer.key,
        disabled: !offer.configured,
        label: (
          <span className={styles['offer']}>
            {offer.byPassword ? t('otherProvider') : offer.label}
            <small>{offer.products || t(`products.${offer.provider}`)}</small>
          </span>
        ),
        ...(offer.configured ? {} : { hint: <NotConfigured offer={offer} /> }),
      }))}
    />
  )
}

/** What an admin has to enter there, as far as a letter needs it; the server asks for exactly these. */
const scopes = {
  gmail: 'gmail.send, gmail.readonly, openid, email, profile',
  microsoft: 'User.Read, Mail.Send, Mail.Read, openid, profile, email, offline_access',
  imap: '',
} as const

function NotConfigured({ offer }: { readonly offer: Endpoint }): ReactElement {
  const { t } = useTranslation('connect')
  const subject = encodeURIComponent(t('mail.subject', { provider: offer.label }))
  const body = encodeURIComponent(
    t(`mail.${offer.provider}`, {
      provider: offer.label,
      link: location.href,
      redirect: `${location.origin}/api/v1/oauth/callback`,
      scopes: scopes[offer.provider],
    }),
  )
  return (
    <>
      {t('notConfigured')} · <a href={`mailto:?subject=${subject}&body=${body}`}>{t('instructions')}</a>
    </>
  )
}
