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
import type { Env } from './env.ts'
import { ProblemError } from './problem.ts'

/** At most `most` requests per client and window. Clients on this machine are not counted when `except` says so. */
export function rateLimit(
  parts: { readonly database: Database; readonly ids: Ids; readonly clock: Clock },
  rule: {
    readonly name: string
    readonly most: number
    readonly windowSeconds: number
    readonly except?: (clientAddress: string) => boolean
  },
): MiddlewareHandler<Env> {
  return async (c, next) => {
    const place = c.get('clientAddress')
    if (rule.except?.(place) !== true) {
      const key = `${rule.name} ${createHash('sha256').update(place).digest('base64url')}`
      const { allowed, retryAfterSeconds } = await parts.database.inSystem((tx) =>
        countUse(tx, { ...rule, id: parts.ids.uuid(), key, now: parts.clock.now() }),
      )
      if (!allowed) throw new ProblemError(429, 'too_many_requests', { retryAfterSeconds })
    }
    await next()
  }
}
