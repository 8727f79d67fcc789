/**
 * Signing in with what is kept. A token that the server refuses before its time is renewed once and tried once more, as with
 * every provider; a password is not.
 */
import type { Outcome } from '../../mailboxes/provider.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import { refusesLogin, toldBy } from './errors.ts'
import type { Place } from './places.ts'
import type { Secret } from './secret.ts'

/** Where and as whom; `text` is the secret as it is kept. */
export interface Credential {
  readonly place: Place
  readonly secret: Secret
  readonly text: string
}

export interface Credentials {
  current(signal: AbortSignal): Promise<Outcome<Credential>>
  /** What to use instead of a token that was refused. */
  renewed(refused: Credential, signal: AbortSignal): Promise<Outcome<Credential>>
}

/** @throws what the libraries throw, unless it is the refusal of a token */
export async function signingIn<T>(
  credentials: Credentials,
  signal: AbortSignal,
  use: (credential: Credential) => Promise<T>,
): Promise<Outcome<T>> {
  const held = await credentials.current(signal)
  if (!held.ok) return held
  if ('password' in held.value.secret) return succeeded(await use(held.value))
  try {
    return succeeded(await use(held.value))
  } catch (error) {
    if (!refusesLogin(toldBy(error))) throw error
  }
  const fresh = await credentials.renewed(held.value, signal)
  if (!fresh.ok) return fresh
  try {
    return succeeded(await use(fresh.value))
  } catch (error) {
    const told = toldBy(error)
    if (!refusesLogin(told)) throw error
    return failed({ kind: 'unauthorised', why: 'revoked', diagnostic: told.response || told.message })
  }
}
