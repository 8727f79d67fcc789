/**
 * Ending a grant at the provider: marked on our side first, so that nothing is sent with it any more, then asked of
 * the provider, then forgotten. The tokens are forgotten whatever the provider says; only the answer to "was it
 * revoked there" differs.
 */
import type { MailboxParts } from './parts.ts'
import { endpointOf } from './parts.ts'
import type { LedgerOf, Recorder } from './ledger.ts'
import type { Grant } from './store-grant.ts'
import { forgetTokens } from './store-grant.ts'
import { grantContext } from './tokens.ts'

/** Whether the provider ended the grant, and whether it ended this person's other grants with it. */
export interface Revoked {
  readonly revoked: boolean
  readonly endsOthers: boolean
}

/** Tells the provider and forgets the tokens. `grant` as it stood before it was marked as revoked. */
export async function revokeAtProvider(
  parts: MailboxParts & { readonly record: Recorder },
  of: LedgerOf,
  grant: Grant,
  signal: AbortSignal,
): Promise<Revoked> {
  const place = endpointOf(parts.endpoints, grant.endpoint)
  const sealed = grant.refreshToken ?? grant.accessToken
  let answer: Revoked = { revoked: false, endsOthers: false }
  if (place !== undefined && sealed !== undefined) {
    const token = parts.box.open(sealed, grantContext(grant.id))
    const outcome = await parts.record(of, {
      call: 'revoke',
      depth: 'nothing',
      asks: [],
      touches: () => [],
      ask: () => place.adapter.consent.revoke(token, signal),
    })
    if (outcome.ok) answer = { revoked: true, endsOthers: outcome.value.endsOthers }
  }
  await parts.database.inWorkspace(of.workspaceId, (tx) => forgetTokens(tx, grant.id))
  return answer
}
