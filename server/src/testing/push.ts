/** Push in the tests of receiving: an endpoint that hears what a test says it heard, and the routes on it. */
import { sql } from 'kysely'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { createRoutes, problemOf, problemResponse } from '../http-kit/index.ts'
import type { Env } from '../http-kit/index.ts'
import type { Hear, Heard, Knock, Ring } from '../mailboxes/provider.ts'
import type { Database } from '../platform/db/index.ts'
import type { Metrics } from '../platform/metrics/index.ts'
import { createMetrics } from '../platform/metrics/index.ts'
import { systemIds } from '../platform/ids/index.ts'
import { pushRoutes } from '../receiving/routes-push.ts'
import type { WatchingParts } from '../receiving/watching.ts'
import type { Ground } from './ground.ts'
import type { Scene } from './receiving.ts'

/** A body says what is heard of it. */
export function hearing(): { readonly hear: Hear; readonly knocks: readonly Knock[] } {
  const knocks: Knock[] = []
  return {
    knocks,
    hear: (one) => {
      knocks.push(one)
      return Promise.resolve(JSON.parse(one.body) as Heard)
    },
  }
}

/** As the ground has it. */
export const pushEndpoint = 'practice-google'
const redirectUri = () => 'http://127.0.0.1:3210/api/v1/oauth/callback'

/** What keeps the watches of a scene's mailboxes. Its provider reaches an address of this machine unless told. */
export function watchingOf(
  { outside, provider, receiving }: Scene,
  more: { readonly practice?: boolean; readonly hear?: Hear | undefined } = {},
): WatchingParts {
  const { hear } = 'hear' in more ? more : hearing()
  const endpoint = { ...outside.endpoint, key: pushEndpoint, practice: more.practice ?? true }
  const adapter = { ...outside.adapter, push: hear === undefined ? {} : { hear } }
  return {
    ...receiving,
    openMailbox: () => Promise.resolve({ ok: true, value: provider }),
    endpoints: { all: () => Promise.resolve([endpoint]), adapter: () => adapter },
    redirectUri,
  }
}

export function pushApp(
  database: Database,
  scene: Scene,
  heard: { readonly hear: Hear } = hearing(),
): { readonly app: OpenAPIHono<Env>; readonly metrics: Metrics } {
  const metrics = createMetrics()
  const { endpoints } = watchingOf(scene, { hear: heard.hear })
  const routes = pushRoutes({ database, ids: systemIds, clock: scene.clock, metrics, endpoints, redirectUri })
  const app = createRoutes()
  app.use(async (c, next) => {
    c.set('clientAddress', '127.0.0.1')
    await next()
  })
  app.onError((error) => problemResponse(problemOf(error).problem))
  app.route('/', routes)
  return { app, metrics }
}

/** The provider posts one notice; or what is to be heard instead. */
export async function knock(
  app: OpenAPIHono<Env>,
  heard: Exclude<Heard, { kind: 'rung' }> | { readonly ring: Ring },
): Promise<Response> {
  const body = 'ring' in heard ? { kind: 'rung', status: 202, rings: [heard.ring] } : heard
  return await app.request(`/push/${pushEndpoint}`, { method: 'POST', body: JSON.stringify(body) })
}

/** How a mailbox stands. */
export async function fieldsOf(
  at: Ground,
  mailboxId: string,
): Promise<{
  readonly now: Temporal.Instant
  readonly dueInSeconds: number
  readonly renewAt: Temporal.Instant
  readonly until: Temporal.Instant
  readonly handle: string | undefined
  readonly off: string | undefined
}> {
  const { rows } = await at.inside((tx) =>
    sql<{
      now: Temporal.Instant
      due: number
      renew_at: Temporal.Instant | null
      until_at: Temporal.Instant | null
      handle: string | null
      off_reason: string | null
    }>`select kontor_now() as now, extract(epoch from p.due_at - kontor_now())::float8 as due, w.renew_at, w.until_at,
        w.handle, w.off_reason
      from mailbox_position p left join mailbox_watch w using (workspace_id, mailbox_id)
      where p.mailbox_id = ${mailboxId}`.execute(tx),
  )
  const found = rows[0]
  if (found === undefined) throw new Error('the mailbox is not read')
  return {
    now: found.now,
    dueInSeconds: found.due,
    renewAt: found.renew_at ?? found.now,
    until: found.until_at ?? found.now,
    handle: found.handle ?? undefined,
    off: found.off_reason ?? undefined,
  }
}
