/**
 * An answer while it is being written. It remembers the state of the conversation when its first word was typed,
 * so that an answer written meanwhile by somebody else is noticed; and a key, so that pressing send twice sends once.
 */
import type { Conversation } from '@kontor/api/inbox'

export interface AnswerDraft {
  readonly text: string
  readonly mailboxId: string | undefined
  /** Version of the conversation that the writer has seen. */
  readonly version: number | undefined
  readonly key: string
}

export const noAnswer: AnswerDraft = { text: '', mailboxId: undefined, version: undefined, key: '' }

/** Another text is another answer, hence another key; the version stays that of the first word. */
export function typed(draft: AnswerDraft, text: string, version: number, key: string): AnswerDraft {
  return { ...draft, text, key, version: draft.text === '' ? version : (draft.version ?? version) }
}

/** The chosen mailbox while it may still be used, otherwise the proposal. */
export function senderOf(
  draft: AnswerDraft,
  senders: Conversation['senders'],
): Conversation['senders'][number] | undefined {
  return senders.find((sender) => sender.mailboxId === draft.mailboxId) ?? senders[0]
}
