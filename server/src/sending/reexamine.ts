/**
 * A second look at a held mail: does what held it still hold? Asked when a person releases it, and when what it concerns
 * changes (the influencer, the place in the campaign, the campaign). What is mended waits again at its old place; what is no
 * longer true is left out; what still holds says so, perhaps with another reason.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Event } from '../platform/events/index.ts'
import type { SendingParts } from './parts.ts'
import type { Reason } from './reasons.ts'
import { mendable } from './reasons.ts'
import { tell } from './settle.ts'
import { heldOf } from './store-acts.ts'
import { mailboxSettings } from './store-schedule.ts'
import { moveToQueued, renewReason, settleUnsent, submissionById } from './store-submission.ts'
import { truthAndText } from './truth.ts'
import { wake } from './wake.ts'

export type ReexamineParts = Pick<SendingParts, 'authors' | 'emit' | 'ids'>

/** Undefined when it waits again or was left out for good, which the caller tells; else why it is still held. */
export async function reexamine(parts: ReexamineParts, tx: Tx, id: string): Promise<Reason | undefined> {
  const submission = await submissionById(tx, id)
  if (submission?.state !== 'held') return undefined
  const mailbox = await mailboxSettings(tx, submission.mailboxId)
  if (mailbox === undefined || mailbox.health === 'disconnected')
    return await stays(tx, id, { code: 'mailbox_disconnected' })
  const found = await truthAndText(parts, tx, submission, mailbox)
  const from = { states: ['held'] } as const
  if (!('verdict' in found)) await moveToQueued(tx, id, from)
  else if (found.verdict === 'hold') return await stays(tx, id, found.reason)
  else if (found.verdict === 'suppress') await settleUnsent(tx, id, from, 'suppressed', found.reason)
  return undefined
}

async function stays(tx: Tx, id: string, reason: Reason): Promise<Reason> {
  await renewReason(tx, id, reason)
  return reason
}

const atOnce = 200

/** Handler of `contact.changed`, `member.changed`, `campaign.changed` and of its own continuation. */
export function reexamineHeld(parts: ReexamineParts): (tx: Tx, event: Event) => Promise<void> {
  return async (tx, { workspaceId, type, subject, payload }) => {
    const of = concernOf(type, subject, payload)
    if (of === undefined) return
    const after = typeof payload['after'] === 'string' ? payload['after'] : undefined
    const ids = await heldOf(tx, of, mendable, { after, limit: atOnce })
    const woken = new Set<string>()
    for (const id of ids) {
      if ((await reexamine(parts, tx, id)) !== undefined) continue
      const now = await submissionById(tx, id)
      if (now === undefined) continue
      woken.add(now.mailboxId)
      await tell(parts, tx, now, `submission.${now.state}`)
    }
    if (woken.size > 0) await wake(parts, tx, [...woken].toSorted())
    const last = ids.at(-1)
    if (ids.length === atOnce && last !== undefined)
      await parts.emit(tx, { workspaceId, type: 'submission.reexamine', payload: { ...of, after: last } })
  }
}

function concernOf(
  type: string,
  subject: string | undefined,
  payload: Event['payload'],
): { contactId?: string; memberId?: string; campaignId?: string } | undefined {
  if (type === 'submission.reexamine') {
    const { contactId, memberId, campaignId } = payload
    return {
      ...(typeof contactId === 'string' ? { contactId } : {}),
      ...(typeof memberId === 'string' ? { memberId } : {}),
      ...(typeof campaignId === 'string' ? { campaignId } : {}),
    }
  }
  if (subject === undefined) return undefined
  if (type === 'contact.changed') return { contactId: subject }
  return type === 'member.changed' ? { memberId: subject } : { campaignId: subject }
}
