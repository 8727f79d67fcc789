/**
 * Enqueueing: idempotent by key, in the transaction of the business write, refused when practice and real would mix.
 */
import type { Tx } from '../platform/db/index.ts'
import type { MailKind, Reason } from './submission.ts'

export interface EnqueueRequest {
  /** The same key twice makes one mail (unique per workspace). */
  readonly key: string
  readonly mailboxId: string
  readonly kind: MailKind
  readonly contactId: string
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
}

export interface Enqueued {
  readonly submissionId: string
  /** The key was known: this is the submission it made the first time. */
  readonly replayed: boolean
}

export type EnqueueOutcome = { readonly ok: true; readonly enqueued: readonly Enqueued[] } | { readonly ok: false; readonly reason: Reason }

/**
 * Puts up to 1,000 mails into the outbox and wakes their mailboxes. One workspace (that of `tx`), any mailboxes.
 * Refused as a whole, with a reason, when a mailbox is disconnected or practice and real would mix.
 */
export type Enqueue = (tx: Tx, requests: readonly EnqueueRequest[]) => Promise<EnqueueOutcome>
