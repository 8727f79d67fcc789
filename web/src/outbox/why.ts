/** The reasons for which an act leaves mails as they are, in words. */
import { useTranslation } from 'react-i18next'

const known = [
  'moved_meanwhile',
  'unknown_mail',
  'may_not_send',
  'still_held',
  'same_mailbox',
  'no_address',
  'address_same',
  'always_first',
  'unconfirmed',
  'again_already',
  'mailbox_disconnected',
  'call_may_run',
] as const

interface Reason {
  readonly word: (typeof known)[number] | 'other'
  readonly count: number
  /** Its number is worth saying: of a single mail the sentence around it says it already. */
  readonly counted: boolean
}

/** From how many mails there are of each code. */
export function reasonsOf(counts: Readonly<Record<string, number>>): readonly Reason[] {
  const reasons = Object.entries(counts)
  const single = reasons.length === 1 && reasons[0]?.[1] === 1
  return reasons.map(([code, count]) => ({
    word: known.find((one) => one === code) ?? 'other',
    count,
    counted: !single,
  }))
}

/** Why mails are left as they are, from how many there are of each code: a sentence's end. */
export function useWhy(): (counts: Readonly<Record<string, number>>) => string {
  const { t, i18n } = useTranslation('outbox')
  return (counts) =>
    `${new Intl.ListFormat(i18n.language, { type: 'unit' }).format(
      reasonsOf(counts).map(({ word, count, counted }) => {
        const why = t(`outcome.why.${word}`)
        return counted ? t('outcome.whyCounted', { why, count }) : why
      }),
    )}.`
}
