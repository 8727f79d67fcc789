/**
 * The product's own interface without a network, as one person meets it: for what is done on somebody's behalf (a
 * rehearsal). The same routes, the same checks of input, role and answer; only the session is taken for granted.
 */
import { asActor, createRoutes } from '../http-kit/index.ts'
import type { Actor, Sessions } from '../team/index.ts'
import type { DomainParts } from './routes.ts'
import { domainRoutes } from './routes.ts'

export type OwnAnswer = {
  readonly status: number
  readonly body: unknown
  readonly location: string | undefined
}

export function ownApiOf(
  parts: Omit<DomainParts, 'sessions'>,
  actor: Actor,
): (method: string, path: string, body?: object) => Promise<OwnAnswer> {
  const sessions: Sessions = {
    signIn: () => Promise.resolve('wrong'),
    read: () => Promise.resolve({ personId: actor.personId, sessionId: '', cookies: [] }),
    end: () => Promise.resolve([]),
  }
  const routes = createRoutes()
  for (const each of domainRoutes({ ...parts, sessions })) routes.route('/api/v1', each)
  const app = asActor(actor, routes)
  return async (method, path, body) => {
    const answer = await app.request(`${parts.publicUrl()}/api/v1${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json') === true
    return {
      status: answer.status,
      body: isJson ? (JSON.parse(text) as unknown) : text,
      location: answer.headers.get('location') ?? undefined,
    }
  }
}
