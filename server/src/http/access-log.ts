/**
 * Owns the line that every request leaves: method, route (never the path, which may hold a token), status and time.
 * Each request carries an id, which is in its answer and in everything logged about it.
 */
import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Env } from '../http-kit/index.ts'
import type { Clock } from '../platform/clock/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Log } from '../platform/log/index.ts'
import type { Metrics } from '../platform/metrics/index.ts'

/** Ids that a proxy in front may give. */
const wellFormedId = /^[\w.:-]{8,64}$/

export function accessLog(parts: {
  readonly log: Log
  readonly clock: Clock
  readonly ids: Ids
  readonly metrics: Metrics
}): MiddlewareHandler<Env> {
  return async (c, next) => {
    const given = c.req.header('x-request-id')
    const requestId = given !== undefined && wellFormedId.test(given) ? given : parts.ids.uuid()
    const log = parts.log.child({ requestId })
    c.set('requestId', requestId)
    c.set('log', log)
    const start = parts.clock.monotonicMs()
    await next()
    c.res.headers.set('x-request-id', requestId)
    const { method } = c.req
    const { status } = c.res
    const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? '*'
    const actor = c.get('actor') as Env['Variables']['actor'] | undefined
    const ms = Math.round(parts.clock.monotonicMs() - start)
    parts.metrics.count('kontor_http_requests_total', { method, status: String(status) })
    const fields = { method, route, status, ms, workspace: actor?.workspaceId, person: actor?.personId }
    if (status >= 500) log.warn(fields, 'request')
    else if (route.startsWith('/api/')) log.info(fields, 'request')
    else log.debug(fields, 'request')
  }
}
