/** What became of a mail that was there already when its answer got lost and it was sent again. */
import type { Written } from '@kontor/api/inbox'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'

export type KnownMail = NonNullable<Written['known']>

/** "Kontor already had the email to Mia Ford: it leaves tomorrow, about 08:06." */
export function useKnownSentence(): (known: KnownMail, name: string) => string {
  const { t } = useTranslation('parts')
  const times = useTimes()
  return ({ state, at }, name) => {
    if (at === undefined) return t(`known.${state === 'queued' ? 'waits' : state}`, { name, when: '' })
    return t(`known.${state}`, { name, when: state === 'queued' ? times.about(at) : times.short(at) })
  }
}
