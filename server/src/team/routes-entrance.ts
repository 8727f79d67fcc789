/** What several routes of the team need: who is signed in, letting somebody in, and the session as the page sees it. */
import type { Session } from '@kontor/api/team'
import type { Context } from 'hono'
import { clientNetwork, problem, ProblemError } from '../http-kit/index.ts'
import type { Env } from '../http-kit/index.ts'
import { serverOwner } from './server-owner.ts'
import { signIn } from './sign-in.ts'
import { readPerson } from './store-people.ts'
import { workspacesOf } from './store.ts'
import type { TeamParts } from './parts.ts'

export interface Entrance {
  present(personId: string): Promise<Session>
  /** The person and session behind the cookie. @throws ProblemError 401 */
  signedIn(c: Context<Env>): Promise<{ readonly personId: string; readonly sessionId: string }>
  /** Lets somebody in with a password, through the door that closes. @throws ProblemError 401 or 429 */
  enter(c: Context<Env>, address: string, password: string): Promise<Session>
}

export function openEntrance(parts: Pick<TeamParts, 'database' | 'ids' | 'clock' | 'sessions'>): Entrance {
  const { database, sessions } = parts

  async function present(personId: string): Promise<Session> {
    const steersServer = (await serverOwner(database, personId)) !== undefined
    return database.inSystem(async (tx) => {
      const person = await readPerson(tx, personId)
      if (person === undefined) throw problem(401, 'signed_out')
      return { person, workspaces: [...(await workspacesOf(tx, personId))], steersServer }
    })
  }

  return {
    present,
    async signedIn(c) {
      const session = await sessions.read(c.req.header('cookie'))
      if (session === undefined) throw problem(401, 'signed_out')
      setCookies(c, session.cookies)
      return session
    },
    async enter(c, address, password) {
      const device = c.req.header('user-agent')
      const outcome = await signIn(parts, {
        address,
        password,
        device,
        place: clientNetwork(c.get('clientAddress')),
      })
      if (outcome.kind === 'too_many_attempts') {
        throw new ProblemError(429, 'too_many_attempts', { retryAfterSeconds: outcome.retryAfterSeconds })
      }
      if (outcome.kind === 'wrong_password') throw problem(401, 'wrong_password')
      setCookies(c, outcome.cookies)
      return present(outcome.personId)
    },
  }
}

export function setCookies(c: Context<Env>, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
}
