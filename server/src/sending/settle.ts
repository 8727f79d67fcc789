/**
 * Records what became of a lease: the submission's move, the allowance, the message in the correspondence, the event.
 * One table says what each kind of failure means for the mail and for its mailbox.
 */
import type { SentMessage, Thread } from '../correspondence/index.ts'
import { insertSent } from '../correspondence/index.ts'
import type { Accepted, ProviderFailure } from '../mailboxes/provider.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { NewEvent } from '../platform/events/index.ts'
import type { Intent, SendingParts, Withheld } from './parts.ts'
import type { Reason } from './reasons.ts'
import type { Lease } from './store-lease.ts'
import { noteSuccess, noteTrouble, throttle } from './store-schedule.ts'
import type { LeasedSubmission } from './store-submission.ts'
import {
  endAccepted,
  endAttempt,
  moveToHeld,
  moveToInDoubt,
  moveToQueued,
  refund,
  settleUnsent,
} from './store-submission.ts'
import type { Submission, SubmissionState } from './submission.ts'
import { wake } from './wake.ts'

type EventParts = Pick<SendingParts, 'emit' | 'ids'>

/** After so many transient refusals a mail is held, so that it cannot block those behind it; released, it has as many again. */
const mostTries = 8
/** How long to wait when our registration with the provider is wrong; somebody may mend it meanwhile. */
const ourConfigMinutes = 10

/** The mail did not leave the house: held, suppressed, or waiting again; the allowance goes back. */
export async function settleWithoutCall(
  parts: EventParts,
  tx: Tx,
  submission: LeasedSubmission,
  withheld: Withheld,
): Promise<void> {
  const from = { leaseId: submission.leaseId }
  if (withheld.verdict === 'suppress')
    await settleUnsent(tx, submission.id, from, 'suppressed', withheld.reason)
  else if (withheld.verdict === 'hold') await moveToHeld(tx, submission.id, from, withheld.reason)
  else await moveToQueued(tx, submission.id, from)
  await refund(tx, submission)
  await wake(parts, tx, [submission.mailboxId])
  const became = { suppress: 'suppressed', hold: 'held', wait: 'queued' }[withheld.verdict]
  await tell(parts, tx, submission, `submission.${became}`)
}

/** What the provider took. */
export interface Arrived {
  readonly lease: Lease
  readonly intent: Intent
  readonly accepted: Accepted
}

/** The provider's yes, and the end of the transaction. A lost lease changes nothing, except that an acceptance always counts. */
export async function settleArrived(parts: EventParts, tx: Tx, arrived: readonly Arrived[]): Promise<void> {
  const startedAt = await endAccepted(
    tx,
    arrived.map(({ lease }) => lease),
  )
  const left = arrived.flatMap(({ intent, accepted }) => {
    const began = startedAt.get(intent.submission.id)
    return began === undefined ? [] : [{ ...intent, accepted, startedAt: began }]
  })
  if (left.length === 0) return
  await recordAccepted(parts, tx, left)
  await noteSuccess(
    tx,
    left.map(({ submission }) => submission.mailboxId),
  )
}

/**
 * The provider's no, or its silence. A no also counts for a mail that is in doubt because this lease was ended: it is known
 * now that it did not leave. A lost lease changes nothing.
 */
export async function settleFailure(
  parts: EventParts,
  tx: Tx,
  { submission }: Intent,
  failure: ProviderFailure,
): Promise<void> {
  const became = await moveAfter(tx, submission, failure)
  if (became === undefined) return
  await endAttempt(tx, submission.id, failure.kind, failure.diagnostic)
  await tell(parts, tx, submission, `submission.${became}`)
  // the cap before the mailbox, as everywhere
  if (!uncertain.has(failure.kind)) await refund(tx, submission)
  await troubleMailbox(parts, tx, submission, failure)
  await wake(parts, tx, [submission.mailboxId])
}

/** The provider may have taken it: the allowance stays used. */
const uncertain: ReadonlySet<ProviderFailure['kind']> = new Set(['unknown_outcome', 'cursor_expired'])

/** What a failure means for the mail, and what it became; undefined: the lease was lost. */
async function moveAfter(
  tx: Tx,
  submission: LeasedSubmission,
  failure: ProviderFailure,
): Promise<SubmissionState | undefined> {
  const { id, leaseId } = submission
  switch (failure.kind) {
    case 'unknown_outcome':
    case 'cursor_expired':
      return (await moveToInDoubt(tx, id, leaseId, failure.diagnostic)) ? 'in_doubt' : undefined
    case 'rejected':
      if (!failure.permanent) return await waitOrHold(tx, submission, failure)
      return (await settleUnsent(tx, id, { leaseId }, 'failed', rejection(failure))) ? 'failed' : undefined
    case 'transient':
    case 'not_found':
      return await waitOrHold(tx, submission, failure)
    case 'throttled':
    case 'quota_day':
    case 'unauthorised':
    case 'admin_needed':
    case 'scope_missing':
    case 'sender_refused':
    case 'mailbox_refused':
    case 'our_config':
      return (await moveToQueued(tx, id, { leaseId })) ? 'queued' : undefined
  }
}

/** What a failure means for the mailbox and all that waits in it. */
async function troubleMailbox(
  parts: EventParts,
  tx: Tx,
  submission: LeasedSubmission,
  failure: ProviderFailure,
): Promise<void> {
  const { mailboxId } = submission
  switch (failure.kind) {
    case 'throttled':
    case 'quota_day':
      await throttle(tx, mailboxId, failure.until)
      await tellMailbox(parts, tx, submission, 'mailbox.throttled', { until: failure.until.toString() })
      return
    case 'our_config': {
      const until = (await databaseNow(tx)).add({ minutes: ourConfigMinutes })
      await throttle(tx, mailboxId, until, 'our_config')
      await tellMailbox(parts, tx, submission, 'mailbox.refused', { why: failure.kind })
      return
    }
    // the mailbox was stopped by whoever heard it
    case 'sender_refused':
    case 'mailbox_refused':
      await tellMailbox(parts, tx, submission, 'mailbox.refused', { why: failure.kind })
      return
    // Whether the grant is broken the mailboxes domain has decided (a late refusal of an old token breaks nothing).
    case 'unauthorised':
    case 'admin_needed':
    case 'scope_missing':
      await noteTrouble(tx, mailboxId)
      await tellMailbox(parts, tx, submission, 'mailbox.refused', {
        why: failure.kind === 'unauthorised' ? failure.why : failure.kind,
      })
      return
    case 'transient':
    case 'not_found':
    case 'rejected':
      if (isPassing(failure) && mayTryAgain(submission)) await noteTrouble(tx, mailboxId)
      return
    case 'unknown_outcome':
    case 'cursor_expired':
      return
  }
}

function isPassing(failure: ProviderFailure): boolean {
  return failure.kind !== 'rejected' || !failure.permanent
}

function mayTryAgain({ tries }: LeasedSubmission): boolean {
  return (tries + 1) % mostTries !== 0
}

function rejection({ why, diagnostic }: ProviderFailure & { readonly kind: 'rejected' }): Reason {
  const told = { diagnostic: diagnostic.slice(0, 300) }
  if (why === 'too_large') return { code: 'too_large', values: told }
  if (why === 'recipient_invalid') return { code: 'recipient_invalid', values: told }
  return { code: 'rejected', values: { why, ...told } }
}

/** A mail in doubt is never held at once: it waits first. */
async function waitOrHold(
  tx: Tx,
  submission: LeasedSubmission,
  failure: ProviderFailure,
): Promise<'queued' | 'held' | undefined> {
  const { id, leaseId } = submission
  if (!(await moveToQueued(tx, id, { leaseId }))) return undefined
  if (mayTryAgain(submission)) return 'queued'
  const full = failure.kind === 'rejected' && failure.why === 'mailbox_full'
  const code = full ? 'sender_full' : 'provider_trouble'
  const reason: Reason = { code, values: { diagnostic: failure.diagnostic.slice(0, 300) } }
  await moveToHeld(tx, id, { states: ['queued'] }, reason)
  return 'held'
}

export interface Left {
  readonly submission: Submission
  readonly written: Pick<Intent['written'], 'messageId' | 'references' | 'subject' | 'text' | 'html' | 'raw'>
  readonly thread?: Thread | undefined
  readonly rawSha256: string
  readonly fromName: string
  readonly fromAddress: string
  readonly accepted: Accepted
  /** When the call began: whatever answers the mail came after it, however late its fate was known. */
  readonly startedAt: Temporal.Instant
}

/** The messages stand in their conversations, and the provider's ids are ours from now on. */
export async function recordAccepted(parts: EventParts, tx: Tx, left: readonly Left[]): Promise<void> {
  const [first] = left
  if (first === undefined) return
  const messages = left.flatMap((one) => messageOf(parts, one))
  if (messages.length > 0) await insertSent(tx, first.submission.workspaceId, messages)
  const events = left.map(({ submission, accepted, thread }) =>
    eventOf(submission, 'submission.accepted', {
      providerThreadId: accepted.providerThreadId ?? null,
      threadId: thread?.id ?? null,
    }),
  )
  await parts.emit(tx, ...events)
}

/** None of a test message. */
function messageOf({ ids }: EventParts, left: Left): readonly SentMessage[] {
  const { submission, written, thread, accepted, rawSha256, fromName, fromAddress } = left
  const { contactId } = submission
  if (thread === undefined || contactId === undefined) return []
  return [
    {
      id: ids.uuid(),
      threadId: thread.id,
      mailboxId: submission.mailboxId,
      contactId,
      ...(submission.campaignId === undefined ? {} : { campaignId: submission.campaignId }),
      submissionId: submission.id,
      messageId: written.messageId,
      references: written.references,
      fromName,
      fromAddress,
      to: submission.toAddress,
      subject: written.subject,
      text: written.text,
      html: written.html,
      rawSha256,
      size: written.raw.byteLength,
      ...(submission.authorId === undefined ? {} : { authorId: submission.authorId }),
      ...(accepted.providerMessageId === undefined ? {} : { providerMessageId: accepted.providerMessageId }),
      ...(accepted.providerThreadId === undefined ? {} : { providerThreadId: accepted.providerThreadId }),
      at: left.startedAt,
    },
  ]
}

/** The event of a submission, told. */
export async function tell(parts: EventParts, tx: Tx, submission: Submission, type: string): Promise<void> {
  await parts.emit(tx, eventOf(submission, type))
}

/** What campaigns, inbox and the live page need to know of a submission, and no content. */
export function eventOf(
  submission: Submission,
  type: string,
  more: Readonly<Record<string, unknown>> = {},
): NewEvent {
  return {
    workspaceId: submission.workspaceId,
    type,
    subject: submission.id,
    payload: {
      ...more,
      kind: submission.kind,
      mailboxId: submission.mailboxId,
      contactId: submission.contactId ?? null,
      campaignId: submission.campaignId ?? null,
      memberId: submission.memberId ?? null,
    },
  }
}

async function tellMailbox(
  parts: EventParts,
  tx: Tx,
  submission: Submission,
  type: string,
  payload: Readonly<Record<string, unknown>>,
): Promise<void> {
  await parts.emit(tx, { workspaceId: submission.workspaceId, type, subject: submission.mailboxId, payload })
}

/** No call was made, whether its lease stands or was ended meanwhile: it waits again. A lost lease changes nothing. */
export async function settleUncalled(
  parts: EventParts,
  tx: Tx,
  submission: LeasedSubmission,
  why: string,
): Promise<void> {
  if (!(await moveToQueued(tx, submission.id, { leaseId: submission.leaseId }))) return
  await endAttempt(tx, submission.id, 'not_called', why)
  await refund(tx, submission)
  await wake(parts, tx, [submission.mailboxId])
  await tell(parts, tx, submission, 'submission.queued')
}
