/** The team inbox over HTTP: list and conversation here; what the team does, writing and files each in a file beside. */
import { pageOf } from '@kontor/api/common'
import { TimelineEntry } from '@kontor/api/contacts'
import { Conversation, ConversationRow, InboxCounts, InboxQuery, TeamState } from '@kontor/api/inbox'
import { z } from 'zod'
import { createRoutes, cutPage, decodeCursor, pageLimit, serve, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Database } from '../platform/db/index.ts'
import { existing } from './routes-existing.ts'
import { addFileRoutes } from './routes-file.ts'
import { addLetterRoutes } from './routes-letter.ts'
import { addTeamRoutes } from './routes-team.ts'
import { serveSuggestions } from './routes-suggestion.ts'
import { timelineOf } from './routes-timeline.ts'
import { viewConversation } from './routes-view.ts'
import { conversationPage, counts } from './store-list.ts'
import { sightOf } from './store-sight.ts'
import type { WritingParts } from './write.ts'

export interface InboxRouteParts extends WritingParts {
  readonly database: Database
}

const one = '/conversations/{id}'
const list = workspaceRoute({
  method: 'get',
  path: '/conversations',
  summary: 'Conversations by team state, newest first',
  query: InboxQuery,
  answer: pageOf(ConversationRow),
})
const tally = workspaceRoute({
  method: 'get',
  path: '/conversations/counts',
  summary: 'How many conversations are in each team state',
  answer: InboxCounts,
})
const view = workspaceRoute({ method: 'get', path: one, summary: 'One conversation', answer: Conversation })
const timeline = workspaceRoute({
  method: 'get',
  path: '/contacts/{id}/timeline',
  summary: 'Everything with one influencer on one line of time',
  answer: z.object({ rows: z.array(TimelineEntry) }),
})

export function inboxRoutes(parts: InboxRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  serveSuggestions(routes, parts)
  const { database } = parts

  serve(routes, list, async (c) => {
    const { cursor, limit, snoozed, ...filter } = c.req.valid('query')
    const actor = c.get('actor')
    const most = pageLimit(limit)
    const place = decodeCursor(cursor, z.tuple([TeamState, z.iso.datetime(), z.uuid()]))
    const after = place === undefined ? undefined : { state: place[0], at: place[1], id: place[2] }
    const wanted = { ...filter, snoozed: snoozed !== undefined }
    const rows = await database.inWorkspace(actor.workspaceId, async (tx) =>
      conversationPage(tx, await sightOf(tx, actor.personId), wanted, { after, limit: most + 1 }),
    )
    const page = cutPage(rows, most, (row) => [row.teamState, row.lastAt.toString(), row.id])
    return {
      ...page,
      rows: page.rows.map(({ snoozedUntil, ...row }) => ({
        ...row,
        lastAt: row.lastAt.toString(),
        ...(snoozedUntil === undefined ? {} : { snoozedUntil: snoozedUntil.toString() }),
      })),
    }
  })
  serve(routes, tally, async (c) => {
    const actor = c.get('actor')
    return await database.inWorkspace(actor.workspaceId, async (tx) =>
      counts(tx, await sightOf(tx, actor.personId)),
    )
  })
  serve(routes, view, async (c) => {
    const actor = c.get('actor')
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      const { sight, ...row } = await existing(tx, actor, c.req.valid('param').id)
      return await viewConversation(parts, tx, { actor, sight, row })
    })
  })
  addLetterRoutes(routes, parts)
  addFileRoutes(routes, parts)
  addTeamRoutes(routes, parts)
  serve(routes, timeline, async (c) => {
    const actor = c.get('actor')
    const rows = await database.inWorkspace(actor.workspaceId, async (tx) =>
      timelineOf(tx, await sightOf(tx, actor.personId), c.req.valid('param').id),
    )
    return { rows }
  })
  return routes
}
