/**
 * The loops of sending: the dispatcher (lease, dispatch) and the reconciler (expired leases, uncertain mails).
 * Any number of processes may run them side by side; all state is in the database.
 */
import { startLoop } from '../platform/loop/index.ts'
import type { SendingParts } from './parts.ts'
import { createDispatcher } from './dispatch.ts'
import { lookForSent, recoverLease } from './reconcile.ts'
import { lease } from './lease.ts'
import { dueLooks, expiredLeases, leaseSeconds, untilNext } from './store-lease.ts'

export interface SendingJobs {
  readonly worker: string
  /** How many mails are on their way at once in this process. */
  readonly concurrency: number
}

const longestPauseMs = 1000

/** Starts dispatcher and reconciler. Disposing lets calls end, also those of mails that are being written. */
export function startSending(parts: SendingParts, { worker, concurrency }: SendingJobs): AsyncDisposable {
  const hint = new EventTarget()
  const listening = parts.database.listen('kontor_outbox', () => hint.dispatchEvent(new Event('wake')))
  const inFlight = new Set<Promise<void>>()
  const stopping = new AbortController()
  const dispatch = createDispatcher(parts, stopping.signal)
  const dispatcher = startLoop({
    name: 'dispatcher',
    idleMs: longestPauseMs,
    log: parts.log,
    wake: hint,
    run: async () => {
      const room = concurrency - inFlight.size
      if (room <= 0) {
        await Promise.race(inFlight)
        return 'again'
      }
      const leases = await lease(parts.database, { mailboxes: room, ttlSeconds: leaseSeconds, worker })
      for (const together of Map.groupBy(leases, ({ workspaceId }) => workspaceId).values())
        for (const [n, sent] of dispatch(together).entries()) {
          const sending = sent
            .catch((error: unknown) =>
              parts.log.error({ error, submission: together[n]?.submissionId }, 'a dispatch failed'),
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
      stopping.abort()
      await dispatcher[Symbol.asyncDispose]()
      await reconciler[Symbol.asyncDispose]()
      await Promise.allSettled(inFlight)
      await listening[Symbol.asyncDispose]()
    },
  }
}
