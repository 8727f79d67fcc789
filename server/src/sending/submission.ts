/**
 * A submission: one message handed to the outbox for one mailbox (RFC 6409 sense), and its one state machine.
 *
 * A submission is `queued` until the lease takes it (`leased`: reserved, nothing has left the house). The truth check
 * may turn it into `held` or `suppressed`. Once the call to the provider has started it ends as `accepted`, `failed` or
 * `in_doubt`; a transient refusal brings it back to `queued` with a time. `in_doubt` is settled by looking into Sent or
 * by a person: `accepted`, `queued` (sent again) or `failed`. `queued` and `held` may be held, released and cancelled.
 * accepted, failed, cancelled and suppressed are final. The database refuses every other move.
 *
 *   queued    → leased held cancelled suppressed
 *   leased    → accepted failed in_doubt queued held suppressed
 *   held      → queued cancelled suppressed
 *   in_doubt  → accepted queued failed
 */

export const submissionStates = [
  'queued',
  'leased',
  'accepted',
  'failed',
  'in_doubt',
  'held',
  'cancelled',
  'suppressed',
] as const
export type SubmissionState = (typeof submissionStates)[number]

export const transitions: Readonly<Record<SubmissionState, readonly SubmissionState[]>> = {
  queued: ['leased', 'held', 'cancelled', 'suppressed'],
  leased: ['accepted', 'failed', 'in_doubt', 'queued', 'held', 'suppressed'],
  held: ['queued', 'cancelled', 'suppressed'],
  in_doubt: ['accepted', 'queued', 'failed'],
  accepted: [],
  failed: [],
  cancelled: [],
  suppressed: [],
}

/** Nothing becomes of it any more. */
export function isFinal(state: SubmissionState): boolean {
  return transitions[state].length === 0
}

export const mailKinds = ['direct', 'invitation', 'approval', 'bulk', 'rejection'] as const
export type MailKind = (typeof mailKinds)[number]

/** Order inside a mailbox: direct always first, then the fixed order of the product. */
export function rankOf(kind: MailKind): number {
  return mailKinds.indexOf(kind)
}

/** What the outbox knows of one mail while it is decided and written. */
export interface Submission {
  readonly workspaceId: string
  readonly id: string
  readonly mailboxId: string
  readonly kind: MailKind
  /** Absent for a test message to the own address. */
  readonly contactId?: string
  readonly toAddress: string
  readonly toName: string
  readonly campaignId?: string
  readonly memberId?: string
  readonly threadId?: string
  /** A settled mail that a person sends again. */
  readonly againOf?: string
  /** The captured message that a direct answer answers. */
  readonly answersMessageId?: string
  readonly templateId?: string
  readonly templateVersion?: number
  /** Text of a direct mail as the person wrote it. */
  readonly subject?: string
  readonly text?: string
  readonly authorId?: string
  readonly enqueuedAt: Temporal.Instant
}

/** What others hand in. */
export interface EnqueueRequest {
  /** The same key twice makes one mail (unique per workspace). */
  readonly key: string
  readonly mailboxId: string
  readonly kind: MailKind
  /** Absent for a test message alone. */
  readonly contactId?: string
  readonly toAddress: string
  readonly toName: string
  readonly campaignId?: string
  readonly memberId?: string
  readonly threadId?: string
  readonly answersMessageId?: string
  readonly templateId?: string
  readonly templateVersion?: number
  readonly subject?: string
  readonly text?: string
  readonly authorId?: string
  readonly notBefore?: Temporal.Instant
  /** Answer promised for this day: first of all ranks but direct then. */
  readonly promisedFor?: Temporal.PlainDate
}
