/**
 * Ending a grant at the provider: marked on our side first, so that nothing is sent with it any more, then asked of
 * the provider, then forgotten. The tokens are forgotten whatever the provider says; only the answer to "was it
 * revoked there" differs, and `mailbox.permission_ended` tells it in the transaction that forgets them.
 */
import type { Tx } from '../platform/db/index.ts'
import { endWatches } from './end-watch.ts'
import type { MailboxParts } from './parts.ts'
import { endpointOf } from './parts.ts'
import type { LedgerOf, Recorder } from './ledger.ts'
import type { Grant } from './store-grant.ts'
import { forgetTokens, grantById, markRevoked, unfinishedRevocations } from './store-grant.ts'
import type { TakenWatch } from './store-watch.ts'
import { takeWatchesOfGrant } from './store-watch.ts'
import { lockMailboxesOfGrant } from './store.ts'
import { grantContext } from './tokens.ts'

/** Whether the provider ended the grant, and whether it ended this person's other grants with it. */
export interface Revoked {
  readonly revoked: boolean
  readonly endsOthers: boolean
  /** Where the person takes the consent back by hand, when the provider was not told. */
  readonly consentPage?: string
}

/**
 * How a permission ended. `revoked`: the provider ended it. `forgotten`: the provider could not be asked or said no, so
 * it is forgotten here alone. `shared`: other mailboxes live on it. `none`: there was none any more.
 */
export type PermissionEnd = 'revoked' | 'forgotten' | 'shared' | 'none'

/** What is to end at the provider: the grant as it stood before it was marked, and what was watched with it. */
export interface Ending {
  readonly grant: Grant
  readonly watches: readonly TakenWatch[]
}

/** Ends a grant on our side, inside the transaction of whoever decided so. */
export async function markEnding(tx: Tx, grant: Grant): Promise<Ending> {
  await markRevoked(tx, grant.id)
  return { grant, watches: await takeWatchesOfGrant(tx, grant.id) }
}

/** Tells the provider and forgets the tokens. */
export async function revokeAtProvider(
  parts: MailboxParts & { readonly record: Recorder },
  of: LedgerOf,
  ending: Ending,
  signal: AbortSignal,
): Promise<Revoked> {
  await endWatches(parts, of, ending, signal)
  const { grant } = ending
  const place = await endpointOf(parts.endpoints, grant.endpoint)
  const sealed = grant.refreshToken ?? grant.accessToken
  let answer: Revoked = { revoked: false, endsOthers: false }
  const revoke = place?.adapter.consent.revoke
  if (revoke !== undefined && sealed !== undefined) {
    const token = parts.box.open(sealed, grantContext(grant.id))
    const outcome = await parts.record(of, {
      call: 'revoke',
      depth: 'nothing',
      asks: [],
      touches: () => [],
      ask: () => revoke(token, signal),
    })
    if (outcome.ok) answer = { revoked: true, endsOthers: outcome.value.endsOthers }
  }
  const end: PermissionEnd = sealed === undefined ? 'none' : answer.revoked ? 'revoked' : 'forgotten'
  await parts.database.inWorkspace(of.workspaceId, async (tx) => {
    await forgetTokens(tx, grant.id)
    const others = (await lockMailboxesOfGrant(tx, grant.id)).map((mailbox) => mailbox.id)
    for (const mailboxId of new Set([of.mailboxId, ...others]))
      await parts.emit(tx, permissionEnded({ ...of, mailboxId }, end, answer.endsOthers))
  })
  const consentPage = place?.adapter.consent.consentPage(grant.accountId)
  return answer.revoked || consentPage === undefined ? answer : { ...answer, consentPage }
}

/** The event that tells how a mailbox's permission ended. */
export function permissionEnded(
  { workspaceId, mailboxId }: Pick<LedgerOf, 'workspaceId' | 'mailboxId'>,
  end: PermissionEnd,
  endsOthers = false,
): { workspaceId: string; type: string; subject: string; payload: Readonly<Record<string, unknown>> } {
  const payload = { mailboxId, end, endsOthers }
  return { workspaceId, type: 'mailbox.permission_ended', subject: mailboxId, payload }
}

const longerThanAnyRevocationSeconds = 300

/** Ends what a process that died left half ended, in one workspace. Background work, now and then. */
export async function finishRevocations(
  parts: MailboxParts & { readonly record: Recorder },
  workspaceId: string,
  signal: AbortSignal,
): Promise<void> {
  const left = await parts.database.inWorkspace(workspaceId, async (tx) => {
    const unfinished = await unfinishedRevocations(tx, longerThanAnyRevocationSeconds)
    const grants: { readonly mailboxId: string; readonly grant: Grant }[] = []
    for (const { grantId, mailboxId } of unfinished) {
      const grant = await grantById(tx, grantId)
      if (grant !== undefined) grants.push({ mailboxId, grant })
    }
    return grants
  })
  for (const { mailboxId, grant } of left) {
    const of = { workspaceId, mailboxId, purpose: 'disconnect' } as const
    await revokeAtProvider(parts, of, { grant, watches: [] }, signal)
  }
}
