/**
 * Owns the way of a request through the house: id and log line → headers → limits → origin → session → the domain's
 * routes, each mounted here under /api/v1, then the web page. Errors become problem details in one place.
 */
import { getConnInfo } from '@hono/node-server/conninfo'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import {
  clientAddress,
  originGuard,
  problem,
  problemOf,
  problemResponse,
  rateLimit,
  sessionGuard,
} from '../http-kit/index.ts'
import type { Env } from '../http-kit/index.ts'
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Log } from '../platform/log/index.ts'
import type { Metrics } from '../platform/metrics/index.ts'
import type { Sessions } from '../team/index.ts'
import { accessLog } from './access-log.ts'
import { securityHeaders } from './headers.ts'
import { mountHealth } from './health.ts'
import { openLiveFeed } from './live-feed.ts'
import { liveRoutes } from './live.ts'
import { pushRoutes } from '../receiving/routes.ts'
import { domainRoutes } from './routes.ts'
import type { DomainParts } from './routes.ts'
import { mountWebPage } from './static.ts'
import { testClockRoutes } from './test-clock.ts'

export type AppParts = {
  readonly database: Database
  readonly ids: Ids
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly sessions: Sessions
  readonly domains: DomainParts
  /** Origin under which others reach us, at this moment; undefined while only this machine does. */
  readonly openUrl: () => string | undefined
  /** What /health answers to a question, so that an address can be told to lead here. */
  readonly healthProof: (ask: string) => string
  readonly steppableClock: boolean
  /** Whether an answer that does not fit its schema is refused (tests) or only logged. */
  readonly answers: 'strict' | 'lenient'
  /** What the web build made; undefined when it was not run. */
  readonly webFolder: string | undefined
}
export type App = AsyncDisposable & {
  readonly fetch: (request: Request, env?: unknown) => Response | Promise<Response>
  /** For tests: a request without a network. */
  readonly request: (path: string, init?: RequestInit) => Promise<Response>
}

const mostBodyBytes = 2 * 1024 * 1024

export function createApp(parts: AppParts): App {
  const app = new OpenAPIHono<Env>()
  const feed = openLiveFeed(parts)
  const live = liveRoutes({ ...parts, feed })

  app.use(async (c, next) => {
    c.set('answers', parts.answers)
    c.set('clientAddress', addressOf(c, parts.openUrl() !== undefined))
    await next()
  })
  app.use(accessLog(parts))
  app.use(securityHeaders(parts.openUrl))
  app.use(compress())
  app.onError((error, c) => {
    const { problem: refusal, unexpected } = problemOf(error)
    const log = (c.get('log') as Log | undefined) ?? parts.log
    if (unexpected) log.error({ error }, 'a request failed')
    else if (refusal.status >= 500) log.warn({ error }, refusal.code)
    return problemResponse(refusal)
  })
  mountHealth(app, parts)

  const guesses = { name: 'invitations', most: 60, windowSeconds: 60 }
  app.use('/api/v1/invitations/*', rateLimit(parts, guesses))
  const small = bodyLimit({
    maxSize: mostBodyBytes,
    onError: () => {
      throw problem(413, 'too_large')
    },
  })
  app.use('/api/v1/*', (c, next) => (bringsPicture(c.req.path) ? next() : small(c, next)))
  const sameOrigin = originGuard(parts.openUrl)
  app.use('/api/v1/*', (c, next) => (isPublic(c.req.path) ? next() : sameOrigin(c, next)))
  app.use('/api/v1/workspaces/:workspaceId/*', sessionGuard(parts))

  const api = new OpenAPIHono<Env>()
  for (const routes of domainRoutes(parts.domains)) api.route('/', routes)
  const { endpoints, redirectUri } = parts.domains.mailboxes.parts
  api.route('/', pushRoutes({ ...parts, endpoints, redirectUri }))
  api.route('/', live.routes)
  if (parts.steppableClock) api.route('/', testClockRoutes(parts))
  let document: unknown
  api.get('/openapi.json', (c) => {
    document ??= app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Kontor', version: '1' },
      servers: [{ url: '/' }],
    })
    return c.json(document as object)
  })
  app.route('/api/v1', api)
  app.all('/api/*', () => {
    throw problem(404, 'not_found')
  })
  mountWebPage(app, parts.webFolder)
  app.notFound(() => problemResponse(problem(404, 'not_found')))

  return {
    fetch: (request, env) => app.fetch(request, env),
    request: async (path, init) => app.request(path, init),
    async [Symbol.asyncDispose]() {
      await live[Symbol.asyncDispose]()
      await feed[Symbol.asyncDispose]()
    },
  }
}

/** Their routes know how large a logo or an image may be, and say so in its own sentence. */
function bringsPicture(path: string): boolean {
  return /^\/api\/v1\/workspaces\/[^/]+\/(brand\/logo|campaigns\/[^/]+\/(logo|images))$/.test(path)
}

/** What creators, mail programs and providers call: no cookie is looked at, so no origin is asked for (RFC 8058 posts have none). */
function isPublic(path: string): boolean {
  return path.startsWith('/api/v1/public/') || path.startsWith('/api/v1/push/')
}

function addressOf(c: Context<Env>, behindProxy: boolean): string {
  const bindings = c.env as { incoming?: unknown } | undefined
  const connection = bindings?.incoming === undefined ? undefined : getConnInfo(c).remote.address
  return clientAddress({ connection, forwardedFor: c.req.header('x-forwarded-for'), behindProxy })
}
