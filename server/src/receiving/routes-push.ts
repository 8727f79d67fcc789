/**
 * Where providers knock. Nobody signs in here: what is genuine the adapter decides (a signed token, a secret that comes
 * back), and a genuine knock does no more than make a mailbox due and wake whoever reads it. It is answered once that is
 * written, within milliseconds, and says nothing of whom we know.
 */
import { bodyLimit } from 'hono/body-limit'
import type { Context } from 'hono'
import { createRoutes, problem, rateLimit } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { KnockRefusal } from '../mailboxes/provider.ts'
import type { EndpointBook, Knocked } from '../mailboxes/index.ts'
import { hearKnock, noteHeard, watchAgain } from '../mailboxes/index.ts'
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Metrics } from '../platform/metrics/index.ts'
import { ring } from './store-position.ts'
import { notedSeconds } from './try-push.ts'

export interface PushRouteParts {
  readonly database: Database
  readonly ids: Ids
  readonly clock: Clock
  readonly metrics: Metrics
  readonly endpoints: EndpointBook
  readonly redirectUri: () => string
}

const mostBodyBytes = 256 * 1024
const knocks = { name: 'push', most: 3000, windowSeconds: 60 }
export const pushMetric = 'kontor_push_total'

/** What this process last noted at which door, so that a flood of knocks is no flood of writes. */
type Noted = Map<string, Temporal.Instant>

export function pushRoutes(parts: PushRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  const noted: Noted = new Map()
  const small = bodyLimit({
    maxSize: mostBodyBytes,
    onError: () => {
      throw problem(413, 'too_large')
    },
  })
  const paths = ['/push/:endpoint', '/push/:endpoint/lifecycle'] as const
  for (const path of paths) {
    routes.post(path, rateLimit(parts, knocks), small, (c) =>
      answered({ ...parts, noted }, c, c.req.param('endpoint')),
    )
  }
  return routes
}

async function answered(
  parts: PushRouteParts & { readonly noted: Noted },
  c: Context<Env>,
  endpoint: string,
): Promise<Response> {
  const knocked = await hearKnock(parts, endpoint, {
    body: await c.req.text(),
    authorization: c.req.header('authorization'),
    asked: new URL(c.req.url).searchParams,
  })
  if (knocked === undefined) throw problem(404, 'not_found')
  const count = (outcome: string, by = 1) => {
    if (by > 0) parts.metrics.count(pushMetric, { endpoint, outcome }, by)
  }
  if (knocked.kind === 'refused') {
    count('refused')
    if (knocked.why !== undefined) await note(parts, endpoint, knocked.why)
    return c.body(null, knocked.status)
  }
  if (knocked.kind === 'asked_back') {
    count('asked_back')
    // plain text that no browser takes for anything else (nosniff), so nothing in it can run
    return c.body(knocked.answer, 200, { 'content-type': 'text/plain; charset=utf-8' })
  }
  count('rung', knocked.for.length)
  count('unknown', knocked.unknown)
  await note(parts, endpoint)
  for (const [workspaceId, mailboxes] of byWorkspace(knocked.for)) {
    await parts.database.inWorkspace(workspaceId, async (tx) => {
      for (const [mailboxId, tells] of mailboxes) {
        if (tells !== 'change') await watchAgain(tx, mailboxId, { ended: tells === 'ended' })
        await ring(tx, mailboxId, { told: true })
      }
    })
  }
  return c.body(null, knocked.status)
}

async function note(
  { database, clock, noted }: PushRouteParts & { readonly noted: Noted },
  endpoint: string,
  why?: KnockRefusal,
): Promise<void> {
  const door = `${endpoint} ${why?.fault ?? 'taken'}`
  const now = clock.now()
  const before = noted.get(door)
  if (before !== undefined && before.until(now).total('seconds') < notedSeconds) return
  noted.set(door, now)
  await noteHeard(database, endpoint, why)
}

type Rung = Extract<Knocked, { kind: 'rung' }>['for']

/** Each mailbox once, in one order for all; of several things told about one, the one that asks for most. */
function byWorkspace(rung: Rung): Map<string, Map<string, Rung[number]['tells']>> {
  const weight = { change: 0, ask_again: 1, ended: 2 }
  const found = new Map<string, Map<string, Rung[number]['tells']>>()
  for (const { workspaceId, mailboxId, tells } of rung.toSorted((a, b) =>
    a.mailboxId < b.mailboxId ? -1 : 1,
  )) {
    const mailboxes = found.get(workspaceId) ?? new Map<string, Rung[number]['tells']>()
    const before = mailboxes.get(mailboxId)
    if (before === undefined || weight[before] < weight[tells]) mailboxes.set(mailboxId, tells)
    found.set(workspaceId, mailboxes)
  }
  return found
}
