/**
 * One lease from the outbox to its outcome.
 *
 * 1. In one transaction: truth check, render, bytes, our ids and token, the attempt, and the start of the call. From
 *    here a crash leaves the mail in doubt, before here it leaves it waiting.
 * 2. The call to the provider, outside any transaction, with one deadline that ends before the lease. A process that stood
 *    still before it makes no call any more: somebody else may have looked into Sent, found nothing, and sent the mail.
 * 3. In one transaction: the outcome, proved by the lease id.
 *
 * Never sends twice: an answer that did not come is `in_doubt`, not a retry.
 */
import type { Thread } from '../correspondence/index.ts'
import { insertReferences, insertThread, parentOf, threadById } from '../correspondence/index.ts'
import { canonical, ComposeError } from '../mail/index.ts'
import type { MailProvider } from '../mailboxes/provider.ts'
import { blobs } from '../platform/blob/index.ts'
import { deadline } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Intent, SendingParts, Withheld } from './parts.ts'
import type { Rendered } from './ports.ts'
import { mixes } from './practice.ts'
import type { Reason } from './reasons.ts'
import { settleOutcome, settleWithoutCall } from './settle.ts'
import type { Lease } from './store-lease.ts'
import type { MailboxSettings } from './store-schedule.ts'
import { mailboxSettings } from './store-schedule.ts'
import type { LeasedSubmission } from './store-submission.ts'
import { endAttempt, lockLeased, writeIntent } from './store-submission.ts'
import type { Submission } from './submission.ts'
import type { Written } from './write.ts'
import { write } from './write.ts'

/** A lease lives longer than the longest call: an expired one is in doubt for good reason. */
export const leaseSeconds = 120
const callMilliseconds = 60_000

/** Takes one leased submission to its outcome. Resolves also when the lease was lost; throws only on our own faults. */
export async function dispatch(parts: SendingParts, lease: Lease): Promise<void> {
  const begun = parts.clock.now()
  const intent = await parts.database.inWorkspace(lease.workspaceId, (tx) => prepare(parts, tx, lease))
  if (intent === undefined) return
  const opened = await parts.openMailbox(lease.workspaceId, lease.mailboxId, 'send')
  if (opened.ok && begun.until(parts.clock.now()).total('milliseconds') > callMilliseconds) {
    await parts.database.inWorkspace(lease.workspaceId, (tx) => settleUncalled(parts, tx, lease))
    return
  }
  const outcome = opened.ok ? await call(parts, lease, intent, opened.value) : opened
  await parts.database.inWorkspace(lease.workspaceId, (tx) =>
    settleOutcome(parts, tx, lease, intent, outcome),
  )
}

async function prepare(parts: SendingParts, tx: Tx, lease: Lease): Promise<Intent | undefined> {
  const submission = await lockLeased(tx, lease.submissionId, lease.leaseId)
  if (submission === undefined) return undefined
  const mailbox = await mailboxSettings(tx, submission.mailboxId)
  if (mailbox === undefined) return undefined
  const rendered: Rendered | Withheld = mixes(mailbox, submission.toAddress)
    ? { verdict: 'suppress', reason: { code: 'practice_and_real' } }
    : await truthAndText(parts, tx, submission, mailbox)
  if ('verdict' in rendered) {
    await settleWithoutCall(parts, tx, submission, lease.leaseId, rendered)
    return undefined
  }
  const continued = submission.threadId === undefined ? undefined : await threadById(tx, submission.threadId)
  const parent =
    submission.answersMessageId === undefined ? undefined : await parentOf(tx, submission.answersMessageId)
  let written: Written
  try {
    written = await write({ submission, mailbox, rendered, threadToken: continued?.token, parent })
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error
    const reason: Reason = {
      code: 'cannot_be_written',
      values: { field: error.field, problem: error.kind },
    }
    await settleWithoutCall(parts, tx, submission, lease.leaseId, { verdict: 'hold', reason })
    return undefined
  }
  const blob = await blobs.put(tx, submission.workspaceId, written.raw, rendered.files)
  const thread = await threadOf(tx, parts.ids, submission, continued, written)
  const started = await writeIntent(tx, submission.id, lease.leaseId, {
    attemptId: parts.ids.uuid(),
    token: written.token,
    messageId: written.messageId,
    threadId: thread?.id,
    rawSha256: blob.sha256,
    size: blob.size,
    subject: written.subject,
    ttlSeconds: leaseSeconds,
  })
  if (!started) {
    await settleWithoutCall(parts, tx, submission, lease.leaseId, { verdict: 'wait' })
    return undefined
  }
  return {
    submission,
    written,
    thread,
    rawSha256: blob.sha256,
    fromName: mailbox.displayName,
    fromAddress: mailbox.address,
  }
}

/** Whether the mail may still leave, and with which words. */
export async function truthAndText(
  parts: Pick<SendingParts, 'authors'>,
  tx: Tx,
  submission: Submission,
  mailbox: MailboxSettings,
): Promise<Rendered | Withheld> {
  for (const author of parts.authors) {
    const truth = await author.stillTrue(tx, submission)
    if (truth !== undefined && truth.verdict !== 'true') return truth
  }
  for (const author of parts.authors) {
    const outcome = await author.render(tx, submission)
    if (outcome === undefined) continue
    if (!outcome.ok) return { verdict: 'hold', reason: outcome.hold }
    return outcome.rendered.cc?.some((address) => mixes(mailbox, address)) === true
      ? { verdict: 'suppress', reason: { code: 'practice_and_real' } }
      : outcome.rendered
  }
  return { verdict: 'hold', reason: { code: 'no_author', values: { kind: submission.kind } } }
}

/**
 * The thread that the mail continues or begins, with the mail's own identifiers. A mail to nobody's record begins none:
 * an answer to it is none of ours.
 */
async function threadOf(
  tx: Tx,
  ids: Ids,
  submission: LeasedSubmission,
  continued: Thread | undefined,
  written: Written,
): Promise<Thread | undefined> {
  const references = [
    { kind: 'token', value: written.token },
    { kind: 'message-id', value: canonical(written.messageId) },
  ] as const
  if (continued !== undefined) {
    await insertReferences(tx, submission.workspaceId, continued, references)
    return continued
  }
  const { contactId } = submission
  if (contactId === undefined) return undefined
  const thread: Thread = {
    id: ids.uuid(),
    mailboxId: submission.mailboxId,
    contactId,
    ...(submission.campaignId === undefined ? {} : { campaignId: submission.campaignId }),
    token: written.token,
    subject: written.subject,
  }
  await insertThread(tx, submission.workspaceId, thread, references)
  return thread
}

async function call(
  parts: SendingParts,
  lease: Lease,
  intent: Intent,
  mailbox: MailProvider,
): ReturnType<MailProvider['send']> {
  try {
    const continues =
      intent.submission.answersMessageId === undefined ? undefined : intent.thread?.providerThreadId
    return await mailbox.send(intent.written.raw, continues, deadline(callMilliseconds))
  } catch (error) {
    parts.log.error({ error, submission: lease.submissionId }, 'the provider adapter failed while sending')
    return { ok: false, failure: { kind: 'unknown_outcome', diagnostic: 'the adapter failed' } }
  }
}

/** No call was made: it waits again, unless the lease ran out and others have decided. */
async function settleUncalled(parts: SendingParts, tx: Tx, lease: Lease): Promise<void> {
  const submission = await lockLeased(tx, lease.submissionId, lease.leaseId)
  if (submission === undefined) return
  await endAttempt(tx, submission.id, 'not_called', 'the process stood still before the call')
  await settleWithoutCall(parts, tx, submission, lease.leaseId, { verdict: 'wait' })
}
