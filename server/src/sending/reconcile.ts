/**
 * What became of the uncertain: leases that ran out, and mails of which nobody knows whether the provider took them.
 *
 * A lease that ran out before the call goes back to waiting; after it the mail is in doubt. With Full Access we look
 * into Sent by our token and Message-ID; found means accepted, surely absent (and older than every call can last) means
 * waiting again with its allowance kept as used. With Send Only nobody can look: a person decides.
 */
import { threadById } from '../correspondence/index.ts'
import { defaultLimits, newToken, parseMessage } from '../mail/index.ts'
import type { Accepted } from '../mailboxes/provider.ts'
import { blobs } from '../platform/blob/index.ts'
import { databaseNow, deadline } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { SendingParts } from './parts.ts'
import { recordAccepted, tell } from './settle.ts'
import type { SubmissionRef } from './store-lease.ts'
import { mailboxSettings, wake } from './store-schedule.ts'
import type { Uncertain } from './store-submission.ts'
import {
  endAttempt,
  expireLease,
  lockUncertain,
  lookAgain,
  moveToQueued,
  refund,
  settleAccepted,
  submissionById,
} from './store-submission.ts'

/** Older than the longest call and its lease: whatever has not arrived by now will not. */
const surelyAbsentAfterSeconds = 180
const nextLookSeconds = 30
const lookMilliseconds = 30_000

/** Puts an expired lease where it belongs. */
export async function recoverLease(parts: SendingParts, ref: SubmissionRef): Promise<void> {
  await parts.database.inWorkspace(ref.workspaceId, async (tx) => {
    const expired = await expireLease(tx, ref.submissionId)
    if (expired === undefined) return
    if (expired.to === 'queued') await refund(tx, expired)
    else await endAttempt(tx, expired.id, 'unknown_outcome', 'the lease ran out')
    await wake(tx, [expired.mailboxId])
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
    if (row !== undefined) await lookAgain(tx, row.id, nextLookSeconds)
    return row
  })
  if (uncertain === undefined) return
  const opened = await parts.openMailbox(ref.workspaceId, ref.mailboxId, 'find_sent')
  if (!opened.ok) return
  const domain = uncertain.messageId.slice(uncertain.messageId.lastIndexOf('@') + 1)
  const found = await opened.value.findSent(
    {
      messageId: uncertain.messageId,
      token: newToken(uncertain.token, domain),
      to: uncertain.toAddress,
      since: uncertain.callStartedAt.subtract({ minutes: 5 }),
      attemptedAt: uncertain.callStartedAt,
    },
    AbortSignal.any([signal, deadline(lookMilliseconds)]),
  )
  if (!found.ok) return
  await parts.database.inWorkspace(ref.workspaceId, async (tx) => {
    const row = await lockUncertain(tx, ref.submissionId)
    if (row === undefined) return
    if (!row.callStartedAt.equals(uncertain.callStartedAt)) return
    if (found.value !== undefined) await acceptUncertain(parts, tx, row, found.value)
    else await waitAgain(parts, tx, row)
  })
}

async function waitAgain(parts: SendingParts, tx: Tx, row: Uncertain): Promise<void> {
  const now = await databaseNow(tx)
  const age = row.callStartedAt.until(now).total('seconds')
  if (age < surelyAbsentAfterSeconds) return
  await moveToQueued(tx, row.id, { states: ['in_doubt'] })
  await wake(tx, [row.mailboxId])
  await tell(parts, tx, row, 'submission.queued')
}

/** It was sent: found in Sent, or a person said so. The message enters the conversation from the stored bytes. */
export async function acceptUncertain(
  parts: Pick<SendingParts, 'emit' | 'ids'>,
  tx: Tx,
  row: Uncertain,
  accepted: Accepted & { readonly messageId?: string },
): Promise<boolean> {
  if (!(await settleAccepted(tx, row.id, undefined))) return false
  const raw = await blobs.get(tx, row.workspaceId, row.rawSha256)
  const thread = row.threadId === undefined ? undefined : await threadById(tx, row.threadId)
  const mailbox = await mailboxSettings(tx, row.mailboxId)
  if (raw === undefined || thread === undefined || mailbox === undefined) {
    throw new Error(`submission ${row.id} has lost its bytes, its thread or its mailbox`)
  }
  const parsed = await parseMessage(raw, defaultLimits)
  await recordAccepted(parts, tx, {
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
  })
  await wake(tx, [row.mailboxId])
  return true
}
