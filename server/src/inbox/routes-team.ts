/** What the team does with a conversation, over HTTP: state, assignee, snooze, withdrawal, notes, read marks, presence. */
import { Done } from '@kontor/api/common'
import { Assign, Note, NoteNew, ReadUpTo, Snooze, TeamStateChange, Withdrawal } from '@kontor/api/inbox'
import { brokenField, problem, serve, timeAhead, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { readMember } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import type { FollowParts } from './follow.ts'
import { tellChanged } from './follow.ts'
import { existing } from './routes-existing.ts'
import { conversationById } from './store-conversation.ts'
import { insertNote } from './store-note.ts'
import { markAnswering, markRead, markUnread, notAnswering } from './store-presence.ts'
import { sightOf } from './store-sight.ts'
import type { By } from './turn.ts'
import { assign, snooze, turnState, wake, withdraw } from './turn.ts'

const one = '/conversations/{id}'
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
const asleep = workspaceRoute({
  method: 'put',
  path: `${one}/snooze`,
  summary: 'Put a conversation aside until a time',
  body: Snooze,
  answer: Done,
})
const awake = workspaceRoute({
  method: 'delete',
  path: `${one}/snooze`,
  summary: 'Bring a snoozed conversation back now',
  answer: Done,
})
const withdrawal = workspaceRoute({
  method: 'put',
  path: `${one}/withdrawn`,
  summary: 'Take a conversation from the team, or give it back; for the owner of its mailboxes',
  body: Withdrawal,
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
  body: ReadUpTo,
  answer: Done,
  role: 'viewer',
})
const unread = workspaceRoute({
  method: 'delete',
  path: `${one}/read`,
  summary: 'Mark as unread for me',
  answer: Done,
  role: 'viewer',
})
const answering = workspaceRoute({
  method: 'put',
  path: `${one}/answering`,
  summary: 'I am writing here',
  answer: Done,
})
const notNow = workspaceRoute({
  method: 'delete',
  path: `${one}/answering`,
  summary: 'I am not writing here any more',
  answer: Done,
})

const done = { ok: true as const }

export function addTeamRoutes(
  routes: OpenAPIHono<Env>,
  parts: FollowParts & { readonly database: Database },
): void {
  const { database } = parts

  serve(routes, state, async (c) => {
    const { teamState } = c.req.valid('json')
    return await turned(c.get('actor'), c.req.valid('param').id, (by) => turnState(parts, by, teamState))
  })
  serve(routes, assignee, async (c) => {
    const { personId } = c.req.valid('json')
    return await turned(c.get('actor'), c.req.valid('param').id, async (by) => {
      const person = personId === null ? null : { id: personId, name: await assignable(by, personId) }
      await assign(parts, by, person)
    })
  })
  serve(routes, asleep, async (c) => {
    const { until } = c.req.valid('json')
    return await turned(c.get('actor'), c.req.valid('param').id, async (by) => {
      await snooze(parts, by, timeAhead(await databaseNow(by.tx), until, 'until'))
    })
  })
  serve(routes, awake, async (c) => turned(c.get('actor'), c.req.valid('param').id, (by) => wake(parts, by)))
  serve(routes, withdrawal, async (c) => {
    const wish = c.req.valid('json').withdrawn ? 'withdraw' : 'return'
    return await turned(c.get('actor'), c.req.valid('param').id, async (by) => {
      if ((await withdraw(parts, by, wish)) === 'not_owner') throw problem(403, 'not_your_mailbox')
    })
  })
  serve(routes, note, async (c) => {
    const actor = c.get('actor')
    const { text, mentions } = c.req.valid('json')
    const id = parts.ids.uuid()
    return await database.inWorkspace(actor.workspaceId, async (tx) => {
      const { id: conversationId } = await existing(tx, actor, c.req.valid('param').id)
      const called = await mentioned(tx, mentions)
      const others = [...called.keys()].filter((personId) => personId !== actor.personId)
      await insertNote(tx, { id, conversationId, authorId: actor.personId, text, mentions })
      await markUnread(tx, conversationId, others)
      await parts.emit(tx, {
        workspaceId: actor.workspaceId,
        type: 'note.added',
        subject: conversationId,
        payload: { noteId: id, authorId: actor.personId, mentions: others },
      })
      const at = (await databaseNow(tx)).toString()
      return { id, at, authorName: actor.name, text, mentions: [...called.values()].toSorted() }
    })
  })
  serve(routes, read, async (c) => {
    const { version } = c.req.valid('json')
    return await whispered(c.get('actor'), c.req.valid('param').id, (tx, { personId }, id) =>
      markRead(tx, id, { personId, version }),
    )
  })
  serve(routes, unread, async (c) =>
    whispered(c.get('actor'), c.req.valid('param').id, (tx, { personId }, id) =>
      markUnread(tx, id, [personId]),
    ),
  )
  serve(routes, answering, async (c) =>
    whispered(c.get('actor'), c.req.valid('param').id, async (tx, actor, id) => {
      if (await markAnswering(tx, id, actor.personId)) await tellChanged(parts, tx, actor.workspaceId, id)
    }),
  )
  serve(routes, notNow, async (c) =>
    whispered(c.get('actor'), c.req.valid('param').id, async (tx, actor, id) => {
      if (await notAnswering(tx, id, actor.personId)) await tellChanged(parts, tx, actor.workspaceId, id)
    }),
  )

  async function turned(actor: Actor, id: string, turn: (by: By) => Promise<void>): Promise<typeof done> {
    await database.inWorkspace(actor.workspaceId, async (tx) => {
      await existing(tx, actor, id)
      await turn({ tx, actor, id })
    })
    return done
  }
  async function whispered(
    actor: Actor,
    id: string,
    tell: (tx: Tx, actor: Actor, id: string) => Promise<void>,
  ): Promise<typeof done> {
    await database.inWorkspace(actor.workspaceId, async (tx) => {
      await existing(tx, actor, id)
      await tell(tx, actor, id)
    })
    return done
  }
}

/** Name of somebody who can take care of it: in the team, not only looking, and able to see the conversation. */
async function assignable({ tx, id }: By, personId: string): Promise<string> {
  const member = await readMember(tx, personId)
  if (member === undefined) throw problem(404, 'member_unknown')
  const { name } = member
  if (member.role === 'viewer') throw problem(422, 'assignee_only_looks', { name })
  if ((await conversationById(tx, await sightOf(tx, personId), id)) === undefined)
    throw problem(422, 'assignee_sees_nothing', { name })
  return name
}

async function mentioned(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const personId of new Set(ids)) {
    const member = await readMember(tx, personId)
    if (member === undefined) throw brokenField('mentions', 'named_unknown')
    found.set(personId, member.name)
  }
  return found
}
