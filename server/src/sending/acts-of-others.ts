/**
 * What happens to waiting mails because of something else: a campaign closes, a person is deleted.
 */
import type { Tx } from '../platform/db/index.ts'
import type { SendingParts } from './parts.ts'
import type { HeldCode, Reason } from './reasons.ts'
import { eventOf, tell } from './settle.ts'
import { openIdsOf } from './store-outbox.ts'
import { wake } from './wake.ts'
import {
  cancelWaitingOf,
  holdWaitingOf,
  moveHeldToQueued,
  settleUnsent,
  submissionById,
  submissionsById,
} from './store-submission.ts'

type Parts = Pick<SendingParts, 'emit' | 'ids'>

/** Cancels everything that waits for a contact, a member or a campaign; returns how many. */
export async function cancelOpen(
  parts: Parts,
  tx: Tx,
  of: { contactId?: string; memberId?: string; campaignId?: string },
  reason: Reason,
): Promise<number> {
  return await each(parts, tx, await openIdsOf(tx, of), 'submission.cancelled', (id) =>
    settleUnsent(tx, id, { states: ['queued', 'held'] }, 'cancelled', reason),
  )
}

/** Leaves out those of these mails that still wait: they are no longer true. Returns which. */
export async function suppressWaiting(
  parts: Parts,
  tx: Tx,
  ids: readonly string[],
  reason: Reason,
): Promise<readonly string[]> {
  const left: string[] = []
  for (const id of ids) {
    if (!(await settleUnsent(tx, id, { states: ['queued', 'held'] }, 'suppressed', reason))) continue
    left.push(id)
    const submission = await submissionById(tx, id)
    if (submission !== undefined) await tell(parts, tx, submission, 'submission.suppressed')
  }
  return left
}

/**
 * Cancels everything that waits in a campaign; returns how many that were. Told as one event, because thousands may wait;
 * of each personal mail too, because the question that it answered is open again.
 */
export async function cancelCampaign(
  parts: Pick<Parts, 'emit'>,
  tx: Tx,
  { workspaceId, campaignId }: { workspaceId: string; campaignId: string },
  reason: Reason,
): Promise<number> {
  const { count, direct } = await cancelWaitingOf(tx, campaignId, reason)
  if (count === 0) return 0
  const type = 'submission.cancelled'
  const personal = [...(await submissionsById(tx, direct)).values()].map((mail) => eventOf(mail, type))
  await parts.emit(tx, { workspaceId, type, payload: { campaignId, count } }, ...personal)
  return count
}

/**
 * Holds what waits in a campaign at once, so that no forecast tells a time that will not be; personal mails go on. Told as
 * one event; returns how many.
 */
export async function holdCampaign(
  parts: Pick<Parts, 'emit'>,
  tx: Tx,
  { workspaceId, campaignId }: { workspaceId: string; campaignId: string },
  code: HeldCode,
): Promise<number> {
  const mailboxes = await holdWaitingOf(tx, campaignId, { code })
  const count = mailboxes.length
  await wake(parts, tx, [...new Set(mailboxes)].toSorted())
  if (count > 0)
    await parts.emit(tx, { workspaceId, type: 'submission.held', payload: { campaignId, count } })
  return count
}

/** Lets go what was held for this reason in a campaign, for example while it was paused. Told as one event; returns how many. */
export async function releaseHeld(
  parts: Pick<Parts, 'emit'>,
  tx: Tx,
  { workspaceId, campaignId }: { workspaceId: string; campaignId: string },
  code: HeldCode,
): Promise<number> {
  const mailboxes = await moveHeldToQueued(tx, campaignId, code)
  const count = mailboxes.length
  await wake(parts, tx, [...new Set(mailboxes)].toSorted())
  if (count > 0)
    await parts.emit(tx, { workspaceId, type: 'submission.queued', payload: { campaignId, count } })
  return count
}

/** Does it to each of these mails and tells of all of them in one statement; returns how many that were. */
export async function each(
  parts: Parts,
  tx: Tx,
  ids: readonly string[],
  type: string,
  change: (id: string) => Promise<boolean>,
): Promise<number> {
  const changed: string[] = []
  for (const id of ids) if (await change(id)) changed.push(id)
  const now = await submissionsById(tx, changed)
  if (now.size > 0) await parts.emit(tx, ...[...now.values()].map((mail) => eventOf(mail, type)))
  return changed.length
}
