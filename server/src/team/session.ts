/**
 * Owns what a session is to the rest of the product. The library behind it is loaded when somebody opens sessions, so
 * that a worker never pays for it.
 */
import type { Database } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'

export type Sessions = {
  /** Checks the password and makes a session. `cookies` are Set-Cookie values. */
  signIn(
    addressKey: string,
    password: string,
  ): Promise<{ personId: string; cookies: readonly string[] } | 'wrong'>
  /** Who the cookie belongs to; `cookies` renews it once a day. Undefined when signed out. */
  read(cookie: string | undefined): Promise<{ personId: string; cookies: readonly string[] } | undefined>
  /** Ends the session of the cookie. */
  end(cookie: string | undefined): Promise<readonly string[]>
}

export type SessionParts = {
  readonly database: Pick<Database, 'pool'>
  readonly ids: Ids
  /** Signs the cookie; another one ends every session. */
  readonly secret: string
  /** Where people reach us; with https the cookie is marked Secure. */
  readonly publicUrl: string | undefined
}

export async function openSessions(parts: SessionParts): Promise<Sessions> {
  const { createSessions } = await import('./store-session.ts')
  return createSessions(parts)
}
