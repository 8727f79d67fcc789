/**
 * A notice: something a person is told once, until it is read or no longer true. Pure.
 *
 *   mailbox_broken  a mailbox has to be reconnected, or waits for an admin     → its owner, owners and admins
 *   in_doubt        mails of which a person must say whether they were sent    → the owner of the mailbox
 *   mention         somebody named you in a note                               → who was named
 *   queue_long      the last mail of a queue leaves in more than seven days    → the owner of the mailbox
 *   reply           an answer in a conversation that is yours                  → whom it is assigned to
 *   follow_up_due   people to follow up on by hand                             → who wrote to them
 *   follow_up_by_hand  follow-ups that leave no longer by themselves           → who set them up, the owner of the mailbox
 *   returned        mails came back on the account of a mailbox                → its owner, owners and admins
 */
export const noticeKinds = [
  'mailbox_broken',
  'in_doubt',
  'mention',
  'queue_long',
  'reply',
  'follow_up_due',
  'follow_up_by_hand',
  'returned',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

export type Facts = Readonly<Record<string, string | number>>

/** Where a kind of notice reaches a person. */
export interface Choice {
  readonly kind: NoticeKind
  /** In the product: list and badge. */
  readonly shown: boolean
  /** In the daily digest. */
  readonly digested: boolean
}

/** What holds for somebody who chose nothing: replies stand in the inbox anyway. */
export function usualChoice(kind: NoticeKind): Choice {
  return { kind, shown: true, digested: kind !== 'reply' }
}

/** Every kind with what was chosen or is usual. */
export function choicesWith(chosen: readonly Choice[]): readonly Choice[] {
  return noticeKinds.map((kind) => chosen.find((one) => one.kind === kind) ?? usualChoice(kind))
}
