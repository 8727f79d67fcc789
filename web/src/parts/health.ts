/** The health of a mailbox as one sentence that says what to do about it. */
import type { Health, Mailbox } from '@kontor/api/mailboxes'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'

export interface HealthLine {
  readonly sentence: string
  readonly tone: 'quiet' | 'waiting' | 'problem'
}

const tones: Readonly<Record<Health, HealthLine['tone']>> = {
  connecting: 'quiet',
  active: 'quiet',
  waiting_for_admin: 'waiting',
  throttled: 'waiting',
  reconnect_needed: 'problem',
  paused: 'waiting',
  disconnected: 'quiet',
}

/** Why a mailbox cannot work, empty when nobody knows. */
export function useWhy(): (mailbox: Pick<Mailbox, 'healthReason'>) => string {
  const { t, i18n } = useTranslation('parts')
  return ({ healthReason }) => {
    const key = `why.${healthReason ?? ''}`
    return healthReason && i18n.exists(key, { ns: 'parts' }) ? t(key as 'why.revoked') : ''
  }
}

/** The address is refused as sender, or cannot be looked up: the sign-in itself is sound. */
export function isAboutSender({ healthReason }: Pick<Mailbox, 'healthReason'>): boolean {
  return healthReason === 'sender_refused' || healthReason === 'alias_needs_full'
}

export function useHealth(): (mailbox: Mailbox) => HealthLine {
  const { t } = useTranslation('parts')
  const whyOf = useWhy()
  const times = useTimes()
  return (mailbox) => {
    const provider = t(`provider.${mailbox.provider}`)
    const until = mailbox.throttledUntil ? times.clock(mailbox.throttledUntil) : ''
    const sentence =
      mailbox.health === 'throttled' && until === ''
        ? t('health.slowed', { provider })
        : isAboutSender(mailbox)
          ? t('health.sender')
          : t(`health.${mailbox.health}`, { provider, until })
    const why = whyOf(mailbox)
    return { sentence: why ? `${sentence}: ${why}` : sentence, tone: tones[mailbox.health] }
  }
}
