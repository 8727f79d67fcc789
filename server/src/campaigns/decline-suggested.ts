/**
 * The team agreed that an answer says no: the person declined before applying or withdraws afterwards, and what waits
 * for them in this campaign is stopped, as if they had pressed "No, thanks". A decision that was made already stands.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Emit, Event } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { cancelOpen } from '../sending/index.ts'
import { withdrawApplication } from './store-application.ts'
import { lockMemberOfContact, moveMember } from './store-member.ts'

/** Handler of `suggestion.accepted`. Payload: `kind`, `contactId`, `campaignId`. */
export function declineSuggested(parts: {
  readonly emit: Emit
  readonly ids: Ids
}): (tx: Tx, event: Event) => Promise<void> {
  return async (tx, { workspaceId, payload }) => {
    const { kind, contactId, campaignId } = payload
    if (kind !== 'declined' || typeof contactId !== 'string' || typeof campaignId !== 'string') return
    const member = await lockMemberOfContact(tx, campaignId, contactId)
    if (member === undefined) return
    const to = member.state === 'applied' ? 'withdrawn' : 'declined'
    if (!(await moveMember(tx, member.id, to))) return
    await withdrawApplication(tx, member.id)
    await cancelOpen(parts, tx, { memberId: member.id }, { code: to })
    await parts.emit(tx, { workspaceId, type: 'member.changed', subject: member.id, payload: { campaignId } })
  }
}
