/** The team inbox over HTTP: list, conversation, answers, files; what the team does with it is in routes-team.ts. */
import { pageOf } from '@kontor/api/common'
import { TimelineEntry } from '@kontor/api/contacts'
import {
  Answer,
  Conversation,
  ConversationRow,
  DirectNew,
  InboxCounts,
  InboxQuery,
  TeamState,
  Written,
} from '@kontor/api/inbox'
import { z } from 'zod'
import {
  createRoutes,
  cutPage,
  decodeCursor,
  guardRole,
  pageLimit,
  problem,
  serve,
  workspaceRoute,
} from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { mailboxById, maySend } from '../mailboxes/index.ts'
import { blobs } from '../platform/blob/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Enqueue } from '../sending/index.ts'
import type { Actor } from '../team/index.ts'
import { existing } from './routes-existing.ts'
import { addTeamRoutes } from './routes-team.ts'
import { serveSuggestions } from './routes-suggestion.ts'
import { timelineOf } from './routes-timeline.ts'
import { viewConversation } from './routes-view.ts'
import { conversationPage, counts } from './store-list.ts'
import { attachmentBlob } from './store-note.ts'
import { sightOf } from './store-sight.ts'
import type { WriteOutcome } from './write.ts'
import { answer, writeTo } from './write.ts'

export interface InboxRouteParts {
  readonly database: Database
  readonly ids: Ids
  readonly emit: Emit
  readonly enqueue: Enqueue
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
const reply = workspaceRoute({
  method: 'post',
  path: `${one}/answers`,
  summary: 'Answer in a conversation',
  body: Answer,
  answer: Written,
})
const compose = workspaceRoute({
  method: 'post',
  path: '/messages',
  summary: 'Write a one-to-one mail',
  body: DirectNew,
  answer: Written,
})
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
      return await viewConversation(tx, actor, sight, row)
    })
  })
  serve(routes, reply, async (c) => {
    const actor = c.get('actor')
    const { overtake, ...words } = c.req.valid('json')
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      const conversation = await existing(tx, actor, c.req.valid('param').id)
      await requireSender(tx, actor, words.mailboxId)
      const version = overtake === undefined ? words.version : undefined
      const outcome = await answer(parts, tx, conversation, {
        ...words,
        version,
        authorId: actor.personId,
        workspaceId: actor.workspaceId,
      })
      return written(outcome)
    })
  })
  serve(routes, compose, async (c) => {
    const actor = c.get('actor')
    const { contactId, campaignId, ...words } = c.req.valid('json')
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      await requireSender(tx, actor, words.mailboxId)
      const { personId: authorId, workspaceId } = actor
      const mail = { ...words, contactId, campaignId, authorId, workspaceId }
      return written(await writeTo(parts, tx, mail))
    })
  })
  addTeamRoutes(routes, parts)
  serve(routes, timeline, async (c) => {
    const actor = c.get('actor')
    const rows = await database.inWorkspace(actor.workspaceId, async (tx) =>
      timelineOf(tx, await sightOf(tx, actor.personId), c.req.valid('param').id),
    )
    return { rows }
  })
  routes.get(
    '/workspaces/:workspaceId/messages/:messageId/attachments/:id',
    guardRole('viewer'),
    async (c) => {
      const actor = c.get('actor')
      const asked = z.object({ messageId: z.uuid(), id: z.uuid() }).safeParse(c.req.param())
      if (!asked.success) throw problem(404, 'not_found')
      const { messageId, id } = asked.data
      const file = await database.inWorkspace(actor.workspaceId, async (tx) => {
        const sight = await sightOf(tx, actor.personId)
        const found = await attachmentBlob(tx, sight, { messageId, attachmentId: id })
        const bytes = found === undefined ? undefined : await blobs.get(tx, actor.workspaceId, found.sha256)
        return found === undefined || bytes === undefined ? undefined : { ...found, bytes }
      })
      if (file === undefined) throw problem(404, 'not_found')
      return c.body(new Uint8Array(file.bytes), 200, {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      })
    },
  )

  return routes
}

async function requireSender(tx: Tx, actor: Actor, mailboxId: string): Promise<void> {
  const mailbox = await mailboxById(tx, mailboxId)
  if (mailbox === undefined) throw problem(404, 'mailbox_unknown')
  if (!maySend(actor, mailbox)) throw problem(403, 'may_not_send', { address: mailbox.address })
}

function written(outcome: WriteOutcome): z.input<typeof Written> {
  if (!outcome.ok) {
    const { code, values } = outcome.reason
    throw problem(['answered_meanwhile', 'key_reused'].includes(code) ? 409 : 422, code, values)
  }
  const { submissionId, conversationId, replayed } = outcome
  return { submissionId, conversationId, replayed }
}
