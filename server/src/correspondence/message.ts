/**
 * What was written and received, as other domains see it: threads (a fact), messages in them, and the evidence by
 * which an answer was recognised.
 */

/** Strength falls from left to right; the subject is never evidence. */
export const evidenceKinds = ['in-reply-to', 'references', 'token', 'provider-thread'] as const
export type Evidence = (typeof evidenceKinds)[number]

export interface Thread {
  readonly id: string
  readonly mailboxId: string
  readonly contactId: string
  readonly campaignId?: string
  /** Our synthetic root in References, without angle brackets and domain. */
  readonly token: string
  readonly providerThreadId?: string
  readonly subject: string
}

/** What an answer needs of the message it answers (RFC 5322 §3.6.4). */
export interface Parent {
  readonly messageId?: string
  readonly inReplyTo?: string
  readonly references: readonly string[]
  readonly subject: string
}

export interface SentMessage {
  readonly id: string
  readonly threadId: string
  readonly mailboxId: string
  readonly contactId: string
  readonly campaignId?: string
  readonly submissionId: string
  readonly messageId: string
  readonly references: readonly string[]
  readonly fromName: string
  readonly fromAddress: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  readonly rawSha256: string
  readonly size: number
  readonly authorId?: string
  readonly providerThreadId?: string
  readonly providerMessageId?: string
  readonly at: Temporal.Instant
}

export type CapturedKind = 'reply' | 'auto_reply' | 'bounce' | 'complaint' | 'own'

export interface CapturedMessage {
  readonly id: string
  readonly thread: Thread
  readonly kind: CapturedKind
  readonly messageId?: string
  readonly inReplyTo?: string
  readonly references: readonly string[]
  readonly fromName: string
  readonly fromAddress: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly quoted: string
  readonly html?: string
  readonly remoteImages: number
  /** Limits of reading that it broke; it is shown as text then. */
  readonly overLimit: readonly string[]
  readonly evidence: readonly Evidence[]
  readonly answeredFrom?: string
  /** Why it is of this kind. */
  readonly kindEvidence?: readonly string[]
  readonly bounce?: unknown
  readonly complaint?: unknown
  readonly providerMessageId: string
  readonly rawSha256: string
  readonly size: number
  readonly at: Temporal.Instant
  readonly attachments: readonly CapturedAttachment[]
}

/** A file that a mail carries, in it or behind a link. */
export interface MailFile {
  readonly filename: string
  readonly contentType: string
  readonly size: number
  readonly sha256: string
}

export interface CapturedAttachment {
  readonly id: string
  readonly filename: string
  readonly contentType: string
  readonly size: number
  readonly sha256?: string
  readonly contentId?: string
  readonly blocked: boolean
}

/** One message of a history, oldest first. */
export interface HistoryMessage {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly kind: 'mail' | CapturedKind
  readonly mailboxId: string
  readonly mailboxAddress: string
  readonly threadId: string
  readonly fromName: string
  readonly fromAddress: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly quoted: string
  readonly html?: string
  readonly remoteImages: number
  readonly overLimit: readonly string[]
  readonly evidence: readonly string[]
  readonly answeredFrom?: string
  readonly kindEvidence: readonly string[]
  readonly bounce?: unknown
  /** Its content was erased; what it was and when it came stays. */
  readonly erasedAt?: Temporal.Instant
  readonly submissionId?: string
  readonly authorId?: string
  readonly at: Temporal.Instant
  readonly attachments: readonly CapturedAttachment[]
}
