/** What was checked after an outage, per mailbox. */
import { OutageReport } from '@kontor/api/mailboxes'
import { z } from 'zod'
import { createRoutes, serve, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Database } from '../platform/db/index.ts'
import { outageReports } from './store-position.ts'

const list = workspaceRoute({
  method: 'get',
  path: '/mailboxes/{id}/outages',
  summary: 'What was checked after each outage of a mailbox',
  answer: z.object({ rows: z.array(OutageReport) }),
})

export function receivingRoutes(parts: { readonly database: Database }): OpenAPIHono<Env> {
  const routes = createRoutes()
  serve(routes, list, async (c) => {
    const reports = await parts.database.inWorkspace(c.get('actor').workspaceId, (tx) =>
      outageReports(tx, c.req.valid('param').id),
    )
    return { rows: reports.map((one) => ({ ...one, from: one.from.toString(), to: one.to.toString() })) }
  })
  return routes
}
