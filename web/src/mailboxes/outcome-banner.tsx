/** What a sign-in at the provider came back with, as one sentence and the way on. */
import type { ConnectOutcome, Endpoint, Level, SharedWish } from '@kontor/api/mailboxes'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { forgetDraft } from '../client/draft.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useEndpoints, useMailboxes } from '../parts/mailboxes.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Banner, ProblemBanner } from '../ui/states.tsx'
import {
  useAskAdmin,
  useConnect,
  useLevelChange,
  useOutcome,
  useReconnect,
  useSharedConsent,
} from './asks.ts'
import styles from './mailboxes.module.css'

export function OutcomeBanner({ handle }: { readonly handle: string }): ReactElement | null {
  const { t, i18n } = useTranslation('settings')
  const sentence = useProblemSentence()
  const navigate = useNavigate()
  const found = useOutcome(handle)
  const endpoints = useEndpoints()
  const connected = found.data?.outcome === 'connected'
  useEffect(() => {
    if (connected) forgetDraft('connect')
  }, [connected])
  const close = (
    <Button look="link" onClick={() => void navigate({ to: '.', search: {}, replace: true })}>
      {t('outcome.close')}
    </Button>
  )
  if (handle === 'unknown')
    return (
      <Banner tone="problem" act={close}>
        {t('outcome.expired')}
      </Banner>
    )
  if (found.error)
    return (
      <Banner tone="problem" act={close}>
        {sentence(found.error)}
      </Banner>
    )
  if (!found.data) return null
  const outcome = found.data
  const provider = endpoints.data?.find((one) => one.key === outcome.endpoint)?.label ?? ''
  const tone = { connected: 'note', admin_needed: 'waiting' } as const
  return (
    <Banner
      tone={outcome.outcome in tone ? tone[outcome.outcome as keyof typeof tone] : 'problem'}
      act={
        <span className={styles['bannerActs']}>
          <WayOn outcome={outcome} />
          {close}
        </span>
      }
    >
      {outcomeSentence(outcome, t, (key) => i18n.exists(key, { ns: 'settings' }), provider)}
    </Banner>
  )
}

function outcomeSentence(
  outcome: ConnectOutcome,
  t: ReturnType<typeof useTranslation<'settings'>>['t'],
  known: (key: string) => boolean,
  provider: string,
): string {
  const address = outcome.address ?? ''
  const why = `outcome.why.${outcome.detail ?? ''}`
  switch (outcome.outcome) {
    case 'partial':
      if (outcome.missing?.includes('send')) return t('outcome.partial_send', { address })
      if (outcome.missing?.includes('read')) return t('outcome.partial_read', { address })
      return outcome.missing?.includes('shared_read')
        ? t('outcome.partial_shared_read', { address: outcome.sharedAddress ?? '' })
        : t('outcome.partial_shared', { address })
    case 'other_account':
      return address ? t('outcome.other_account', { address }) : t('outcome.other_account_unknown')
    case 'connected':
      return outcome.detail === 'wider_at_provider'
        ? t('outcome.wider', { address, provider })
        : t('outcome.connected', { address })
    case 'failed':
      return known(why) ? t(why as 'outcome.why.rejected', { address }) : t('outcome.failed')
    case 'denied':
      return t('outcome.denied')
    case 'expired':
      return t('outcome.expired')
    case 'admin_needed':
      return t('outcome.admin_needed')
  }
}

function WayOn({ outcome }: { readonly outcome: ConnectOutcome }): ReactElement | null {
  const { t } = useTranslation('settings')
  const sentence = useProblemSentence()
  const connect = useConnect()
  const mailbox = useMailboxes().data?.find((one) => one.id === outcome.mailboxId)
  const reconnect = useReconnect(mailbox?.id ?? '')
  const change = useLevelChange(mailbox?.id ?? '')
  const consent = useSharedConsent(mailbox?.id ?? '')
  const { endpoint, missing, sharedAddress } = outcome
  const shared = sharedWish(outcome)
  const ask = useAskAdmin()
  const place = useEndpoints().data?.find((one) => one.key === endpoint)
  if (outcome.outcome === 'connected') return <ConsentPage outcome={outcome} place={place} />
  if (!endpoint) return <ButtonLink to="/settings/integrations/connect">{t('outcome.startAgain')}</ButtonLink>
  function begin(level: Level): void {
    if (mailbox?.place === 'shared') change.mutate({ level: 'full' })
    else if (mailbox && shared) consent.mutate(shared)
    else if (!mailbox) connect.mutate({ endpoint: endpoint ?? '', level, sharing: 'team', namedMembers: [] })
    else if (mailbox.level === level) reconnect.mutate()
    else change.mutate({ level })
  }
  const failed = connect.error ?? reconnect.error ?? change.error ?? consent.error ?? ask.error
  const busy = connect.isPending || reconnect.isPending || change.isPending || consent.isPending
  // from the page that asks for an admin many come back by saying no
  const adminAsked = outcome.outcome === 'denied' && outcome.level === 'full' && place?.mayNeedAdmin === true
  // the row below has the link and every way on
  if (outcome.outcome === 'admin_needed') return null
  const readMissing = missing && !missing.includes('send')
  return (
    <>
      {failed ? <ProblemBanner sentence={sentence(failed)} /> : null}
      <Button busy={busy} onClick={() => begin(outcome.level ?? 'full')}>
        {t('outcome.askAgain')}
      </Button>
      {adminAsked && !ask.data ? (
        <Button
          busy={ask.isPending}
          onClick={() =>
            ask.mutate({
              endpoint,
              shared: sharedAddress !== undefined,
              ...(mailbox ? { mailboxId: mailbox.id } : {}),
            })
          }
        >
          {t('outcome.admin')}
        </Button>
      ) : null}
      {shared && missing?.includes('shared_read') && mailbox?.place === 'own' ? (
        <Button busy={busy} onClick={() => consent.mutate({ ...shared, level: 'send_only' })}>
          {t('outcome.sharedSendOnly')}
        </Button>
      ) : null}
      {(readMissing || adminAsked) && !sharedAddress && mailbox?.level !== 'send_only' ? (
        <Button busy={busy} onClick={() => begin('send_only')}>
          {t('outcome.useSendOnly')}
        </Button>
      ) : null}
    </>
  )
}

function sharedWish({
  sharedAddress: address,
  sharedName: name,
  sharedLevel: level,
}: ConnectOutcome): SharedWish | undefined {
  return address === undefined ? undefined : { address, name, level }
}

/** Where a wider consent is taken back by hand. */
function ConsentPage({
  outcome,
  place,
}: {
  readonly outcome: ConnectOutcome
  readonly place: Endpoint | undefined
}): ReactElement | null {
  const { t } = useTranslation('settings')
  if (outcome.consentPage === undefined || place === undefined) return null
  return (
    <a href={outcome.consentPage} target="_blank" rel="noreferrer">
      {t('outcome.consentPage', { provider: place.label })}
    </a>
  )
}
