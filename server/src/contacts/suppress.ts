/**
 * Suppressing an address: nothing is sent to it again, whatever asks for it. What waits is stopped by the truth check
 * of each mail; `address.suppressed` tells the others at once.
 */
import { addressKey } from '../mail/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Emit, Event } from '../platform/events/index.ts'
import type { SuppressionReason } from './contact.ts'
import { contactById, ownersOf } from './store.ts'
import { insertSuppression, suppressionOf } from './store-suppression.ts'

/** Suppresses an address key. False when it was suppressed before; then nothing changes. */
export async function suppress(
  tx: Tx,
  writer: { readonly workspaceId: string; readonly emit: Emit },
  suppression: { readonly addressKey: string; readonly reason: SuppressionReason; readonly evidence: string },
): Promise<boolean> {
  if (!(await insertSuppression(tx, writer.workspaceId, suppression))) return false
  const contactId = (await ownersOf(tx, [suppression.addressKey])).get(suppression.addressKey)
  const subject = contactId === undefined ? {} : { subject: contactId }
  const { workspaceId, emit } = writer
  await emit(tx, {
    workspaceId,
    type: 'address.suppressed',
    ...subject,
    payload: { reason: suppression.reason },
  })
  if (contactId !== undefined) {
    await emit(tx, { workspaceId, type: 'contact.changed', subject: contactId, payload: {} })
  }
  return true
}

/** True when nothing may be sent to the address in this workspace. */
export async function isSuppressed(tx: Tx, key: string): Promise<boolean> {
  return (await suppressionOf(tx, key)) !== undefined
}

/**
 * Handler of `message.captured`. A bounce suppresses each recipient whose failure is permanent (status class 5,
 * RFC 3463 §2) and nobody for a temporary one, or for one that our own mailbox is to blame for; a complaint (RFC 5965)
 * suppresses whom it comes from. Receiving tells only of reports that name a message of ours, and of addresses that we wrote to.
 * Payload: `kind`, `contactId`, `recipients: [{ address, permanent, status?, diagnostic? }]`, `complaint?`.
 */
export function suppressCaptured(emit: Emit): (tx: Tx, event: Event) => Promise<void> {
  return async (tx, { workspaceId, payload }) => {
    const { kind, contactId, recipients } = payload
    if (kind === 'bounce') {
      for (const { address, evidence } of permanentIn(recipients)) {
        const suppression = { addressKey: addressKey(address), reason: 'bounce', evidence } as const
        await suppress(tx, { workspaceId, emit }, suppression)
      }
    }
    if (kind !== 'complaint') return
    const said = typeof payload['complaint'] === 'string' ? payload['complaint'] : 'abuse'
    const named = permanentIn(recipients).map(({ address }) => address)
    // an abuse report may hide who complained (RFC 6590); nobody but the one we wrote to has seen the ids in it
    const hidden = named.length === 0 && said !== 'opt-out' && typeof contactId === 'string'
    const contact = hidden ? await contactById(tx, contactId) : undefined
    for (const address of contact === undefined ? named : [contact.address]) {
      const reason = said.startsWith('opt-out') ? 'unsubscribed' : 'complaint'
      await suppress(tx, { workspaceId, emit }, { addressKey: addressKey(address), reason, evidence: said })
    }
  }
}

function permanentIn(recipients: unknown): { address: string; evidence: string }[] {
  if (!Array.isArray(recipients)) return []
  return recipients.flatMap((recipient: unknown) => {
    if (typeof recipient !== 'object' || recipient === null) return []
    const { address, permanent, status, diagnostic } = recipient as Record<string, unknown>
    if (typeof address !== 'string' || permanent !== true) return []
    const told = [status, diagnostic].filter((part) => typeof part === 'string' && part !== '')
    return [{ address, evidence: told.join(' ') }]
  })
}
