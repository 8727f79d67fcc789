/**
 * Why a mail leaves when it does, or why it does not: the server's code and values as one sentence. A code that this
 * page does not know yet becomes a general sentence that names it.
 */
import type { Reason } from '@kontor/api/outbox'
import { useTranslation } from 'react-i18next'
import { instant } from '../client/clock.ts'
import { useTimes } from '../client/language.ts'
import type { Times } from '../client/time.ts'

/** The key of the sentence: `held:<why>` and `suppressed:<why>` are told apart by the state, not by the sentence. */
export function reasonKey(code: string): string {
  return code.replace(/^(held|suppressed|failed|stopped):/, '')
}

/** Values as people read them: instants become times, everything else stays. */
export function reasonValues(
  reason: Reason,
  times: Pick<Times, 'about'>,
): Record<string, string | number> & { detail: string | number } {
  const values: Record<string, string | number> & { detail: string | number } = {
    detail: '',
    name: '',
    address: '',
    provider: '',
    limit: 300,
    position: 0,
    reserve: 0,
  }
  for (const [name, value] of Object.entries(reason.values ?? {})) {
    values[name] = typeof value === 'string' && isInstant(value) ? times.about(value) : value
  }
  if (values.detail === '') values.detail = values['diagnostic'] ?? ''
  return values
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(instant(text))
}

export function useReasonSentence(): (reason: Reason) => string {
  const { t, i18n } = useTranslation('reasons')
  const times = useTimes()
  return (reason) => {
    const values = reasonValues(reason, times)
    const key = reasonKey(reason.code)
    const place = Number(values['position']) > 1 ? `${key}_at` : key
    const found = [place, key].find((one) => i18n.exists(one, { ns: 'reasons' }))
    if (!found) return t('unknown', { code: reason.code })
    return t(found as 'plain', values).trim()
  }
}
