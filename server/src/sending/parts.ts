/**
 * What sending is given by compose, and what passes between writing a mail and settling it.
 */
import type { Thread } from '../correspondence/index.ts'
import type { MailProvider, Outcome } from '../mailboxes/provider.ts'
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Log } from '../platform/log/index.ts'
import type { MailAuthor } from './ports.ts'
import type { Reason } from './reasons.ts'
import type { LeasedSubmission } from './store-submission.ts'
import type { Written } from './write.ts'

/** Opens a mailbox for one purpose; the only way to a provider, through the ledger. */
export type OpenMailbox = (
  workspaceId: string,
  mailboxId: string,
  purpose: 'send' | 'find_sent',
) => Promise<Outcome<MailProvider>>

export interface SendingParts {
  readonly database: Database
  readonly emit: Emit
  readonly ids: Ids
  readonly log: Log
  /** Of the machine: whether this process stood still. */
  readonly clock: Pick<Clock, 'now'>
  readonly authors: readonly MailAuthor[]
  readonly openMailbox: OpenMailbox
}

/** What is known when the call may start. */
export interface Intent {
  readonly submission: LeasedSubmission
  readonly written: Written
  /** Absent for a test message. */
  readonly thread?: Thread | undefined
  readonly rawSha256: string
  readonly fromName: string
  readonly fromAddress: string
}

/** What becomes of a lease before any call. */
export type Withheld =
  | { readonly verdict: 'suppress' | 'hold'; readonly reason: Reason }
  /** The allowance of the charged day is gone: back to waiting. */
  | { readonly verdict: 'wait' }
