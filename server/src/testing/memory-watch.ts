/** What the provider in memory watches, and where it is. */
import type { OAuthEndpoint } from '../mailboxes/consent.ts'
import type { Watch, WatchWish } from '../mailboxes/provider.ts'

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
