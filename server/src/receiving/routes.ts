/** What was checked after an outage of a mailbox, and what could not be read yet. */
import { Done } from '@kontor/api/common'
import { OutageReport, Unread } from '@kontor/api/mailboxes'
import { z } from 'zod'
import type { Unread as UnreadMessage } from '../correspondence/index.ts'
import { leaveUnread, tryUnreadAgain, unreadIn } from '../correspondence/index.ts'
import { createRoutes, problem, serve, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { mailboxById, maySteer } from '../mailboxes/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import type { OutageReport as OutageRow } from './store-outage.ts'
import { outageReports } from './store-outage.ts'
import { beginReading } from './store-position.ts'

export { pushRoutes } from './routes-push.ts'

const outages = workspaceRoute({
  method: 'get',
  path: '/mailboxes/{id}/outages',
  summary: 'What was checked after each outage of a mailbox',
  answer: z.object({ rows: z.array(OutageReport) }),
})
const unread = workspaceRoute({
  method: 'get',
  path: '/mailboxes/{id}/unread',
  summary: 'Messages in conversations of ours that could not be read yet',
  answer: z.object({ rows: z.array(Unread) }),
})
const again = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/unread/again',
  summary: 'Read the mailbox now, also what could not be read before',
  answer: Done,
})
const leave = workspaceRoute({
  method: 'post',
  path: '/mailboxes/{id}/unread/leave',
  summary: 'Leave what could not be read: it was read at the provider',
  answer: Done,
})

export function receivingRoutes({ database }: { readonly database: Database }): OpenAPIHono<Env> {
  const routes = createRoutes()
  serve(routes, outages, async (c) => {
    const reports = await database.inWorkspace(c.get('actor').workspaceId, (tx) =>
      outageReports(tx, c.req.valid('param').id),
    )
    return { rows: reports.map(reported) }
  })
  serve(routes, unread, async (c) => {
    const rows = await database.inWorkspace(c.get('actor').workspaceId, (tx) =>
      unreadIn(tx, { mailboxId: c.req.valid('param').id }),
    )
    return { rows: rows.map(shown) }
  })
  serve(routes, again, async (c) => {
    const actor = c.get('actor')
    await database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailboxId = await steered(tx, actor, c.req.valid('param').id)
      await tryUnreadAgain(tx, mailboxId)
      await beginReading(tx, mailboxId)
    })
    return { ok: true as const }
  })
  serve(routes, leave, async (c) => {
    const actor = c.get('actor')
    await database.inWorkspace(actor.workspaceId, async (tx) => {
      await leaveUnread(tx, await steered(tx, actor, c.req.valid('param').id))
    })
    return { ok: true as const }
  })
  return routes
}

async function steered(tx: Tx, actor: Actor, id: string): Promise<string> {
  const mailbox = await mailboxById(tx, id)
  if (mailbox === undefined) throw problem(404, 'not_found')
  if (!maySteer(actor, mailbox)) throw problem(403, 'forbidden')
  return mailbox.id
}

function reported({ from, to, heldBy, ...rest }: OutageRow): z.input<typeof OutageReport> {
  return {
    ...rest,
    from: from.toString(),
    to: to.toString(),
    ...(heldBy === undefined ? {} : { heldBy: heldByOf(heldBy) }),
  }
}

function heldByOf(failure: NonNullable<OutageRow['heldBy']>): NonNullable<OutageReport['heldBy']> {
  if (failure === 'throttled' || failure === 'quota_day') return 'told_to_wait'
  return failure === 'transient' ? 'silent' : 'refused'
}

function shown({ firstAt, nextAt, ...rest }: UnreadMessage): z.input<typeof Unread> {
  return {
    ...rest,
    firstAt: firstAt.toString(),
    ...(nextAt === undefined ? {} : { nextAt: nextAt.toString() }),
  }
}
