/**
 * The level of a shared mailbox by itself. It falls without the provider, which has no smaller permission for one mailbox of
 * several: from then on Kontor does not ask. It rises as far as that of the account, once the provider allowed reading shared
 * mailboxes and the inbox folder of this one could be opened.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Actor as TeamActor } from '../team/index.ts'
import { narrow } from './change-level.ts'
import type { ConsentStart } from './connect.ts'
import { consentAgain } from './connect.ts'
import type { Level } from './consent.ts'
import { endWatch } from './end-watch.ts'
import type { Recorder } from './ledger.ts'
import type { Mailbox } from './mailbox.ts'
import { auditMailbox } from './members.ts'
import type { AddressProblem } from './other-address.ts'
import type { SharedParts } from './shared-mailbox.ts'
import { problemOf } from './shared-mailbox.ts'
import { lockMailbox, setLevel } from './store.ts'
import { reachOf } from './store-grant.ts'
import { takeWatch } from './store-watch.ts'
import type { TokenKeeper } from './tokens.ts'
import { keptTokens } from './tokens.ts'

export interface SharedLevelWish {
  readonly actor: TeamActor
  readonly mailbox: Mailbox
  readonly level: Level
  /** What becomes of stored replies when it falls. */
  readonly stored: 'keep' | 'erase'
  /** Look for replies of the time before when it rises. */
  readonly fetchEarlier: boolean
}

/** `asked`: it goes on at the provider. */
export type SharedLevelOutcome =
  | { readonly outcome: 'changed' }
  | { readonly outcome: 'asked'; readonly start: ConsentStart }
  | { readonly outcome: 'refused'; readonly problem: AddressProblem }

/** Changes it, or gives the page of the provider where that goes on. */
export async function changeSharedLevel(
  sharing: SharedParts & { readonly record: Recorder; readonly tokens: TokenKeeper },
  wish: SharedLevelWish,
  signal: AbortSignal,
): Promise<SharedLevelOutcome> {
  const { actor, mailbox, level, fetchEarlier } = wish
  const { workspaceId, id, address, displayName: name } = mailbox
  const { database } = sharing.parts
  const reach = await database.inWorkspace(workspaceId, (tx) => reachOf(tx, id))
  if (level === mailbox.level) {
    const again = consentAgain(actor, mailbox, reach?.level ?? level)
    return { outcome: 'asked', start: await sharing.startConsent(again) }
  }
  if (level === 'send_only') return await fall(sharing, wish, signal)
  if (reach?.level !== 'full') return { outcome: 'refused', problem: 'shared_account_narrower' }
  if (reach.shared !== 'full') {
    const shared = { address, name, level }
    const again = consentAgain(actor, mailbox, 'full')
    return { outcome: 'asked', start: await sharing.startConsent({ ...again, shared, fetchEarlier }) }
  }
  const opened = await sharing.open(workspaceId, id, 'connect', { address, level })
  const reached = opened.ok ? await opened.value.identities(signal) : opened
  if (!reached.ok) return { outcome: 'refused', problem: problemOf(reached.failure) }
  await database.inWorkspace(workspaceId, (tx) => rise(sharing, tx, wish))
  return { outcome: 'changed' }
}

async function fall(
  { parts, record, tokens }: Parameters<typeof changeSharedLevel>[0],
  { actor, mailbox, level, stored }: SharedLevelWish,
  signal: AbortSignal,
): Promise<SharedLevelOutcome> {
  const { workspaceId, id: mailboxId, grantId } = mailbox
  const watch = await parts.database.inWorkspace(workspaceId, async (tx) => {
    const standing = await lockMailbox(tx, mailboxId)
    if (standing?.level === 'full') await narrow(parts, tx, standing, { level, stored, actor })
    return await takeWatch(tx, mailboxId)
  })
  if (grantId !== undefined && watch !== undefined) {
    const of = { workspaceId, mailboxId, purpose: 'disconnect' } as const
    await endWatch({ ...parts, record }, of, watch, keptTokens(tokens, { workspaceId, grantId }), signal)
  }
  return { outcome: 'changed' }
}

async function rise(
  { parts }: SharedParts,
  tx: Tx,
  { actor, mailbox: { id }, level, fetchEarlier }: SharedLevelWish,
): Promise<void> {
  const standing = await lockMailbox(tx, id)
  if (standing === undefined || standing.level === level) return
  const { workspaceId, address, ownerId, level: levelBefore } = standing
  await setLevel(tx, id, level)
  const { personId } = actor
  await auditMailbox(tx, { personId, action: 'mailbox.changed', address, detail: { level } })
  const payload = {
    mailboxId: id,
    address,
    ownerId,
    level,
    levelBefore,
    ...(fetchEarlier ? { fetchEarlier } : {}),
  }
  await parts.emit(tx, { workspaceId, type: 'mailbox.changed', subject: id, payload })
  await parts.schedule.sync(tx, id)
}
