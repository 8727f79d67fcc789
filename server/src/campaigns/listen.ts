/** What campaigns does when something happens elsewhere; tied to events in wiring. */
import type { Tx } from '../platform/db/index.ts'
import type { Emit, Event } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { cancelOpen } from '../sending/index.ts'
import { moveMember } from './store-member.ts'

/**
 * Handler of `submission.accepted`: whoever's invitation the provider took is invited. Payload: `kind`, `memberId`,
 * `campaignId`.
 */
export function noteInvited(emit: Emit): (tx: Tx, event: Event) => Promise<void> {
  return async (tx, { workspaceId, payload }) => {
    const { kind, memberId, campaignId } = payload
    if (kind !== 'invitation' || typeof memberId !== 'string') return
    if (!(await moveMember(tx, memberId, 'invited'))) return
    await emit(tx, { workspaceId, type: 'member.changed', subject: memberId, payload: { campaignId } })
  }
}

/** Handler of `contact.deleted`: what waits for the person is cancelled, in every campaign and outside them. */
export function cancelForDeleted(parts: {
  readonly emit: Emit
  readonly ids: Ids
}): (tx: Tx, event: Event) => Promise<void> {
  return async (tx, { subject }) => {
    if (subject !== undefined)
      await cancelOpen(parts, tx, { contactId: subject }, { code: 'contact_deleted' })
  }
}
