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

/** Why mails are left as they are, from how many there are of each code: a sentence's end. */
export function useWhy(): (counts: Readonly<Record<string, number>>) => string {
  const { t, i18n } = useTranslation('outbox')
  return (counts) =>
    `${new Intl.ListFormat(i18n.language, { type: 'unit' }).format(
      Object.entries(counts).map(([code, count]) => {
        const word = known.find((one) => one === code) ?? 'other'
        return t(`outcome.why.${word}`, { count })
      }),
    )}.`
}
