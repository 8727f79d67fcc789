/**
 * What a person can do with mails of the outbox: cancel, hold, release, put to the front, settle an unconfirmed one.
 * Each is one fenced move; a mail that moved meanwhile is refused with a code and nothing is lost.
 */
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { SendingParts } from './parts.ts'
import type { Reason } from './reasons.ts'
import { acceptUncertain } from './reconcile.ts'
import { tell } from './settle.ts'
import { copySubmission } from './store-enqueue.ts'
import { moveToFront, openIdsOf, reassign } from './store-outbox.ts'
import { wake } from './store-schedule.ts'
import {
  cancelWaitingOf,
  lockUncertain,
  moveHeldToQueued,
  moveToHeld,
  moveToQueued,
  settleUnsent,
  submissionById,
} from './store-submission.ts'

export type Act = 'cancel' | 'hold' | 'release' | 'front' | 'confirm_sent' | 'send_again'
type Parts = Pick<SendingParts, 'emit' | 'ids'>

/** Undefined when done, else a stable code of why not. */
export async function act(
  parts: Parts,
  tx: Tx,
  { id, what, by }: { id: string; what: Act; by: string },
): Promise<string | undefined> {
  const submission = await submissionById(tx, id)
  if (submission === undefined) return 'unknown_mail'
  const moved = await move(parts, tx, submission.id, what, by)
  if (!moved) return 'moved_meanwhile'
  await wake(tx, [submission.mailboxId])
  const became = await submissionById(tx, id)
  await tell(parts, tx, submission, `submission.${became?.state ?? 'queued'}`)
  return undefined
}

async function move(parts: Parts, tx: Tx, id: string, what: Act, by: string): Promise<boolean> {
  switch (what) {
    case 'cancel':
      return await settleUnsent(tx, id, { states: ['queued', 'held'] }, 'cancelled', {
        code: 'by_person',
        values: { name: by },
      })
    case 'hold':
      return await moveToHeld(tx, id, { states: ['queued'] }, { code: 'by_person', values: { name: by } })
    case 'release':
      return await moveToQueued(tx, id, { states: ['held'] })
    case 'front':
      return await moveToFront(tx, id)
    case 'confirm_sent': {
      const row = await lockUncertain(tx, id)
      return row !== undefined && (await acceptUncertain(parts, tx, row, {}))
    }
    case 'send_again':
      return await sendAgain(parts, tx, id)
  }
}

// In doubt: the same mail waits again. Final: a new, linked mail.
async function sendAgain(parts: Parts, tx: Tx, id: string): Promise<boolean> {
  if (await moveToQueued(tx, id, { states: ['in_doubt'] })) return true
  const copy = parts.ids.uuid()
  const at = (await databaseNow(tx)).toString()
  return await copySubmission(tx, id, { id: copy, key: `again:${id}:${at}` })
}

/** Cancels everything that waits for a contact, a member or a campaign; returns how many. */
export async function cancelOpen(
  parts: Parts,
  tx: Tx,
  of: { contactId?: string; memberId?: string; campaignId?: string; mailboxId?: string },
  reason: Reason,
): Promise<number> {
  return await each(parts, tx, of, 'submission.cancelled', (id) =>
    settleUnsent(tx, id, { states: ['queued', 'held'] }, 'cancelled', reason),
  )
}

/** Cancels everything that waits in a campaign, told as one event: thousands may wait; returns how many. */
export async function cancelCampaign(
  parts: Pick<Parts, 'emit'>,
  tx: Tx,
  { workspaceId, campaignId }: { workspaceId: string; campaignId: string },
  reason: Reason,
): Promise<number> {
  const count = await cancelWaitingOf(tx, campaignId, reason)
  if (count > 0)
    await parts.emit(tx, { workspaceId, type: 'submission.cancelled', payload: { campaignId, count } })
  return count
}

/** Lets go what was held for this reason in a campaign, for example while it was paused; returns how many. */
export async function releaseHeld(tx: Tx, campaignId: string, code: string): Promise<number> {
  const mailboxes = await moveHeldToQueued(tx, campaignId, code)
  await wake(tx, [...new Set(mailboxes)].toSorted())
  return mailboxes.length
}

/** What becomes of the mails that wait in a mailbox that is disconnected. */
export async function releaseMailbox(
  parts: Parts,
  tx: Tx,
  mailboxId: string,
  queue: { choice: 'hold' } | { choice: 'cancel' } | { choice: 'reassign'; to: string },
): Promise<number> {
  const reason: Reason = { code: 'mailbox_disconnected' }
  if (queue.choice === 'cancel') return await cancelOpen(parts, tx, { mailboxId }, reason)
  if (queue.choice === 'hold') {
    return await each(parts, tx, { mailboxId }, 'submission.held', (id) =>
      moveToHeld(tx, id, { states: ['queued'] }, reason),
    )
  }
  const moved = await each(parts, tx, { mailboxId }, 'submission.queued', (id) => reassign(tx, id, queue.to))
  await wake(tx, [queue.to])
  return moved
}

async function each(
  parts: Parts,
  tx: Tx,
  of: { contactId?: string; memberId?: string; campaignId?: string; mailboxId?: string },
  type: string,
  change: (id: string) => Promise<boolean>,
): Promise<number> {
  let changed = 0
  for (const id of await openIdsOf(tx, of)) {
    if (!(await change(id))) continue
    changed += 1
    const submission = await submissionById(tx, id)
    if (submission !== undefined) await tell(parts, tx, submission, type)
  }
  return changed
}
