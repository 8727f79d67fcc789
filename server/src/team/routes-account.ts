/** The account of one person over HTTP: a forgotten password, a new one, and where this person is signed in. */
import { Done } from '@kontor/api/common'
import * as api from '@kontor/api/team'
import { z } from 'zod'
import {
  clientNetwork,
  createRoutes,
  done,
  openRoute,
  problem,
  ProblemError,
  serve,
} from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import { hashPassword } from './password.ts'
import { askReset, isResetOpen, setPassword, useReset } from './reset.ts'
import { openEntrance } from './routes-entrance.ts'
import type { TeamParts } from './parts.ts'
import { readPerson } from './store-people.ts'
import { endOtherSessions, endSession, sessionsOf } from './store-signed-in.ts'

const rows = z.object({ rows: z.array(api.SignedInAt) })
const resetState = openRoute({
  method: 'get',
  path: '/password-resets',
  summary: 'Whether a new password can be asked for by mail',
  answer: api.ResetState,
})
const ask = openRoute({
  method: 'post',
  path: '/password-resets',
  summary: 'Ask for a link to a new password',
  body: api.ResetAsk,
  answer: Done,
})
const view = openRoute({
  method: 'get',
  path: '/password-resets/{token}',
  summary: 'Whether a link to a new password can still be used',
  answer: Done,
})
const use = openRoute({
  method: 'post',
  path: '/password-resets/{token}',
  summary: 'Set a new password by a link, and sign in with it',
  body: api.PasswordNew,
  answer: api.Session,
})
const change = openRoute({
  method: 'put',
  path: '/me/password',
  summary: 'Change the own password; every other browser is signed out',
  body: api.PasswordChange,
  answer: api.Session,
})
const list = openRoute({
  method: 'get',
  path: '/me/sessions',
  summary: 'Where the person is signed in',
  answer: rows,
})
const endOne = openRoute({
  method: 'delete',
  path: '/me/sessions/{id}',
  summary: 'Sign out one browser',
  answer: rows,
})
const endOthers = openRoute({
  method: 'delete',
  path: '/me/sessions',
  summary: 'Sign out everywhere else',
  answer: rows,
})

export function accountRoutes(parts: TeamParts): OpenAPIHono<Env> {
  const { database, clock } = parts
  const { signedIn, enter } = openEntrance(parts)
  const routes = createRoutes()

  async function shown(personId: string, current: string): Promise<z.input<typeof rows>> {
    const found = await database.inSystem((tx) => sessionsOf(tx, personId, clock.now()))
    return {
      rows: found.map(({ id, device, since, seenAt }) => ({
        id,
        device,
        since: since.toString(),
        seenAt: seenAt.toString(),
        current: id === current,
      })),
    }
  }

  serve(routes, resetState, async () => ({ byMail: await parts.post.ready() }))
  serve(routes, ask, async (c) => {
    const asked = await askReset(parts, {
      ...c.req.valid('json'),
      place: clientNetwork(c.get('clientAddress')),
    })
    if (asked === 'no_post') throw problem(409, 'reset_by_admin')
    if (asked !== 'asked')
      throw new ProblemError(429, 'too_many_resets', { retryAfterSeconds: asked.retryAfterSeconds })
    return done
  })
  serve(routes, view, async (c) => {
    if (!(await isResetOpen(parts, c.req.valid('param').token))) throw problem(410, 'reset_expired')
    return done
  })
  serve(routes, use, async (c) => {
    const { password } = c.req.valid('json')
    const person = await useReset(parts, c.req.valid('param').token, password)
    if (person === undefined) throw problem(410, 'reset_expired')
    return enter(c, person.address, password)
  })
  serve(routes, change, async (c) => {
    const { current, password } = c.req.valid('json')
    const { personId } = await signedIn(c)
    const person = await database.inSystem((tx) => readPerson(tx, personId))
    if (person === undefined) throw problem(401, 'signed_out')
    await enter(c, person.address, current).catch((error: unknown) => {
      const wrong = error instanceof ProblemError && error.code === 'wrong_password'
      throw wrong ? problem(403, 'current_password_wrong') : error
    })
    const passwordHash = await hashPassword(password)
    await database.inSystem((tx) => setPassword(parts, tx, person, passwordHash))
    return enter(c, person.address, password)
  })
  serve(routes, list, async (c) => {
    const { personId, sessionId } = await signedIn(c)
    return shown(personId, sessionId)
  })
  serve(routes, endOne, async (c) => {
    const { personId, sessionId } = await signedIn(c)
    const { id } = c.req.valid('param')
    const ended = await database.inSystem((tx) => endSession(tx, personId, id))
    if (!ended) throw problem(404, 'not_found')
    return shown(personId, sessionId)
  })
  serve(routes, endOthers, async (c) => {
    const { personId, sessionId } = await signedIn(c)
    await database.inSystem((tx) => endOtherSessions(tx, personId, sessionId))
    return shown(personId, sessionId)
  })
  return routes
}
