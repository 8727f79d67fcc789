/**
 * Owns access tokens: sealed at rest, refreshed once per expiry however many processes ask, and the one place that
 * finds a grant broken.
 *
 * 1. Read the grant, together with those that are asked for meanwhile. A token that still lives is given at once.
 * 2. Otherwise take the refresh lease of exactly this token version (a column, because an advisory lock would need a session of
 * its own for the length of a network call and does not survive a transaction pooler). Who does not get it waits until the lease
 * has ended, which the database tells every process, and reads again; also now and then, since a hint may be lost. The lease of
 * a process that is not to be seen any more (`is_present`) counts for its first seconds alone.
 * 3. Ask the provider outside any transaction.
 * 4. Store over the version that it began from, whoever holds the lease by now: what came first counts. Whoever lost it begins
 * again, so that a late answer about tokens that were replaced meanwhile neither overwrites nor disconnects anything.
 */
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { SecretBox } from '../platform/secret-box/index.ts'
import { readingTogether } from '../platform/turns/index.ts'
import type { ConsentProvider } from './consent.ts'
import type { AccessTokens, Outcome, ProviderFailure } from './provider.ts'
import type { Grant } from './store-grant.ts'
import { grantById, grantsById, leaseRefresh, releaseRefresh, storeRefreshed } from './store-grant.ts'
import { createLooks } from './token-looks.ts'

/** An access token and the version of the grant's tokens that it belongs to. */
export interface HeldToken {
  readonly token: string
  readonly version: number
  /** Tokens of this grant were refused, and no call has succeeded since. */
  readonly refused: boolean
}

export interface GrantAddress {
  readonly workspaceId: string
  readonly grantId: string
}

export interface TokenKeeper {
  /** A token that lives for another minute at least. `unauthorised` or `admin_needed` once the grant is broken. */
  accessToken(grant: GrantAddress, signal: AbortSignal): Promise<Outcome<HeldToken>>
  /** The token to use after the provider refused one before its time. */
  renewed(grant: GrantAddress, refused: string, signal: AbortSignal): Promise<Outcome<HeldToken>>
}

export interface TokenKeeperOptions {
  readonly database: Database
  readonly box: SecretBox
  readonly ids: Ids
  /** Real time. */
  readonly clock: Clock
  /** How to refresh at an endpoint; undefined when the endpoint is gone. */
  readonly consentAt: (endpoint: string) => Promise<ConsentProvider | undefined>
  /** Runs the refresh itself with its two lines in the access log. */
  readonly recorded: <T>(grant: GrantAddress, ask: () => Promise<Outcome<T>>) => Promise<Outcome<T>>
  /** Called once per grant and token version that turned out to be broken. */
  readonly onBroken: (grant: GrantAddress, version: number, failure: ProviderFailure) => Promise<void>
}

const marginSeconds = 60
const longestWaitMs = 60_000
const storeAgainMs = 1000
const readAtOnce = 100

/** What a look at a grant came to. */
type Step =
  | { readonly ended: Grant | undefined }
  | { readonly living: HeldToken }
  | { readonly leased: Grant; readonly leaseId: string }
  | { readonly taken: true }

/** The context under which the tokens of a grant are sealed. */
export function grantContext(grantId: string): string {
  return `grant:${grantId}`
}

/** The tokens of a grant as an adapter takes them. */
export function keptTokens(keeper: TokenKeeper, grant: GrantAddress): AccessTokens {
  const told = async (held: ReturnType<TokenKeeper['accessToken']>): Promise<Outcome<string>> => {
    const outcome = await held
    return outcome.ok ? { ok: true, value: outcome.value.token } : outcome
  }
  return {
    current: (signal) => told(keeper.accessToken(grant, signal)),
    renewed: (refused, signal) => told(keeper.renewed(grant, refused, signal)),
  }
}

/** Keeps the tokens of every grant of the installation. */
export function createTokenKeeper(options: TokenKeeperOptions): TokenKeeper {
  const { database, box, clock } = options
  const turnAt = createLooks<Step>(database, clock)
  const read = readingTogether<string, Grant | undefined>(
    (workspaceId, ids) =>
      database.inWorkspace(workspaceId, async (tx) => {
        const grants = await grantsById(tx, ids)
        return ids.map((id) => grants.get(id))
      }),
    readAtOnce,
  )

  async function obtain(
    address: GrantAddress,
    refused: string | undefined,
    signal: AbortSignal,
  ): Promise<Outcome<HeldToken>> {
    const standing = await read(address.workspaceId, address.grantId)
    const held = standing?.state === 'active' ? livingToken(standing, refused) : undefined
    if (held !== undefined) return { ok: true, value: held }
    const until = clock.monotonicMs() + longestWaitMs
    while (clock.monotonicMs() < until && !signal.aborted) {
      using turn = turnAt(address.grantId)
      // never another workspace's look, whatever grant is named
      const reason = `${address.workspaceId} ${refused ?? ''}`
      const { made, seen } = await turn.look(reason, () => look(address, refused))
      if ('ended' in seen) return { ok: false, failure: endedFailure(seen.ended) }
      if ('living' in seen) return { ok: true, value: seen.living }
      if ('leased' in seen && made) {
        const refreshed = await refresh(address, seen.leased, seen.leaseId, signal)
        if (refreshed !== undefined) return refreshed
      } else await turn.wait(signal)
    }
    return {
      ok: false,
      failure: { kind: 'transient', diagnostic: 'another process is refreshing this grant' },
    }
  }

  async function look({ workspaceId, grantId }: GrantAddress, refused: string | undefined): Promise<Step> {
    const leaseId = options.ids.uuid()
    return await database.inWorkspace(workspaceId, async (tx) => {
      const grant = await grantById(tx, grantId)
      if (grant === undefined || grant.state !== 'active') return { ended: grant }
      const living = livingToken(grant, refused)
      if (living !== undefined) return { living }
      const lease = { id: leaseId, holder: database.presence }
      return !grant.leased && (await leaseRefresh(tx, grant, lease))
        ? { leased: grant, leaseId }
        : { taken: true }
    })
  }

  function livingToken(grant: Grant, refused: string | undefined): HeldToken | undefined {
    if (grant.accessToken === undefined || grant.accessExpiresAt === undefined) return undefined
    const soon = clock.now().add({ seconds: marginSeconds })
    if (Temporal.Instant.compare(grant.accessExpiresAt, soon) <= 0) return undefined
    const token = box.open(grant.accessToken, grantContext(grant.id))
    return token === refused ? undefined : { token, version: grant.tokenVersion, refused: grant.refused }
  }

  /** Undefined: the answer came too late to count; read again. */
  async function refresh(
    address: GrantAddress,
    grant: Grant,
    leaseId: string,
    signal: AbortSignal,
  ): Promise<Outcome<HeldToken> | undefined> {
    const { workspaceId } = address
    const context = grantContext(grant.id)
    const consent = await options.consentAt(grant.endpoint)
    if (consent === undefined || grant.refreshToken === undefined) {
      await database.inWorkspace(workspaceId, (tx) => releaseRefresh(tx, grant.id, leaseId))
      return {
        ok: false,
        failure: { kind: 'our_config', diagnostic: `no way to refresh at ${grant.endpoint}` },
      }
    }
    const refreshToken = box.open(grant.refreshToken, context)
    const outcome = await options.recorded(address, () => consent.refresh(refreshToken, grant, signal))
    if (outcome.ok) {
      const { accessToken, expiresAt, refreshToken: rotated } = outcome.value
      const stored = await patiently(() =>
        database.inWorkspace(workspaceId, (tx) =>
          storeRefreshed(tx, grant, {
            accessToken: box.seal(accessToken, context),
            refreshToken: rotated === undefined ? undefined : box.seal(rotated, context),
            expiresAt,
          }),
        ),
      )
      const held = { token: accessToken, version: grant.tokenVersion + 1, refused: grant.refused }
      return stored ? { ok: true, value: held } : undefined
    }
    if (endsGrant(outcome.failure)) {
      await options.onBroken(address, grant.tokenVersion, outcome.failure)
      return undefined
    }
    await database.inWorkspace(workspaceId, (tx) => releaseRefresh(tx, grant.id, leaseId))
    return outcome
  }

  /** What a provider rotated is nowhere else: a database that is away for a moment must not cost a sign-in. */
  async function patiently<T>(store: () => Promise<T>): Promise<T> {
    const until = clock.monotonicMs() + longestWaitMs
    for (;;) {
      try {
        return await store()
      } catch (error) {
        if (clock.monotonicMs() >= until) throw error
        await clock.sleep(storeAgainMs)
      }
    }
  }

  return {
    accessToken: (grant, signal) => obtain(grant, undefined, signal),
    renewed: (grant, refused, signal) => obtain(grant, refused, signal),
  }
}

/** Whether a failure means that the grant will not work again by itself. */
export function endsGrant(failure: ProviderFailure): boolean {
  return (
    failure.kind === 'unauthorised' || failure.kind === 'admin_needed' || failure.kind === 'scope_missing'
  )
}

/** The stable code under which a broken grant is remembered. */
export function brokenReason(failure: ProviderFailure): string {
  return failure.kind === 'unauthorised' ? failure.why : failure.kind
}

function endedFailure(grant: Grant | undefined): ProviderFailure {
  const why = grant?.brokenReason ?? (grant === undefined ? 'no_grant' : grant.state)
  const diagnostic = `the grant is ${grant?.state ?? 'missing'}`
  if (why === 'admin_needed') return { kind: 'admin_needed', diagnostic }
  return { kind: 'unauthorised', why, diagnostic }
}
