/**
 * Owns the guards that stand before every handler: who is asking (session → actor of the workspace in the path), and
 * whether a page of ours is asking (origin of unsafe requests that carry a cookie).
 */
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Database } from '../platform/db/index.ts'
import type { Actor, Sessions } from '../team/index.ts'
import { readMember } from '../team/index.ts'
import type { Env } from './env.ts'
import { problem } from './problem.ts'

const workspaceId = z.uuid()
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * For everything below /workspaces/:workspaceId. 401 signed_out; 403 not_member, which is also the answer for a
 * workspace that does not exist, so that nobody learns which ones do.
 */
export function sessionGuard(parts: {
  readonly database: Database
  readonly sessions: Sessions
}): MiddlewareHandler<Env> {
  return async (c, next) => {
    const id = workspaceId.safeParse(c.req.param('workspaceId'))
    if (!id.success) throw problem(404, 'not_found')
    const session = await parts.sessions.read(c.req.header('cookie'))
    if (session === undefined) throw problem(401, 'signed_out')
    const actor = await findActor(parts.database, id.data, session.personId)
    if (actor === undefined) throw problem(403, 'not_member')
    c.set('actor', actor)
    await next()
    for (const cookie of session.cookies) c.res.headers.append('set-cookie', cookie)
  }
}

/** The person as actor of a workspace, or undefined when the person does not belong to it. */
export async function findActor(
  database: Database,
  workspace: string,
  personId: string,
): Promise<Actor | undefined> {
  const member = await database.inWorkspace(workspace, (tx) => readMember(tx, personId))
  if (member === undefined) return undefined
  const { name, role, language } = member
  return { personId, name, role, language, workspaceId: workspace }
}

/**
 * Refuses an unsafe request that a page of another origin made a browser send. Browsers name the origin on every
 * unsafe request; a request without one comes from a program, which holds no cookie of somebody else.
 */
export function originGuard(publicUrl: () => string | undefined): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (!safeMethods.has(c.req.method)) {
      const open = publicUrl()
      const publicHost = open === undefined ? undefined : new URL(open).host
      const origin = c.req.header('origin')
      const site = c.req.header('sec-fetch-site')
      const crossSite = site !== undefined && site !== 'same-origin' && site !== 'none'
      const host = origin === undefined ? undefined : URL.parse(origin)?.host
      const ours =
        origin === undefined || (host !== undefined && [c.req.header('host'), publicHost].includes(host))
      if (!ours || (origin === undefined && crossSite)) throw problem(403, 'other_origin')
    }
    await next()
  }
}
