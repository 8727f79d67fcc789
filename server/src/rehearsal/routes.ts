/** The story of a practice workspace over HTTP: begin (or go on), watch, take everything away again. */
import * as api from '@kontor/api/rehearsal'
import { Done } from '@kontor/api/common'
import type { z } from 'zod'
import { createRoutes, done, problem, serve, workspaceRoute } from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { Actor } from '../team/index.ts'
import { startWorkspace } from '../team/index.ts'
import { emptyWorkspace } from './empty.ts'
import type { RehearsalParts } from './parts.ts'
import { acts } from './play.ts'
import { beginRehearsal, rehearsalOf } from './store.ts'

const rehearsing = {
  watch: workspaceRoute({
    method: 'get',
    path: '/rehearsal',
    summary: 'How far the story of this practice workspace is',
    answer: api.Rehearsal,
  }),
  begin: workspaceRoute({
    method: 'post',
    path: '/rehearsal',
    summary: 'Make this a practice workspace with a story, or go on with one that got stuck',
    role: 'admin',
    answer: api.Rehearsal,
  }),
  empty: workspaceRoute({
    method: 'delete',
    path: '/rehearsal',
    summary: 'Delete everything in this practice workspace; it is undecided again',
    role: 'owner',
    answer: Done,
  }),
}

export function rehearsalRoutes(parts: RehearsalParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  const { database } = parts

  async function shown({ workspaceId }: Actor): Promise<z.input<typeof api.Rehearsal>> {
    const row = await database.inWorkspace(workspaceId, (tx) => rehearsalOf(tx))
    return {
      state: row?.state ?? 'none',
      steps: acts.map(([name]) => name),
      done: row?.step ?? 0,
      ...(parts.world === undefined ? {} : { worldUrl: parts.world.url }),
    }
  }

  serve(routes, rehearsing.watch, (c) => shown(c.get('actor')))
  serve(routes, rehearsing.begin, async (c) => {
    const actor = c.get('actor')
    if (parts.world === undefined) throw problem(409, 'practice_off')
    await database.inWorkspace(actor.workspaceId, async (tx) => {
      const decided = await startWorkspace(tx, parts.emit, actor, 'practice')
      if (decided === 'decided otherwise') throw problem(409, 'mode_decided')
      const { workspaceId, personId: startedBy, language } = actor
      await beginRehearsal(tx, { workspaceId, startedBy, language })
    })
    return shown(actor)
  })
  serve(routes, rehearsing.empty, async (c) => {
    if ((await emptyWorkspace(parts, c.get('actor'))) === 'not_practice') throw problem(409, 'not_practice')
    return done
  })
  return routes
}
