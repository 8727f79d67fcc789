/**
 * The end of a watch, before the grant ends that it lives on: the provider is told with what is left of the grant. If it
 * cannot be told, the watch runs out by itself within days, and whatever it still tells is for nobody.
 */
import { deadline } from '../platform/clock/index.ts'
import type { LedgerOf, Recorder } from './ledger.ts'
import { withLedger } from './ledger.ts'
import type { MailboxParts } from './parts.ts'
import { endpointOf } from './parts.ts'
import type { AccessTokens, Outcome } from './provider.ts'
import type { Grant } from './store-grant.ts'
import { forgetWatch } from './store-watch.ts'
import { grantContext } from './tokens.ts'

const longestMs = 10_000

/** Ends what the provider watches for a mailbox. `grant` as it stood before it was marked as revoked. */
export async function endWatch(
  parts: MailboxParts & { readonly record: Recorder },
  of: LedgerOf,
  grant: Grant,
  signal: AbortSignal,
): Promise<void> {
  const handle = await parts.database.inWorkspace(of.workspaceId, (tx) => forgetWatch(tx, of.mailboxId))
  const place = await endpointOf(parts.endpoints, grant.endpoint)
  if (handle === undefined || place === undefined) return
  const token = async (): Promise<Outcome<string>> => {
    const context = grantContext(grant.id)
    const { accessToken, accessExpiresAt, refreshToken } = grant
    if (
      accessToken !== undefined &&
      accessExpiresAt !== undefined &&
      Temporal.Instant.compare(accessExpiresAt, parts.clock.now()) > 0
    )
      return { ok: true, value: parts.box.open(accessToken, context) }
    if (refreshToken === undefined) return noToken
    const opened = parts.box.open(refreshToken, context)
    const fresh = await parts.record(of, {
      call: 'refresh',
      depth: 'nothing',
      asks: [],
      touches: () => [],
      ask: () => place.adapter.consent.refresh(opened, grant.level, signal, grant.shared),
    })
    return fresh.ok ? { ok: true, value: fresh.value.accessToken } : fresh
  }
  const tokens: AccessTokens = { current: token, renewed: () => Promise.resolve(noToken) }
  const provider = withLedger(place.adapter.open(tokens), parts.record, of)
  const ended = await provider.unwatch(handle, AbortSignal.any([signal, deadline(longestMs)]))
  if (!ended.ok)
    parts.log.warn(
      { mailbox: of.mailboxId, kind: ended.failure.kind },
      'a watch was left to run out by itself',
    )
}

const noToken: Outcome<never> = {
  ok: false,
  failure: { kind: 'transient', diagnostic: 'no token is left' },
}
