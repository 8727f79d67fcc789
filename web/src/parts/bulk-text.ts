/** The text of a message to many as it is typed, and when it can be sent: whole in every language that was begun. */
import type { MessageTexts } from '@kontor/api/launches'
import type { LetterFile } from './files/letter-file.ts'
import type { FollowUpDraft } from './follow-ups/follow-up-draft.ts'

export interface BulkDraft {
  readonly en: { readonly subject: string; readonly body: string }
  readonly de: { readonly subject: string; readonly body: string }
  /** They go with the text in either language. */
  readonly files?: readonly LetterFile[]
  /** The template that the texts were taken from. */
  readonly templateId?: string
  readonly followUps?: readonly FollowUpDraft[]
}

const empty = { subject: '', body: '' }
export const emptyDraft: BulkDraft = { en: empty, de: empty }

/** With the texts that there are, in either language. */
export function draftOf({ en = empty, de = empty }: MessageTexts): BulkDraft {
  return { en, de }
}

export function isBegun({ en, de }: BulkDraft): boolean {
  return [en.subject, en.body, de.subject, de.body].some((words) => words.trim() !== '')
}

/** Undefined while nothing was written, or one language has a subject without a text or a text without a subject. */
export function textsOf(draft: BulkDraft): MessageTexts | undefined {
  const texts: MessageTexts = {}
  for (const language of ['en', 'de'] as const) {
    const subject = draft[language].subject.trim()
    const body = draft[language].body.trim()
    if (subject === '' && body === '') continue
    if (subject === '' || body === '') return undefined
    texts[language] = { subject, body }
  }
  return texts.en || texts.de ? texts : undefined
}
