/**
 * Owns how often one client may knock. Counts live in the database, so that they hold for all processes together;
 * a client's address is kept as a hash only, and at most a day.
 */
import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { countUse } from '../team/index.ts'
import { clientNetwork, isLoopback } from './client-address.ts'
import type { Env } from './env.ts'
import { ProblemError } from './problem.ts'

/** At most `most` requests per client and window. Whoever sits on this machine is not counted: practice people do. */
export function rateLimit(
  parts: { readonly database: Database; readonly ids: Ids; readonly clock: Clock },
  rule: {
    readonly name: string
    readonly most: number
    readonly windowSeconds: number
  },
): MiddlewareHandler<Env> {
  return async (c, next) => {
    const place = c.get('clientAddress')
    if (!isLoopback(place)) {
      const key = `${rule.name} ${createHash('sha256').update(clientNetwork(place)).digest('base64url')}`
      const { allowed, retryAfterSeconds } = await parts.database.inSystem((tx) =>
        countUse(tx, { ...rule, id: parts.ids.uuid(), key, now: parts.clock.now() }),
      )
      if (!allowed) throw new ProblemError(429, 'too_many_requests', { retryAfterSeconds })
    }
    await next()
  }
}
