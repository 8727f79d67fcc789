/**
 * The team inbox over HTTP: list, conversation, answers, team state, assignment, notes, presence, files.
 */
import { Done, pageOf } from '@kontor/api/common'
import { TimelineEntry } from '@kontor/api/contacts'
import {
  Answer,
  Assign,
  Conversation,
  ConversationRow,
  DirectNew,
  InboxCounts,
  InboxQuery,
  Note,
  NoteNew,
  TeamStateChange,
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
import { audit, readMember } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import type { ConversationRow as Row } from './store-conversation.ts'
import {
  conversationById,
  conversationPage,
  counts,
  markAnswering,
  markRead,
  setAssignee,
  setTeamState,
} from './store-conversation.ts'
import { attachmentBlob, insertNote } from './store-note.ts'
import { timelineOf } from './routes-timeline.ts'
import { viewConversation } from './routes-view.ts'
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
const state = workspaceRoute({
  method: 'put',
  path: `${one}/state`,
  summary: 'Set the team state',
  body: TeamStateChange,
  answer: Done,
})
const assignee = workspaceRoute({
  method: 'put',
  path: `${one}/assignee`,
  summary: 'Give a conversation to somebody',
  body: Assign,
  answer: Done,
})
const note = workspaceRoute({
  method: 'post',
  path: `${one}/notes`,
  summary: 'Add an internal note',
  body: NoteNew,
  answer: Note,
})
const read = workspaceRoute({
  method: 'put',
  path: `${one}/read`,
  summary: 'Mark as read by me',
  answer: Done,
  role: 'viewer',
})
const answering = workspaceRoute({
  method: 'put',
  path: `${one}/answering`,
  summary: 'I am writing here',
  answer: Done,
})
const timeline = workspaceRoute({
  method: 'get',
  path: '/contacts/{id}/timeline',
  summary: 'Everything with one influencer on one line of time',
  answer: z.object({ rows: z.array(TimelineEntry) }),
})

export function inboxRoutes(parts: InboxRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  const { database } = parts

  serve(routes, list, async (c) => {
    const { cursor, limit, mine, unassigned, ...filter } = c.req.valid('query')
    const actor = c.get('actor')
    const most = pageLimit(limit)
    const place = decodeCursor(cursor, z.tuple([z.number(), z.string(), z.uuid()]))
    const after = place === undefined ? undefined : { order: place[0], at: place[1], id: place[2] }
    const wanted = {
      ...filter,
      ...(mine === undefined ? {} : { assigneeId: actor.personId }),
      unassigned: unassigned !== undefined,
    }
    const rows = await database.inWorkspace(actor.workspaceId, (tx) =>
      conversationPage(tx, actor.personId, wanted, { after, limit: most + 1 }),
    )
    const page = cutPage(rows, most, (row) => [row.order, row.lastAt.toString(), row.id])
    return { ...page, rows: page.rows.map((row) => ({ ...row, lastAt: row.lastAt.toString() })) }
  })
  serve(routes, tally, async (c) => {
    const actor = c.get('actor')
    return await database.inWorkspace(actor.workspaceId, (tx) => counts(tx, actor.personId))
  })
  serve(routes, view, async (c) => {
    const actor = c.get('actor')
    return await database.inWorkspace(actor.workspaceId, async (tx) =>
      viewConversation(tx, actor, await existing(tx, actor, c.req.valid('param').id)),
    )
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
      })
      return written(outcome)
    })
  })
  serve(routes, compose, async (c) => {
    const actor = c.get('actor')
    const { contactId, campaignId, ...words } = c.req.valid('json')
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      await requireSender(tx, actor, words.mailboxId)
      const mail = { ...words, contactId, campaignId, authorId: actor.personId }
      return written(await writeTo(parts, tx, mail))
    })
  })
  serve(routes, state, async (c) => {
    const actor = c.get('actor')
    await change(actor, c.req.valid('param').id, (tx, id) =>
      setTeamState(tx, id, c.req.valid('json').teamState),
    )
    return { ok: true as const }
  })
  serve(routes, assignee, async (c) => {
    const actor = c.get('actor')
    const { personId } = c.req.valid('json')
    await change(actor, c.req.valid('param').id, async (tx, id) => {
      if (personId !== null && (await readMember(tx, personId)) === undefined)
        throw problem(404, 'member_unknown')
      await audit(tx, { actor, action: 'conversation.assigned', subject: id, detail: { personId } })
      return await setAssignee(tx, id, personId)
    })
    return { ok: true as const }
  })
  serve(routes, note, async (c) => {
    const actor = c.get('actor')
    const { text } = c.req.valid('json')
    const id = parts.ids.uuid()
    let at: Temporal.Instant | undefined
    await change(actor, c.req.valid('param').id, async (tx, conversationId) => {
      const { workspaceId, personId: authorId } = actor
      at = await insertNote(tx, { workspaceId, id, conversationId, authorId, text })
      return at !== undefined
    })
    return { id, at: at?.toString() ?? '', authorName: actor.name, text }
  })
  serve(routes, read, async (c) => {
    const actor = c.get('actor')
    await database.inWorkspace(actor.workspaceId, (tx) =>
      markRead(tx, c.req.valid('param').id, actor.personId),
    )
    return { ok: true as const }
  })
  serve(routes, answering, async (c) => {
    const actor = c.get('actor')
    const { id } = c.req.valid('param')
    await database.inWorkspace(actor.workspaceId, async (tx) => {
      if (await markAnswering(tx, id, actor.personId)) await tell(tx, actor, id)
    })
    return { ok: true as const }
  })
  serve(routes, timeline, async (c) => {
    const actor = c.get('actor')
    const rows = await database.inWorkspace(actor.workspaceId, (tx) =>
      timelineOf(tx, c.req.valid('param').id),
    )
    return { rows }
  })
  routes.get(
    '/workspaces/:workspaceId/messages/:messageId/attachments/:id',
    guardRole('viewer'),
    async (c) => {
      const actor = c.get('actor')
      const { messageId, id } = c.req.param()
      const file = await database.inWorkspace(actor.workspaceId, async (tx) => {
        const found = await attachmentBlob(tx, z.uuid().parse(messageId), z.uuid().parse(id))
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

  async function change(
    actor: Actor,
    id: string,
    write: (tx: Tx, id: string) => Promise<boolean>,
  ): Promise<void> {
    await database.inWorkspace(actor.workspaceId, async (tx) => {
      await existing(tx, actor, id)
      if (!(await write(tx, id))) throw problem(404, 'not_found')
      await tell(tx, actor, id)
    })
  }
  async function tell(tx: Tx, actor: Actor, id: string): Promise<void> {
    await parts.emit(tx, {
      workspaceId: actor.workspaceId,
      type: 'conversation.changed',
      subject: id,
      payload: {},
    })
  }
  return routes
}

async function existing(tx: Tx, actor: Actor, id: string): Promise<Row> {
  const row = await conversationById(tx, actor.personId, id)
  if (row === undefined) throw problem(404, 'not_found')
  return row
}

async function requireSender(tx: Tx, actor: Actor, mailboxId: string): Promise<void> {
  const mailbox = await mailboxById(tx, mailboxId)
  if (mailbox === undefined) throw problem(404, 'mailbox_unknown')
  if (!maySend(actor, mailbox)) throw problem(403, 'may_not_send', { address: mailbox.address })
}

function written(outcome: WriteOutcome): z.input<typeof Written> {
  if (!outcome.ok) {
    const { code, values } = outcome.reason
    throw problem(code === 'answered_meanwhile' ? 409 : 422, code, values)
  }
  const { submissionId, conversationId, replayed } = outcome
  return { submissionId, conversationId, replayed }
}
