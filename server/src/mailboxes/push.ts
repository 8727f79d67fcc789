/**
 * Push: whether a provider can tell us of new mail, where it knocks, and what a knock means. A knock is a doorbell and
 * nothing more; whose mailbox it is for is found here, what came is found by reading.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { addressKey } from '../mail/index.ts'
import { leadsHereOnly } from '../platform/public-address/index.ts'
import type { MailboxParts } from './parts.ts'
import { endpointOf } from './parts.ts'
import type { Heard, Hear, Knock, Ring } from './provider.ts'
import type { PushOff, WatchRef } from './store-watch.ts'
import { mailboxesAt, watchOfHandle } from './store-watch.ts'

export type PushPlan =
  | { readonly on: true; readonly notifyUrl: string; readonly lifecycleUrl: string; readonly hear: Hear }
  | { readonly on: false; readonly why: Exclude<PushOff, 'refused'> }

type PushParts = Pick<MailboxParts, 'database' | 'endpoints' | 'redirectUri'>

/** What is kept of the secret of a watch. */
export function watchSecretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Where the provider of an endpoint knocks, or why it does not. Only a practice world reaches an address of this machine. */
export async function pushPlan(parts: Omit<PushParts, 'database'>, endpointKey: string): Promise<PushPlan> {
  const place = await endpointOf(parts.endpoints, endpointKey)
  const push = place?.adapter.push
  if (place === undefined || push === undefined) return { on: false, why: 'not_offered' }
  if (push.hear === undefined) return { on: false, why: 'not_set_up' }
  const { origin } = new URL(parts.redirectUri())
  const reached = place.endpoint.practice || (origin.startsWith('https://') && !leadsHereOnly(origin))
  if (!reached) return { on: false, why: 'no_public_address' }
  const notifyUrl = pushUrl(origin, endpointKey)
  return { on: true, notifyUrl, lifecycleUrl: `${notifyUrl}/lifecycle`, hear: push.hear }
}

/** The address that a provider must know. */
export function pushUrl(origin: string, endpointKey: string): string {
  return `${origin}/api/v1/push/${encodeURIComponent(endpointKey)}`
}

/** What became of a knock: refused or asked back, or whom it is for. `unknown`: rings that are for nobody here. */
export type Knocked =
  | Exclude<Heard, { kind: 'rung' }>
  | {
      readonly kind: 'rung'
      readonly status: 202 | 204
      readonly for: readonly (WatchRef & { readonly tells: 'change' | 'ask_again' | 'ended' })[]
      readonly unknown: number
    }

/** Reads a knock; undefined where nobody is told anything. */
export async function hearKnock(
  parts: PushParts,
  endpointKey: string,
  knock: Omit<Knock, 'url'>,
): Promise<Knocked | undefined> {
  const plan = await pushPlan(parts, endpointKey)
  if (!plan.on) return undefined
  const heard = await plan.hear({ ...knock, url: plan.notifyUrl })
  if (heard.kind !== 'rung') return heard
  const found = await Promise.all(heard.rings.map((one) => whoseRing(parts, endpointKey, one)))
  return {
    kind: 'rung',
    status: heard.status,
    for: found.flat(),
    unknown: found.filter((refs) => refs.length === 0).length,
  }
}

async function whoseRing(
  { database }: Pick<PushParts, 'database'>,
  endpointKey: string,
  ring: Ring,
): Promise<readonly (WatchRef & { readonly tells: 'change' | 'ask_again' | 'ended' })[]> {
  if ('address' in ring) {
    const refs = await mailboxesAt(database, endpointKey, addressKey(ring.address))
    return refs.map((ref) => ({ ...ref, tells: 'change' as const }))
  }
  const watch = await watchOfHandle(database, endpointKey, ring.handle)
  if (watch === undefined || !timingSafeEqual(watch.secretHash, watchSecretHash(ring.secret))) return []
  const { workspaceId, mailboxId } = watch
  return [{ workspaceId, mailboxId, tells: ring.tells }]
}
