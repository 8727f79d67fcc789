/** Results over HTTP: one answer for the whole page. */
import { MemberState } from '@kontor/api/campaigns'
import { Results } from '@kontor/api/results'
import { z } from 'zod'
import { createRoutes, serve, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import { workspaceOf } from '../team/index.ts'
import { beginnings, daysUntil, shownCampaign, shownMailbox } from './figures.ts'
import { campaignFigures, dayFigures, mailboxSums } from './store-results.ts'

const longestDays = 90
const Span = z.object({ days: z.coerce.number().int().min(1).max(longestDays).default(14) })

const read = workspaceRoute({
  method: 'get',
  path: '/results',
  summary: 'Figures per campaign, and per mailbox and day',
  query: Span,
  answer: Results,
})

export function resultRoutes(parts: { readonly database: Database }): OpenAPIHono<Env> {
  const routes = createRoutes()
  serve(routes, read, async (c) => {
    const span = c.req.valid('query').days
    return await parts.database.inWorkspace(c.get('actor').workspaceId, async (tx) => {
      const { zone } = await workspaceOf(tx)
      const days = daysUntil(zone, await databaseNow(tx), span)
      const figures = await dayFigures(tx, beginnings(zone, days))
      const campaigns = await campaignFigures(tx)
      const mailboxes = await mailboxSums(tx)
      return {
        campaigns: campaigns.map(shownCampaign).map((one) => ({ ...one, counts: everyState(one.counts) })),
        mailboxes: mailboxes.map((one) => shownMailbox(one, days, figures)),
      }
    })
  })
  return routes
}

function everyState(counts: Readonly<Record<string, number>>): Record<MemberState, number> {
  const all = Object.fromEntries(MemberState.options.map((state) => [state, counts[state] ?? 0]))
  return all as Record<MemberState, number>
}
