/**
 * Keeps providers telling us of new mail, for every mailbox that is read.
 *
 * 1. Take the watch of a mailbox. 2. See whether its provider can reach us at all; if not, look again later, without a
 * call. 3. Ask the provider to watch, or to go on. 4. Keep what it promised. Where a watch began anew, the mailbox is due
 * at once: nothing told of what came before. A provider that refuses is asked ever more seldom; looking goes on as ever.
 */
import type { WatchRef } from '../mailboxes/index.ts'
import {
  claimWatch,
  dueWatches,
  keepWatch,
  mailboxById,
  pushPlan,
  restWatch,
  watchChannel,
  watchSecretHash,
} from '../mailboxes/index.ts'
import type { EndpointBook, PushOff } from '../mailboxes/index.ts'
import type { ProviderFailure, Watch } from '../mailboxes/provider.ts'
import { databaseNow, deadline } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { startLoop } from '../platform/loop/index.ts'
import type { ReceivingParts } from './parts.ts'
import { ring } from './store-position.ts'

export interface WatchingParts extends Omit<ReceivingParts, 'read' | 'polling' | 'clock' | 'emit'> {
  readonly endpoints: EndpointBook
  readonly redirectUri: () => string
}

const idleMs = 5000
const atOnce = 8
const claimSeconds = 120
const callMs = 60_000
/** Push that is off may be set up at any time; to see it costs no call. */
const offSeconds = 120
const refusedSeconds = { first: 60, most: 3600 }
/** A watch is renewed at half of its life, and at least once a day. */
const mostRenewHours = 24

/** Starts keeping watches. Any number of processes may. */
export function startWatching(parts: WatchingParts): AsyncDisposable {
  const hint = new EventTarget()
  const listening = parts.database.listen(watchChannel, () => hint.dispatchEvent(new Event('wake')))
  const loop = startLoop({
    name: 'watches',
    idleMs,
    log: parts.log,
    wake: hint,
    run: async (signal) => {
      const due = await dueWatches(parts.database, atOnce)
      await Promise.all(due.map((mailbox) => watchMailbox(parts, mailbox, signal)))
      return due.length === atOnce ? 'again' : 'idle'
    },
  })
  return {
    async [Symbol.asyncDispose]() {
      await loop[Symbol.asyncDispose]()
      await listening[Symbol.asyncDispose]()
    },
  }
}

/** Asks for one mailbox. Never throws for what the provider did. */
export async function watchMailbox(parts: WatchingParts, ref: WatchRef, signal: AbortSignal): Promise<void> {
  const { workspaceId, mailboxId } = ref
  const inside = <T>(work: (tx: Tx) => Promise<T>) => parts.database.inWorkspace(workspaceId, work)
  const claim = await inside(async (tx) => {
    const mailbox = await mailboxById(tx, mailboxId)
    if (mailbox === undefined || mailbox.disconnectedAt !== undefined) return undefined
    const held = await claimWatch(tx, ref, mailbox.endpoint, claimSeconds)
    return held && { ...held, endpoint: mailbox.endpoint }
  })
  if (claim === undefined) return
  const rest = (off: PushOff, seconds: number) =>
    inside(async (tx) => {
      const renewAt = (await databaseNow(tx)).add({ seconds: Math.round(seconds) })
      await restWatch(tx, mailboxId, { off, renewAt })
    })
  const plan = await pushPlan(parts, claim.endpoint)
  if (!plan.on) return await rest(plan.why, offSeconds)
  const secret = parts.ids.token(32)
  const opened = await parts.openMailbox(workspaceId, mailboxId, 'watch')
  const { notifyUrl, lifecycleUrl } = plan
  const previous = claim.handle === undefined ? {} : { previous: claim.handle }
  const wish = { notifyUrl, lifecycleUrl, secret, ...previous }
  const watched = opened.ok
    ? await opened.value.watch(wish, AbortSignal.any([signal, deadline(callMs)]))
    : opened
  if (!watched.ok) {
    parts.log.warn(
      { mailbox: mailboxId, kind: watched.failure.kind, diagnostic: watched.failure.diagnostic },
      'a provider does not tell of new mail',
    )
    return await inside(async (tx) => {
      const now = await databaseNow(tx)
      const renewAt = now.add({ seconds: secondsUntilAsked(watched.failure, claim.failingSince, now) })
      await restWatch(tx, mailboxId, { off: 'refused', renewAt })
    })
  }
  const watch = watched.value
  if (watch === undefined) return await rest('not_offered', refusedSeconds.most)
  await inside(async (tx) => {
    const renewAt = renewalOf(watch, await databaseNow(tx))
    const hash = watch.begun ? watchSecretHash(secret) : undefined
    if ((await keepWatch(tx, mailboxId, { ...watch, renewAt }, hash)) && watch.begun)
      await ring(tx, mailboxId, { told: false })
  })
}

function renewalOf({ until }: Watch, now: Temporal.Instant): Temporal.Instant {
  const halfSeconds = Math.max(60, Math.floor(now.until(until).total('seconds') / 2))
  return now.add({ seconds: Math.min(halfSeconds, mostRenewHours * 3600) })
}

function secondsUntilAsked(
  failure: ProviderFailure,
  failingSince: Temporal.Instant | undefined,
  now: Temporal.Instant,
): number {
  const { first, most } = refusedSeconds
  const told =
    failure.kind === 'throttled' || failure.kind === 'quota_day'
      ? now.until(failure.until).total('seconds')
      : (failingSince?.until(now).total('seconds') ?? 0)
  return Math.round(Math.min(most, Math.max(first, told)))
}
