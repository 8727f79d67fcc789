/**
 * A conversation: the team's unit of work, one influencer in one campaign or outside any, over all its threads.
 *
 * Its team state says whose turn it is. An answer of the influencer makes it `needs_reply`; a personal mail of the team
 * makes it `waiting`; a person makes it `done`. A campaign mail that leaves while a question is open does not answer the
 * question, so it moves nothing away from `needs_reply`. Automatic replies, bounces and complaints move no state.
 */

/** In the order in which the list shows them. */
export const teamStates = ['needs_reply', 'waiting', 'done'] as const
export type TeamState = (typeof teamStates)[number]

/** What can be in a conversation: kinds of sent mail and kinds of received ones. */
export type EntryKind =
  | 'direct'
  | 'invitation'
  | 'approval'
  | 'bulk'
  | 'rejection'
  | 'mail'
  | 'own'
  | 'reply'
  | 'auto_reply'
  | 'bounce'
  | 'complaint'

export interface Said {
  readonly kind: EntryKind
  /** The owner wrote by hand in the mailbox itself, later than this. */
  readonly answeredByHand: boolean
  /** For an own mail: the influencer has written later than this. */
  readonly repliedLater: boolean
}

/** The team state after something was said in a conversation that stands in `before`; undefined for a new one. */
export function stateAfter(before: TeamState | undefined, said: Said): TeamState {
  const open = before ?? 'waiting'
  switch (said.kind) {
    case 'reply':
      return said.answeredByHand ? open : 'needs_reply'
    case 'own':
      return said.repliedLater ? open : 'waiting'
    case 'direct':
      return 'waiting'
    case 'invitation':
    case 'approval':
    case 'bulk':
    case 'rejection':
    case 'mail':
      return before === 'needs_reply' ? before : 'waiting'
    case 'auto_reply':
    case 'bounce':
    case 'complaint':
      return open
  }
}

/** Whether it makes the conversation unread. An out-of-office note is not news. */
export function isNews(kind: EntryKind): boolean {
  return kind === 'reply' || kind === 'bounce' || kind === 'complaint'
}

/** The first words, on one line. */
export function snippetOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= 160 ? line : `${line.slice(0, 159).trimEnd()}…`
}
