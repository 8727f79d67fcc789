/** Of the provider in memory: what it watches. */
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
