/**
 * Taking a mailbox away: marked as disconnected, its queue and its stored mail decided by whoever hears the event,
 * its grant given back at the provider when no other mailbox lives on it.
 */
import type { Actor } from './mailbox.ts'
import { maySend } from './mailbox.ts'
import { auditMailbox } from './members.ts'
import type { Recorder } from './ledger.ts'
import type { MailboxParts } from './parts.ts'
import type { Revoked } from './revoke.ts'
import { revokeAtProvider } from './revoke.ts'
import { lockMailbox, lockMailboxesOfGrant, mailboxById, setDisconnected } from './store.ts'
import type { Grant } from './store-grant.ts'
import { grantById, markRevoked } from './store-grant.ts'
import { closePolls } from './store-ledger.ts'

export interface DisconnectWish {
  readonly workspaceId: string
  readonly mailboxId: string
  readonly actor: Actor
  readonly queue: 'hold' | 'cancel' | 'reassign'
  readonly reassignTo: string | undefined
  readonly stored: 'keep' | 'erase'
}

export type Disconnected =
  | ({ readonly ok: true } & Revoked)
  | { readonly ok: false; readonly problem: 'not_found' | 'reassign_target' }

/** Disconnects. What waits may only move to another mailbox of the same world that the person may send from. */
export async function disconnect(
  parts: MailboxParts & { readonly record: Recorder },
  wish: DisconnectWish,
  signal: AbortSignal,
): Promise<Disconnected> {
  const { workspaceId, mailboxId, actor } = wish
  const marked = await parts.database.inWorkspace(
    workspaceId,
    async (tx): Promise<{ grant: Grant | undefined } | 'not_found' | 'reassign_target'> => {
      const mailbox = await lockMailbox(tx, mailboxId)
      if (mailbox === undefined) return 'not_found'
      if (wish.queue === 'reassign') {
        const target = wish.reassignTo === undefined ? undefined : await mailboxById(tx, wish.reassignTo)
        const fits =
          target !== undefined &&
          target.id !== mailboxId &&
          target.health !== 'disconnected' &&
          target.practice === mailbox.practice &&
          maySend(actor, target)
        if (!fits) return 'reassign_target'
      }
      await closePolls(tx, parts.ids, mailboxId)
      await setDisconnected(tx, mailboxId)
      await auditMailbox(tx, {
        personId: actor.personId,
        action: 'mailbox.disconnected',
        address: mailbox.address,
        detail: { queue: wish.queue, stored: wish.stored },
      })
      await parts.emit(tx, {
        workspaceId,
        type: 'mailbox.disconnected',
        subject: mailboxId,
        payload: {
          mailboxId,
          address: mailbox.address,
          ownerId: mailbox.ownerId,
          actorId: actor.personId,
          queue: wish.queue,
          ...(wish.queue === 'reassign' ? { reassignTo: wish.reassignTo } : {}),
          stored: wish.stored,
        },
      })
      await parts.schedule.sync(tx, mailboxId)
      if (mailbox.grantId === undefined) return { grant: undefined }
      if ((await lockMailboxesOfGrant(tx, mailbox.grantId)).length > 0) return { grant: undefined }
      const grant = await grantById(tx, mailbox.grantId)
      if (grant?.state === 'revoked') return { grant: undefined }
      await markRevoked(tx, mailbox.grantId)
      return { grant }
    },
  )
  if (typeof marked === 'string') return { ok: false, problem: marked }
  if (marked.grant === undefined) return { ok: true, revoked: false, endsOthers: false }
  const of = { workspaceId, mailboxId, purpose: 'disconnect' } as const
  return { ok: true, ...(await revokeAtProvider(parts, of, marked.grant, signal)) }
}
