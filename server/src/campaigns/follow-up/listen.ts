/** What follow-ups do when something happens elsewhere; tied to events in wiring. Each is safe to repeat, in any order. */
import type { Tx } from '../../platform/db/index.ts'
import type { Event, EventHandler } from '../../platform/events/index.ts'
import { suppressWaiting } from '../../sending/index.ts'
import { campaignById } from '../store-campaign.ts'
import type { FollowUpParts } from './promote.ts'
import { stopFor, tellFollowUps } from './stop-for.ts'
import { backToReminder, waitingIn } from './store-follow-up.ts'
import type { Scope } from './store-standing.ts'
import { lookNow } from './store-standing.ts'
import { timeAfter } from './time.ts'

type Parts = Pick<FollowUpParts, 'emit' | 'ids'>

/** Handler of `submission.accepted`: the days until the next follow-up begin. */
export function timeFollowUps(parts: Parts): EventHandler {
  return async (tx, { workspaceId, subject }) => {
    if (subject === undefined) return
    for (const launchId of new Set(await timeAfter(tx, subject)))
      await tellFollowUps(parts, tx, workspaceId, launchId)
  }
}

/**
 * Handler of every way in which a mail does not leave: nothing follows it. What did not leave because answers are not seen
 * any more is a reminder from now on.
 */
export function endUnsent(parts: Parts): EventHandler {
  return async (tx, { workspaceId, subject }) => {
    if (subject === undefined) return
    const launchId = await backToReminder(tx, subject)
    if (launchId === undefined) await stopFor(parts, tx, workspaceId, { afterId: subject })
    else await parts.emit(tx, { workspaceId, type: 'follow_up.due', subject: launchId, payload: {} })
  }
}

/** Handler of what is heard from a person, and of what becomes of one. */
export function endAnswered(parts: Parts): EventHandler {
  return async (tx, event) => {
    const scope = scopeOf(event)
    if (scope === undefined) return
    await stopFor(parts, tx, event.workspaceId, scope)
    await lookNow(tx, scope)
    // one that was held for a decision goes on, or says why not
    const { type, workspaceId } = event
    if (type.startsWith('suggestion.') && 'contactId' in scope)
      await parts.emit(tx, { workspaceId, type: 'submission.reexamine', payload: { ...scope } })
  }
}

function scopeOf({ type, subject, payload }: Event): Scope | undefined {
  if (type === 'member.changed') return subject === undefined ? undefined : { memberId: subject }
  if (type === 'contact.changed' || type === 'contact.deleted' || type === 'contact.merged')
    return subject === undefined ? undefined : { contactId: subject }
  const { contactId } = payload
  return typeof contactId === 'string' ? { contactId } : undefined
}

/** Handler of `campaign.changed`: closed, nothing of it follows; resumed, what waited is looked at. */
export function endClosed(parts: Parts): EventHandler {
  return async (tx, { workspaceId, subject }) => {
    const campaign = subject === undefined ? undefined : await campaignById(tx, subject)
    if (campaign === undefined) return
    const scope = { campaignId: campaign.id }
    if (campaign.status === 'closed') await stopFor(parts, tx, workspaceId, scope)
    else if (campaign.status === 'running') await lookNow(tx, scope)
  }
}

/** Handler of `mailbox.narrowed`: answers are not seen any more, so nothing follows by itself. */
export function endUnseen(parts: Parts): (tx: Tx, event: Event) => Promise<void> {
  return async (tx, { subject }) => {
    if (subject === undefined) return
    await suppressWaiting(parts, tx, await waitingIn(tx, subject), { code: 'answers_unseen' })
  }
}
