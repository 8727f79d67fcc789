/**
 * Owns the door: ten wrong passwords in a row for an address from one place, or fifty from one place or for one
 * address from many, and the door stays shut for fifteen minutes, also for the right password. An attempt is counted
 * before it is checked, so that many at once are no way around.
 *
 * The right password takes back its own attempt. Only for this address from this place it begins anew: else whoever has an
 * account here could guess those of others for ever, signing in as themselves in between.
 */
import { createHash } from 'node:crypto'
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { signInKey } from './sign-in-address.ts'
import { countUse, forgetUses, takeBackUse } from './store-people.ts'
import type { Sessions } from './store-session.ts'

export type SignInOutcome =
  | { readonly kind: 'signed_in'; readonly personId: string; readonly cookies: readonly string[] }
  | { readonly kind: 'wrong_password' }
  | { readonly kind: 'too_many_attempts'; readonly retryAfterSeconds: number }

const windowSeconds = 15 * 60
const mostInARow = 10
const mostFromOnePlace = 50

/** `place` is the client's network address; only its hash is kept, for fifteen minutes. */
export async function signIn(
  parts: {
    readonly database: Database
    readonly ids: Ids
    readonly clock: Clock
    readonly sessions: Pick<Sessions, 'signIn'>
  },
  wish: {
    readonly address: string
    readonly password: string
    readonly place: string
    readonly device?: string | undefined
  },
): Promise<SignInOutcome> {
  const addressKey = signInKey(wish.address)
  const pair = keyOf('address and place', addressKey, wish.place)
  const limits = [
    { key: pair, most: mostInARow },
    { key: keyOf('place', wish.place), most: mostFromOnePlace },
    { key: keyOf('address', addressKey), most: mostFromOnePlace },
  ]
  const now = parts.clock.now()
  const uses = await parts.database.inSystem(async (tx) => {
    const counted = []
    for (const { key, most } of limits) {
      counted.push(await countUse(tx, { id: parts.ids.uuid(), key, most, windowSeconds, now }))
    }
    return counted
  })
  const refused = uses.filter((use) => !use.allowed)
  if (refused.length > 0) {
    const retryAfterSeconds = Math.max(...refused.map((use) => use.retryAfterSeconds))
    return { kind: 'too_many_attempts', retryAfterSeconds }
  }
  const session = await parts.sessions.signIn(addressKey, wish.password, wish.device)
  if (session === 'wrong') return { kind: 'wrong_password' }
  await parts.database.inSystem(async (tx) => {
    await forgetUses(tx, [pair])
    await takeBackUse(
      tx,
      limits.map(({ key }) => key).filter((key) => key !== pair),
    )
  })
  return { kind: 'signed_in', ...session }
}

function keyOf(kind: string, ...parts: readonly string[]): string {
  return `sign-in ${createHash('sha256')
    .update([kind, ...parts].join('\0'))
    .digest('base64url')}`
}
