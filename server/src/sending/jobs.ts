/**
 * The loops of sending: the dispatcher (windows, lease, dispatch) and the reconciler (expired leases, uncertain mails).
 * Any number of processes may run them side by side; all state is in the database.
 */
import { startLoop } from '../platform/loop/index.ts'
import type { SendingParts } from './parts.ts'
import { dispatch, leaseSeconds } from './dispatch.ts'
import { lookForSent, recoverLease } from './reconcile.ts'
import {
  dueLooks,
  expiredLeases,
  lease,
  rollDay,
  rollWindow,
  staleMailboxes,
  untilNext,
} from './store-lease.ts'
import { dayOf, later, nextWindow } from './window.ts'

export interface SendingJobs {
  readonly worker: string
  /** How many mails are on their way at once in this process. */
  readonly concurrency: number
}

const longestPauseMs = 1000

/** Starts dispatcher and reconciler. Disposing lets running calls end. */
export function startSending(parts: SendingParts, { worker, concurrency }: SendingJobs): AsyncDisposable {
  const hint = new EventTarget()
  const listening = parts.database.listen('kontor_outbox', () => hint.dispatchEvent(new Event('wake')))
  const inFlight = new Set<Promise<void>>()
  const dispatcher = startLoop({
    name: 'dispatcher',
    idleMs: longestPauseMs,
    log: parts.log,
    wake: hint,
    run: async () => {
      await writeWindows(parts)
      const room = concurrency - inFlight.size
      if (room <= 0) {
        await Promise.race(inFlight)
        return 'again'
      }
      const leases = await lease(parts.database, { mailboxes: room, ttlSeconds: leaseSeconds, worker })
      for (const taken of leases) {
        const sending = dispatch(parts, taken)
          .catch((error: unknown) =>
            parts.log.error({ error, submission: taken.submissionId }, 'a dispatch failed'),
          )
          .finally(() => {
            inFlight.delete(sending)
            hint.dispatchEvent(new Event('wake'))
          })
        inFlight.add(sending)
      }
      if (leases.length > 0) return 'again'
      const next = await untilNext(parts.database)
      return { restMs: Math.min(longestPauseMs, Math.max(5, next ?? longestPauseMs)) }
    },
  })
  const reconciler = startLoop({
    name: 'reconciler',
    idleMs: longestPauseMs,
    log: parts.log,
    run: async (signal) => {
      for (const ref of await expiredLeases(parts.database, 100)) await recoverLease(parts, ref)
      const looks = await dueLooks(parts.database, 10)
      for (const ref of looks) await lookForSent(parts, ref, signal)
      return looks.length > 0 ? 'again' : 'idle'
    },
  })
  return {
    async [Symbol.asyncDispose]() {
      await dispatcher[Symbol.asyncDispose]()
      await reconciler[Symbol.asyncDispose]()
      await Promise.allSettled(inFlight)
      await listening[Symbol.asyncDispose]()
    },
  }
}

/** Writes the next day or window of mailboxes that have something to do and whose own has ended. */
export async function writeWindows(parts: Pick<SendingParts, 'database'>): Promise<void> {
  for (const stale of await staleMailboxes(parts.database, 100)) {
    if (Temporal.Instant.compare(stale.dayEndsAt, stale.now) <= 0) {
      await rollDay(
        parts.database,
        stale.addressKey,
        stale.dayEndsAt,
        dayOf(stale.capZone, later(stale.now, stale.dayEndsAt)),
      )
    }
    if (Temporal.Instant.compare(stale.closesAt, stale.now) <= 0) {
      const window = nextWindow(stale.window, stale.now)
      await parts.database.inWorkspace(stale.workspaceId, (tx) =>
        rollWindow(tx, stale.mailboxId, stale.closesAt, window),
      )
    }
  }
}
