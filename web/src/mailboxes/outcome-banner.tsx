/** What a sign-in at the provider came back with, as one sentence and the way on. */
import type { ConnectOutcome, Level } from '@kontor/api/mailboxes'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { forgetDraft } from '../client/draft.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Banner, ProblemBanner } from '../ui/states.tsx'
import { useConnect, useOutcome } from './asks.ts'
import styles from './mailboxes.module.css'

export function OutcomeBanner({ handle }: { readonly handle: string }): ReactElement | null {
  const { t, i18n } = useTranslation('settings')
  const sentence = useProblemSentence()
  const navigate = useNavigate()
  const found = useOutcome(handle)
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
  const good = outcome.outcome === 'connected'
  return (
    <Banner
      tone={good ? 'note' : 'problem'}
      act={
        <span className={styles['bannerActs']}>
          <WayOn outcome={outcome} />
          {close}
        </span>
      }
    >
      {outcomeSentence(outcome, t, (key) => i18n.exists(key, { ns: 'settings' }))}
    </Banner>
  )
}

function outcomeSentence(
  outcome: ConnectOutcome,
  t: ReturnType<typeof useTranslation<'settings'>>['t'],
  known: (key: string) => boolean,
): string {
  const address = outcome.address ?? ''
  const why = `outcome.why.${outcome.detail ?? ''}`
  switch (outcome.outcome) {
    case 'partial':
      return outcome.missing?.includes('send')
        ? t('outcome.partial_send', { address })
        : t('outcome.partial_read', { address })
    case 'other_account':
      return address ? t('outcome.other_account', { address }) : t('outcome.other_account_unknown')
    case 'connected':
      return t('outcome.connected', { address })
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
  const { endpoint, missing } = outcome
  if (outcome.outcome === 'connected') return null
  if (!endpoint) return <ButtonLink to="/settings/integrations/connect">{t('outcome.startAgain')}</ButtonLink>
  function ask(level: Level): void {
    connect.mutate({ endpoint: endpoint ?? '', level, sharing: 'team', namedMembers: [] })
  }
  const readMissing = outcome.outcome === 'admin_needed' || (missing && !missing.includes('send'))
  return (
    <>
      {connect.error ? <ProblemBanner sentence={sentence(connect.error)} /> : null}
      <Button busy={connect.isPending} onClick={() => ask(outcome.level ?? 'full')}>
        {t('outcome.askAgain')}
      </Button>
      {readMissing ? (
        <Button busy={connect.isPending} onClick={() => ask('send_only')}>
          {t('outcome.useSendOnly')}
        </Button>
      ) : null}
    </>
  )
}
