/**
 * Two influencers became one, and their conversations with them: what the list shows is that of all messages together, a
 * question that was open in either is open, and turns are numbered on from the highest.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Event } from '../platform/events/index.ts'
import type { FollowParts } from './follow.ts'
import { tellChanged } from './follow.ts'
import { conversationsOf, gather } from './store-gather.ts'
import { unansweredReply } from './store-message.ts'

/** Handler of `contact.merged`. */
export function gatherMerged(parts: Pick<FollowParts, 'emit'>): (tx: Tx, event: Event) => Promise<void> {
  return async (tx, { workspaceId, subject }) => {
    if (subject === undefined) return
    for (const { id, campaignId } of await conversationsOf(tx, subject)) {
      await gather(tx, id, { open: await unansweredReply(tx, { contactId: subject, campaignId }) })
      await tellChanged(parts, tx, workspaceId, id)
    }
  }
}
