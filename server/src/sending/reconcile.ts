/**
 * What became of the uncertain: leases that ran out, and mails of which nobody knows whether the provider took them.
 *
 * A lease that ran out, or whose worker is gone, goes back to waiting before the call; after it the mail is in doubt. With Full
 * Access we look into Sent by our token and Message-ID; found means accepted, surely absent (and older than every call can
 * last) means waiting again with its allowance kept as used. Where Sent proves nothing it is looked at on and on, and a
 * person decides, as with Send Only, where nobody can look.
 */
import { threadById } from '../correspondence/index.ts'
import { defaultLimits, newToken, parseMessage } from '../mail/index.ts'
import type { Accepted, MailProvider } from '../mailboxes/provider.ts'
import { blobs } from '../platform/blob/index.ts'
import { databaseNow, deadline } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { SendingParts } from './parts.ts'
import type { Reason } from './reasons.ts'
import { recordAccepted, tell } from './settle.ts'
import type { SubmissionRef } from './store-lease.ts'
import { mailboxSettings } from './store-schedule.ts'
import type { Uncertain } from './store-submission.ts'
import {
  endAttempt,
  expireLease,
  lockUncertain,
  lookAgain,
  moveToQueued,
  noteLook,
  refund,
  settleAccepted,
  submissionById,
} from './store-submission.ts'
import { wake } from './wake.ts'

/** Older than the longest call and its lease: whatever has not arrived by now will not. */
const surelyAbsentAfterSeconds = 180
/** So long the house itself must have been awake with it: when a machine sleeps, a call may begin as it wakes. */
const awakeSeconds = 60
/** So many looks at the first pace; after them the mailbox itself is in trouble. */
const surelyAbsentLooks = 8
const lookMilliseconds = 30_000

/** Puts an expired lease where it belongs. */
export async function recoverLease(parts: SendingParts, ref: SubmissionRef): Promise<void> {
  await parts.database.inWorkspace(ref.workspaceId, async (tx) => {
    const expired = await expireLease(tx, ref.submissionId)
    if (expired === undefined) return
    if (expired.to === 'queued') await refund(tx, expired)
    else await endAttempt(tx, expired.id, 'unknown_outcome', 'the lease ran out')
    await wake(parts, tx, [expired.mailboxId])
    const submission = await submissionById(tx, expired.id)
    if (submission !== undefined) await tell(parts, tx, submission, `submission.${expired.to}`)
  })
}

/** Looks into Sent once. Full Access only: the caller passes nothing else. */
export async function lookForSent(
  parts: SendingParts,
  ref: SubmissionRef & { mailboxId: string },
  signal: AbortSignal,
): Promise<void> {
  const uncertain = await parts.database.inWorkspace(ref.workspaceId, async (tx) => {
    const row = await lockUncertain(tx, ref.submissionId)
    if (row !== undefined) await lookAgain(tx, row.id, pauseBeforeLook(row.looks + 1))
    return row
  })
  if (uncertain === undefined) return
  const found = await findSent(parts, uncertain, signal)
  await parts.database.inWorkspace(ref.workspaceId, async (tx) => {
    const row = await lockUncertain(tx, ref.submissionId)
    if (row === undefined || !row.callStartedAt.equals(uncertain.callStartedAt)) return
    if (!found.ok)
      await noteLook(tx, row.id, found.failure.kind === 'not_found' ? 'nothing_yet' : 'unreachable')
    else if (found.value !== undefined)
      await acceptUncertain(parts, tx, row, found.value, { code: 'accepted_found' })
    else if (await isSurelyAbsent(tx, row)) await waitAgain(parts, tx, row)
    else await noteLook(tx, row.id, 'nothing_yet')
  })
}

async function findSent(
  parts: SendingParts,
  uncertain: Uncertain,
  signal: AbortSignal,
): ReturnType<MailProvider['findSent']> {
  const opened = await parts.openMailbox(uncertain.workspaceId, uncertain.mailboxId, 'find_sent')
  if (!opened.ok) return opened
  const domain = uncertain.messageId.slice(uncertain.messageId.lastIndexOf('@') + 1)
  return await opened.value.findSent(
    {
      messageId: uncertain.messageId,
      token: newToken(uncertain.token, domain),
      to: uncertain.toAddress,
      since: uncertain.callStartedAt.subtract({ minutes: 5 }),
      attemptedAt: uncertain.callStartedAt,
    },
    AbortSignal.any([signal, deadline(lookMilliseconds)]),
  )
}

/** Seconds until the next look: half a minute at first, at most a quarter of an hour. */
function pauseBeforeLook(looks: number): number {
  return Math.min(900, 30 * 2 ** Math.max(0, Math.min(10, looks - surelyAbsentLooks)))
}

async function isSurelyAbsent(tx: Tx, row: Uncertain): Promise<boolean> {
  const now = await databaseNow(tx)
  return (
    row.callStartedAt.until(now).total('seconds') >= surelyAbsentAfterSeconds &&
    row.inDoubtSince.until(now).total('seconds') >= awakeSeconds
  )
}

async function waitAgain(parts: SendingParts, tx: Tx, row: Uncertain): Promise<void> {
  await moveToQueued(tx, row.id, { states: ['in_doubt'] })
  await wake(parts, tx, [row.mailboxId])
  await tell(parts, tx, row, 'submission.queued')
}

/** It was sent: found in Sent, or a person said so. The message enters the conversation from the stored bytes. */
export async function acceptUncertain(
  parts: Pick<SendingParts, 'emit' | 'ids'>,
  tx: Tx,
  row: Uncertain,
  accepted: Accepted & { readonly messageId?: string },
  reason: Reason,
): Promise<boolean> {
  if (!(await settleAccepted(tx, row.id, undefined, reason))) return false
  const raw = await blobs.get(tx, row.workspaceId, row.rawSha256)
  const thread = row.threadId === undefined ? undefined : await threadById(tx, row.threadId)
  const mailbox = await mailboxSettings(tx, row.mailboxId)
  if (raw === undefined || mailbox === undefined || (thread === undefined && row.contactId !== undefined)) {
    throw new Error(`submission ${row.id} has lost its bytes, its thread or its mailbox`)
  }
  const parsed = await parseMessage(raw, defaultLimits)
  await recordAccepted(parts, tx, [
    {
      submission: row,
      written: {
        messageId: parsed.messageId ?? newToken(row.token, 'unknown.invalid'),
        references: parsed.references,
        subject: parsed.subject,
        text: parsed.text ?? '',
        html: parsed.html ?? '',
        raw,
      },
      thread,
      rawSha256: row.rawSha256,
      fromName: mailbox.displayName,
      fromAddress: mailbox.address,
      accepted,
      startedAt: row.callStartedAt,
    },
  ])
  await wake(parts, tx, [row.mailboxId])
  return true
}
