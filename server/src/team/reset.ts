/**
 * Owns the forgotten password: a link by a mail of the system, good for an hour and for one use. Whoever asks learns
 * nothing about who is here: the answer, and what is counted, are the same for every address.
 *
 * Only the hash of the link's token is stored, and the mail waits sealed. A new password ends every session.
 */
import { createHash } from 'node:crypto'
import type { Clock } from '../platform/clock/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { hashPassword } from './password.ts'
import { changedMail, resetMail } from './reset-texts.ts'
import { signInKey } from './sign-in-address.ts'
import type { Person } from './store-people.ts'
import { countUse, readPerson, readPersonByAddress, replacePassword } from './store-people.ts'
import { forgetResets, insertReset, takeReset, unusedReset } from './store-reset.ts'

/** The way of the system's own mails, where an owner set one up. */
export interface Post {
  ready(): Promise<boolean>
  put(tx: Tx, mail: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>
}
export interface ResetParts {
  readonly database: Database
  readonly ids: Ids
  /** Real time: a person waits for a mail. */
  readonly clock: Clock
  readonly post: Post
  readonly publicUrl: () => string
}
export type ResetAsked = 'asked' | 'no_post' | { readonly retryAfterSeconds: number }

const goodForMinutes = 60
const windowSeconds = 3600
const mostForOneAddress = 5
const mostFromOnePlace = 20

/** Sends a link if somebody signs in with this address. `place` is the client's network address. */
export async function askReset(
  parts: ResetParts,
  wish: { readonly address: string; readonly place: string },
): Promise<ResetAsked> {
  if (!(await parts.post.ready())) return 'no_post'
  const addressKey = signInKey(wish.address)
  const now = parts.clock.now()
  const limits = [
    { key: keyOf('address', addressKey), most: mostForOneAddress },
    { key: keyOf('place', wish.place), most: mostFromOnePlace },
  ]
  return parts.database.inSystem(async (tx) => {
    for (const { key, most } of limits) {
      const use = await countUse(tx, { id: parts.ids.uuid(), key, most, windowSeconds, now })
      if (!use.allowed) return { retryAfterSeconds: use.retryAfterSeconds }
    }
    const person = await readPersonByAddress(tx, addressKey)
    if (person === undefined) return 'asked'
    const token = parts.ids.token(32)
    await insertReset(tx, {
      id: parts.ids.uuid(),
      tokenHash: hashOf(token),
      personId: person.id,
      expiresAt: now.add({ minutes: goodForMinutes }),
    })
    const link = `${parts.publicUrl()}/reset/${token}`
    await parts.post.put(tx, { to: person.address, ...resetMail(person, link) })
    return 'asked'
  })
}

/** Whether a link can still be used. */
export function isResetOpen(parts: Pick<ResetParts, 'database' | 'clock'>, token: string): Promise<boolean> {
  return parts.database.inSystem((tx) => unusedReset(tx, hashOf(token), parts.clock.now()))
}

/** Uses a link up and gives the person, or undefined when it was used, replaced or has expired. */
export async function useReset(
  parts: ResetParts,
  token: string,
  password: string,
): Promise<Person | undefined> {
  const passwordHash = await hashPassword(password)
  return parts.database.inSystem(async (tx) => {
    const personId = await takeReset(tx, hashOf(token), parts.clock.now())
    const person = personId === undefined ? undefined : await readPerson(tx, personId)
    if (person !== undefined) await setPassword(parts, tx, person, passwordHash)
    return person
  })
}

/** Replaces a password, ends every session and every open link, and tells the person by mail where that is possible. */
export async function setPassword(
  parts: Pick<ResetParts, 'post' | 'publicUrl'>,
  tx: Tx,
  person: Person,
  passwordHash: string,
): Promise<void> {
  await replacePassword(tx, person.id, passwordHash)
  await forgetResets(tx, person.id)
  if (await parts.post.ready())
    await parts.post.put(tx, { to: person.address, ...changedMail(person, parts.publicUrl()) })
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

function keyOf(kind: string, text: string): string {
  return `reset ${createHash('sha256').update(`${kind}\0${text}`).digest('base64url')}`
}
