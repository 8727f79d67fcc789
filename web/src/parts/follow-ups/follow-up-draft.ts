/** Follow-ups as they are typed, and when they can be sent: whole days, and words in one language at least. */
import type { FollowUp } from '@kontor/api/follow-ups'
import { mostDays, mostFollowUps } from '@kontor/api/follow-ups'

export interface FollowUpDraft {
  readonly afterDays: string
  readonly en: string
  readonly de: string
}

const usualDays = ['4', '7'] as const

/** The next one to write; undefined when there are as many as may be. */
export function nextDraft(drafts: readonly FollowUpDraft[]): FollowUpDraft | undefined {
  if (drafts.length >= mostFollowUps) return undefined
  return { afterDays: usualDays[drafts.length === 0 ? 0 : 1], en: '', de: '' }
}

/** Undefined while it is not whole. */
export function followUpOf({ afterDays, en, de }: FollowUpDraft): FollowUp | undefined {
  const days = Number(afterDays)
  if (!Number.isInteger(days) || days < 1 || days > mostDays) return undefined
  const [english, german] = [en.trim(), de.trim()]
  if (english === '' && german === '') return undefined
  return {
    afterDays: days,
    texts: {
      ...(english === '' ? {} : { en: { body: english } }),
      ...(german === '' ? {} : { de: { body: german } }),
    },
  }
}

export function followUpsOf(drafts: readonly FollowUpDraft[]): FollowUp[] {
  return drafts.flatMap((draft) => followUpOf(draft) ?? [])
}

export function draftOf({ afterDays, texts }: FollowUp): FollowUpDraft {
  return { afterDays: String(afterDays), en: texts.en?.body ?? '', de: texts.de?.body ?? '' }
}

/** The first words of it, for a list. */
export function beginningOf({ en, de }: FollowUpDraft, language: 'en' | 'de'): string {
  const [own, other] = language === 'en' ? [en, de] : [de, en]
  return (own.trim() || other.trim()).replaceAll(/\s+/g, ' ')
}
