/** Notices over HTTP: the own list, its badge, and which kinds a person wants where. */
import { Done, PageQuery, pageOf } from '@kontor/api/common'
import * as api from '@kontor/api/notices'
import { z } from 'zod'
import {
  createRoutes,
  cutPage,
  decodeCursor,
  done,
  pageLimit,
  serve,
  workspaceRoute,
} from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import { choicesWith } from './notice.ts'
import { choicesOf, markRead, noticesOf, storeChoice, unreadOf } from './store.ts'

export interface NoticeRouteParts {
  readonly database: Database
  readonly emit: Emit
  /** Whether digests can be sent at all. */
  readonly post: { ready(): Promise<boolean> }
}

const list = workspaceRoute({
  method: 'get',
  path: '/notices',
  summary: 'What the signed-in person was told, newest first',
  query: PageQuery,
  answer: pageOf(api.Notice),
})
const unread = workspaceRoute({
  method: 'get',
  path: '/notices/unread',
  summary: 'How many notices are unread',
  answer: api.Unread,
})
const read = workspaceRoute({
  method: 'post',
  path: '/notices/read',
  summary: 'Mark one notice, or all of them, as read',
  role: 'viewer',
  body: api.NoticesRead,
  answer: Done,
})
const choices = workspaceRoute({
  method: 'get',
  path: '/notice-choices',
  summary: 'Which notices the signed-in person wants where',
  answer: api.NoticeChoices,
})
const choose = workspaceRoute({
  method: 'put',
  path: '/notice-choices',
  summary: 'Choose where a kind of notice reaches the signed-in person',
  role: 'viewer',
  body: api.NoticeChoice,
  answer: api.NoticeChoices,
})

export function noticeRoutes({ database, emit, post }: NoticeRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  serve(routes, list, async (c) => {
    const { workspaceId, personId } = c.get('actor')
    const { cursor, limit } = c.req.valid('query')
    const most = pageLimit(limit)
    const before = decodeCursor(cursor, z.tuple([z.iso.datetime({ offset: true }), z.uuid()]))
    const rows = await database.inWorkspace(workspaceId, (tx) =>
      noticesOf(tx, personId, { before, limit: most + 1 }),
    )
    const shown = rows.map((row) => ({ ...row, at: row.at.toString() }))
    return cutPage(shown, most, (row) => [row.at, row.id])
  })
  serve(routes, unread, async (c) => {
    const { workspaceId, personId } = c.get('actor')
    return { unread: await database.inWorkspace(workspaceId, (tx) => unreadOf(tx, personId)) }
  })
  serve(routes, read, async (c) => {
    const { workspaceId, personId } = c.get('actor')
    await database.inWorkspace(workspaceId, async (tx) => {
      await markRead(tx, personId, c.req.valid('json').id)
      await emit(tx, { workspaceId, type: 'notice.read', subject: personId, payload: {} })
    })
    return done
  })
  async function chosen(workspaceId: string, personId: string): Promise<z.input<typeof api.NoticeChoices>> {
    const found = await database.inWorkspace(workspaceId, (tx) => choicesOf(tx, personId))
    return { digests: await post.ready(), rows: [...choicesWith(found)] }
  }
  serve(routes, choices, (c) => chosen(c.get('actor').workspaceId, c.get('actor').personId))
  serve(routes, choose, async (c) => {
    const { workspaceId, personId } = c.get('actor')
    const choice = c.req.valid('json')
    await database.inWorkspace(workspaceId, (tx) => storeChoice(tx, personId, choice))
    return chosen(workspaceId, personId)
  })
  return routes
}
