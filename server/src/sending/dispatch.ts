/**
 * Leases from the outbox to their outcomes.
 *
 * 1. In one transaction for all that were leased together: truth check, render, bytes, our ids and token, the attempt, and
 *    the start of the call. From here a crash leaves a mail in doubt, before here it leaves it waiting.
 * 2. The call to the provider, outside any transaction, with one deadline that ends before the lease. A process that stood
 *    still before it makes no call any more: somebody else may have looked into Sent, found nothing, and sent the mail.
 * 3. In one transaction for all that arrived meanwhile: the outcome, proved by the lease id.
 *
 * Never sends twice: an answer that did not come is `in_doubt`, not a retry. What cannot be written together is written
 * one by one, so that no mail keeps another back. A mail with large files is written when there is room for it, and keeps
 * that room until its outcome; one that still waits for it when the process stops waits again instead.
 */
import type { MailProvider } from '../mailboxes/provider.ts'
import { deadline } from '../platform/clock/index.ts'
import { createRoom } from '../platform/room/index.ts'
import { takingTurns } from '../platform/turns/index.ts'
import type { Intent, SendingParts } from './parts.ts'
import type { Prepared } from './prepare.ts'
import { prepareTogether } from './prepare.ts'
import type { Arrived } from './settle.ts'
import { settleArrived, settleFailure, settleUncalled, settleWithoutCall } from './settle.ts'
import type { Lease } from './store-lease.ts'
import { lockLeased } from './store-submission.ts'

const callMilliseconds = 60_000
const settledAtOnce = 64
/** Bytes of the files of large mails that one process holds at once; a mail with more is held alone. */
const roomBytes = 12 * 1024 * 1024

/**
 * Takes leases of one workspace to their outcomes, with a promise for each: resolves also when the lease was lost; rejects
 * only on our own faults.
 */
export type Dispatcher = (leases: readonly Lease[]) => readonly Promise<void>[]

/** Once `stopping`, mails that wait for room are given back instead of being called for. */
export function createDispatcher(parts: SendingParts, stopping?: AbortSignal): Dispatcher {
  const settle = takingTurns<Arrived>(
    (workspaceId, arrived) =>
      parts.database.inWorkspace(workspaceId, (tx) => settleArrived(parts, tx, arrived)),
    settledAtOnce,
  )

  const room = createRoom(roomBytes)

  async function send(lease: Lease, prepared: Prepared): Promise<void> {
    const begun = parts.clock.now()
    const intent = await prepared(lease)
    if (intent === undefined) return
    if (!('large' in intent)) return await sendPrepared(lease, intent, begun)
    using _room = await room(intent.large)
    if (stopping?.aborted === true) return await giveBack(lease)
    const since = parts.clock.now()
    const written = await prepareTogether(parts, [lease], 'large')(lease)
    if (written !== undefined && !('large' in written)) await sendPrepared(lease, written, since)
  }

  async function sendPrepared(lease: Lease, intent: Intent, begun: Temporal.Instant): Promise<void> {
    const { workspaceId } = lease
    const opened = await parts.openMailbox(workspaceId, lease.mailboxId, 'send')
    if (opened.ok && begun.until(parts.clock.now()).total('milliseconds') > callMilliseconds)
      return await parts.database.inWorkspace(workspaceId, (tx) =>
        settleUncalled(parts, tx, intent.submission, 'the process stood still before the call'),
      )
    const outcome = opened.ok ? await call(parts, lease, intent, opened.value) : opened
    if (outcome.ok) await settle(workspaceId, { lease, intent, accepted: outcome.value })
    else
      await parts.database.inWorkspace(workspaceId, (tx) => settleFailure(parts, tx, intent, outcome.failure))
  }

  /** Nothing was begun. */
  async function giveBack(lease: Lease): Promise<void> {
    await parts.database.inWorkspace(lease.workspaceId, async (tx) => {
      const [standing] = await lockLeased(tx, [lease])
      if (standing !== undefined) await settleWithoutCall(parts, tx, standing, { verdict: 'wait' })
    })
  }

  return (leases) => {
    const prepared = prepareTogether(parts, leases, 'small')
    return leases.map((lease) => send(lease, prepared))
  }
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
