/**
 * Taking a mailbox away: marked as disconnected, its queue and its stored mail decided by whoever hears the event,
 * its grant given back at the provider when no other mailbox lives on it.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Actor, Mailbox } from './mailbox.ts'
import { maySend } from './mailbox.ts'
import { auditMailbox } from './members.ts'
import { endWatch } from './end-watch.ts'
import type { Recorder } from './ledger.ts'
import type { MailboxParts } from './parts.ts'
import type { Ending, PermissionEnd, Revoked } from './revoke.ts'
import { markEnding, permissionEnded, revokeAtProvider } from './revoke.ts'
import { lockMailbox, lockMailboxesOfGrant, mailboxById, setDisconnected } from './store.ts'
import { grantById } from './store-grant.ts'
import { closePolls } from './store-ledger.ts'
import type { TakenWatch } from './store-watch.ts'
import { takeWatch } from './store-watch.ts'
import type { TokenKeeper } from './tokens.ts'
import { keptTokens } from './tokens.ts'

export interface DisconnectWish {
  readonly workspaceId: string
  readonly mailboxId: string
  readonly actor: Actor
  readonly queue: 'hold' | 'cancel' | 'reassign'
  readonly reassignTo: string | undefined
  readonly stored: 'keep' | 'erase'
}

export type Disconnected =
  /** `erased`: messages that are being erased. */
  | ({ readonly ok: true; readonly erased: number } & Revoked)
  | { readonly ok: false; readonly problem: 'not_found' | 'reassign_target' }

interface Marked {
  readonly erased: number
  /** To be given back. */
  readonly ending?: Ending
  /** Of a grant that lives on, where nobody else is told through the watch of this mailbox. */
  readonly watched?: { readonly grantId: string; readonly watch: TakenWatch }
}

/** Disconnects. What waits may only move to another mailbox of the same world that the person may send from. */
export async function disconnect(
  parts: MailboxParts & { readonly record: Recorder; readonly tokens: TokenKeeper },
  wish: DisconnectWish,
  signal: AbortSignal,
): Promise<Disconnected> {
  const { workspaceId, mailboxId, actor } = wish
  const marked = await parts.database.inWorkspace(
    workspaceId,
    async (tx): Promise<Marked | 'not_found' | 'reassign_target'> => {
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
      const { queue, reassignTo, stored } = wish
      const erased = await parts.beginTakingBack(tx, {
        kind: 'disconnected',
        mailboxId,
        personId: actor.personId,
        stored,
        queue,
        ...(queue === 'reassign' && reassignTo !== undefined ? { reassignTo } : {}),
      })
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
      const end = await permissionHeld(tx, mailbox)
      if (typeof end === 'object') return { ending: end, erased }
      await parts.emit(tx, permissionEnded(wish, end))
      const { grantId } = mailbox
      if (grantId === undefined || end !== 'shared' || !(await isWatchedAlone(tx, mailbox))) return { erased }
      const watch = await takeWatch(tx, mailboxId)
      return watch === undefined ? { erased } : { erased, watched: { grantId, watch } }
    },
  )
  if (typeof marked === 'string') return { ok: false, problem: marked }
  const { erased, ending, watched } = marked
  const of = { workspaceId, mailboxId, purpose: 'disconnect' } as const
  if (watched !== undefined) {
    const tokens = keptTokens(parts.tokens, { workspaceId, grantId: watched.grantId })
    await endWatch(parts, of, watched.watch, tokens, signal)
  }
  if (ending === undefined) return { ok: true, erased, revoked: false, endsOthers: false }
  return { ok: true, erased, ...(await revokeAtProvider(parts, of, ending, signal)) }
}

/** The mail of other addresses of an account lies where its own does, and they are told of it in the same way. */
async function isWatchedAlone(tx: Tx, { place, grantId = '' }: Mailbox): Promise<boolean> {
  if (place === 'shared') return true
  return (await lockMailboxesOfGrant(tx, grantId)).every((other) => other.place === 'shared')
}

/** The grant to give back, marked; or how the permission ended without that. */
async function permissionHeld(
  tx: Tx,
  { grantId }: Pick<Mailbox, 'grantId'>,
): Promise<Ending | Extract<PermissionEnd, 'shared' | 'none'>> {
  if (grantId === undefined) return 'none'
  if ((await lockMailboxesOfGrant(tx, grantId)).length > 0) return 'shared'
  const grant = await grantById(tx, grantId)
  if (grant === undefined || grant.state === 'revoked') return 'none'
  return await markEnding(tx, grant)
}
