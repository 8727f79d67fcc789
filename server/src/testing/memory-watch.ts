/** Of the provider in memory: what it watches, where it is, and the two ways of its answers. */
import type { OAuthEndpoint } from '../mailboxes/consent.ts'
import type { Outcome, ProviderFailure, Watch, WatchWish } from '../mailboxes/provider.ts'

/** A watch as the provider keeps it. */
export interface Watched {
  readonly handle: string
  readonly notifyUrl: string
  readonly secret: string
  readonly until: Temporal.Instant
}

const watchHours = 168

/** Goes on with the watch of before while it lasts; otherwise begins one with that handle. */
export function watchOn(
  before: Watched | undefined,
  wish: WatchWish,
  fresh: { readonly now: Temporal.Instant; readonly handle: string },
): { readonly watched: Watched; readonly told: Watch } {
  const until = fresh.now.add({ hours: watchHours })
  const lasts = before !== undefined && Temporal.Instant.compare(before.until, fresh.now) > 0
  const goesOn = lasts && before.handle === wish.previous
  const { handle, secret } = goesOn ? before : { handle: fresh.handle, secret: wish.secret }
  return {
    watched: { handle, secret, until, notifyUrl: wish.notifyUrl },
    told: { handle, until, begun: !goesOn },
  }
}

export const memoryEndpoint: OAuthEndpoint = {
  key: 'memory',
  provider: 'gmail',
  label: 'Memory',
  products: 'Memory',
  practice: true,
  issuer: 'https://memory.example',
  authorizeUrl: 'https://memory.example/authorize',
  tokenUrl: 'https://memory.example/token',
  userinfoUrl: 'https://memory.example/userinfo',
  apiUrl: 'https://memory.example',
  adminConsentUrl: 'https://memory.example/adminconsent',
  clientId: 'memory',
}

export function succeeded<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

export function failed(failure: ProviderFailure): { readonly ok: false; readonly failure: ProviderFailure } {
  return { ok: false, failure }
}
