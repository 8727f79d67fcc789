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

const askedAgain: ReadonlySet<string> = new Set(['sender_refused', 'mailbox_refused', 'mailbox_gone'])

/** The provider refuses this one address: whoever has mended that there asks again. */
export function isAskedAgain({ healthReason }: Pick<Mailbox, 'healthReason'>): boolean {
  return askedAgain.has(healthReason ?? '')
}

/** It is about the address, refused or not to be looked up: the sign-in itself is sound. */
export function isAboutAddress(mailbox: Pick<Mailbox, 'healthReason'>): boolean {
  return isAskedAgain(mailbox) || mailbox.healthReason === 'alias_needs_full'
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
        : isAboutAddress(mailbox)
          ? t('health.sender')
          : t(`health.${mailbox.health}`, { provider, until })
    const why = whyOf(mailbox)
    return { sentence: why ? `${sentence}: ${why}` : sentence, tone: tones[mailbox.health] }
  }
}
