/**
 * The two ports that sending owns and that campaigns (template mails) and inbox (direct mails) implement;
 * tied together in compose. Both run in the dispatcher's transaction and may only read.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Reason } from './reasons.ts'
import type { Submission } from './submission.ts'

/** A file that is stored; its bytes are read when the mail is written. */
export interface OutgoingFile {
  readonly filename: string
  readonly contentType: string
  /** Bytes. */
  readonly size: number
  readonly sha256: string
}

/** What one recipient gets, before signature, thread headers and the mailbox's name are added. */
export interface Rendered {
  readonly subject: string
  readonly text: string
  /** Body HTML without document frame; absent: made from the text. */
  readonly html?: string
  /** Further recipients; the mail counts once all the same. */
  readonly cc?: readonly string[]
  readonly files?: readonly OutgoingFile[]
  /** One-click unsubscribe (RFC 8058): https URL that takes the POST. */
  readonly unsubscribeUrl?: string
}

export type RenderOutcome =
  | { readonly ok: true; readonly rendered: Rendered }
  | { readonly ok: false; readonly hold: Reason }

/** Answers for the kinds of mail that a domain knows; undefined for kinds it does not. */
export interface MailAuthor {
  /** Writes the mail at the second of sending, from the frozen template version. */
  render(tx: Tx, submission: Submission): Promise<RenderOutcome | undefined>
  /** The truth check: undefined when not this domain's kind, else whether the mail may still leave. */
  stillTrue(tx: Tx, submission: Submission): Promise<Truth | undefined>
}

export type Truth =
  | { readonly verdict: 'true' }
  | { readonly verdict: 'suppress'; readonly reason: Reason }
  | { readonly verdict: 'hold'; readonly reason: Reason }
