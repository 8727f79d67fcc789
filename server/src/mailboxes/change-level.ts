/**
 * From one level to the other. Send Only → Full: the narrow grant works on until the wide one arrives. Full → Send
 * Only: the wide grant is given back at once and the mailbox waits for a narrow one, its queue held meanwhile; at
 * Google it cannot be the other way round, because giving back one grant ends all of that person's.
 */
import type { Level } from './consent.ts'
import type { Recorder } from './ledger.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Actor, Mailbox } from './mailbox.ts'
import { auditMailbox } from './members.ts'
import type { MailboxParts } from './parts.ts'
import type { Ending } from './revoke.ts'
import { markEnding, revokeAtProvider } from './revoke.ts'
import { lockMailbox, lockMailboxesOfGrant, setBroken, setLevel } from './store.ts'
import { grantById, narrowGrant } from './store-grant.ts'

export interface LevelWish {
  readonly workspaceId: string
  readonly mailboxId: string
  readonly level: Level
  readonly actor: Pick<Actor, 'personId'>
  /** What becomes of the replies that are stored. */
  readonly stored: 'keep' | 'erase'
}

/**
 * Gives a wider grant back before a narrower one is asked for; does nothing when the level does not fall. The level is
 * the grant's, so every mailbox that lives on it waits; shared ones as well, which are never wider than it.
 */
export async function giveBackWiderGrant(
  parts: MailboxParts & { readonly record: Recorder },
  { workspaceId, mailboxId, level, stored, actor }: LevelWish,
  signal: AbortSignal,
): Promise<void> {
  const ending = await parts.database.inWorkspace(workspaceId, async (tx): Promise<Ending | undefined> => {
    const mailbox = await lockMailbox(tx, mailboxId)
    if (mailbox?.grantId === undefined || mailbox.level !== 'full' || level !== 'send_only') return undefined
    const grant = await grantById(tx, mailbox.grantId)
    if (grant === undefined) return undefined
    const begun = await markEnding(tx, grant)
    await narrowGrant(tx, mailbox.grantId)
    for (const one of await lockMailboxesOfGrant(tx, mailbox.grantId)) {
      await setBroken(tx, one.id, { health: 'reconnect_needed', reason: 'level_change' })
      // a shared mailbox may have been Send Only before
      if (one.level === 'full') await narrow(parts, tx, one, { level, stored, actor })
      else await parts.schedule.sync(tx, one.id)
    }
    return begun
  })
  if (ending !== undefined) {
    await revokeAtProvider(parts, { workspaceId, mailboxId, purpose: 'disconnect' }, ending, signal)
  }
}

/** Takes reading away from a mailbox, inside the transaction of whoever decided so. */
export async function narrow(
  parts: Pick<MailboxParts, 'beginTakingBack' | 'emit' | 'schedule'>,
  tx: Tx,
  { id: mailboxId, workspaceId, address, ownerId, level: levelBefore }: Mailbox,
  { level, stored, actor }: Pick<LevelWish, 'level' | 'stored' | 'actor'>,
): Promise<void> {
  const { personId } = actor
  await parts.beginTakingBack(tx, { kind: 'narrowed', mailboxId, personId, stored })
  await setLevel(tx, mailboxId, level)
  await auditMailbox(tx, { personId, action: 'mailbox.changed', address, detail: { level, stored } })
  await parts.emit(tx, {
    workspaceId,
    type: 'mailbox.narrowed',
    subject: mailboxId,
    payload: { mailboxId, address, ownerId, level, levelBefore, actorId: personId, stored },
  })
  await parts.schedule.sync(tx, mailboxId)
}
