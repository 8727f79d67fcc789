/**
 * The end of a watch. It is taken in the transaction that ends what it was for, before anybody who hears of that forgets it;
 * then the provider is told, where the grant ends too with what is left of it. If it cannot be told, the watch runs out by
 * itself within days, and whatever it still tells is for nobody.
 */
import { deadline } from '../platform/clock/index.ts'
import type { LedgerOf, Recorder } from './ledger.ts'
import { withLedger } from './ledger.ts'
import type { MailboxParts } from './parts.ts'
import { endpointOf } from './parts.ts'
import type { AccessTokens, Outcome } from './provider.ts'
import type { Grant } from './store-grant.ts'
import type { TakenWatch } from './store-watch.ts'
import { grantContext } from './tokens.ts'

const longestMs = 10_000

/** Ends what the provider watched for a mailbox. */
export async function endWatch(
  parts: MailboxParts & { readonly record: Recorder },
  of: LedgerOf,
  watch: TakenWatch,
  tokens: AccessTokens,
  signal: AbortSignal,
): Promise<void> {
  const { handle, address } = watch
  const place = await endpointOf(parts.endpoints, watch.endpoint)
  if (place === undefined) return
  const shared = watch.place === 'shared' ? { address } : undefined
  const provider = withLedger(place.adapter.open(tokens, shared), parts.record, of)
  const ended = await provider.unwatch(handle, AbortSignal.any([signal, deadline(longestMs)]))
  if (!ended.ok)
    parts.log.warn(
      { mailbox: of.mailboxId, kind: ended.failure.kind },
      'a watch was left to run out by itself',
    )
}

/** Ends what was watched for any mailbox of a grant. `grant` as it stood before it was marked as revoked. */
export async function endWatches(
  parts: MailboxParts & { readonly record: Recorder },
  of: LedgerOf,
  { grant, watches }: { readonly grant: Grant; readonly watches: readonly TakenWatch[] },
  signal: AbortSignal,
): Promise<void> {
  const tokens = lastTokens(parts, of, grant)
  await Promise.all(
    watches.map((one) => endWatch(parts, { ...of, mailboxId: one.mailboxId }, one, tokens, signal)),
  )
}

/** What is left of a grant that nobody renews any more. */
function lastTokens(
  parts: MailboxParts & { readonly record: Recorder },
  of: LedgerOf,
  grant: Grant,
): AccessTokens {
  let asked: Promise<Outcome<string>> | undefined
  const token = async (signal: AbortSignal): Promise<Outcome<string>> => {
    const context = grantContext(grant.id)
    const { accessToken, accessExpiresAt, refreshToken } = grant
    if (
      accessToken !== undefined &&
      accessExpiresAt !== undefined &&
      Temporal.Instant.compare(accessExpiresAt, parts.clock.now()) > 0
    )
      return { ok: true, value: parts.box.open(accessToken, context) }
    const place = await endpointOf(parts.endpoints, grant.endpoint)
    if (refreshToken === undefined || place === undefined) return noToken
    const opened = parts.box.open(refreshToken, context)
    const fresh = await parts.record(of, {
      call: 'refresh',
      depth: 'nothing',
      asks: [],
      touches: () => [],
      ask: () => place.adapter.consent.refresh(opened, grant, signal),
    })
    return fresh.ok ? { ok: true, value: fresh.value.accessToken } : fresh
  }
  return {
    current: (signal) => (asked ??= token(signal)),
    renewed: () => Promise.resolve(noToken),
  }
}

const noToken: Outcome<never> = {
  ok: false,
  failure: { kind: 'transient', diagnostic: 'no token is left' },
}
