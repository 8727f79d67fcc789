/**
 * Keeps the place of a pull while its process lives. The claim of a mailbox is short, so that a worker that was killed
 * delays nobody for long; a living one renews it, however long the provider takes. A pull that finds its place taken
 * is told to stop: nothing that it would still write counts.
 */
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Log } from '../platform/log/index.ts'
import { startLoop } from '../platform/loop/index.ts'
import type { MailboxRef } from './store-position.ts'
import { claimSeconds, renewPull } from './store-position.ts'

/** A place in which a pull works until somebody else has it. */
export interface Place extends AsyncDisposable {
  readonly pullId: string
  /** Aborted once the place is lost. */
  readonly lost: AbortSignal
  lose(): void
}

const renewMs = (claimSeconds * 1000) / 4

/** Renews the claim until it is disposed of. */
export function keepPlace(
  parts: { readonly database: Database; readonly clock: Clock; readonly log: Log },
  { workspaceId, mailboxId }: MailboxRef,
  pullId: string,
): Place {
  const lost = new AbortController()
  const begun = parts.clock.monotonicMs()
  const loop = startLoop({
    name: 'the place of a pull',
    idleMs: renewMs,
    clock: parts.clock,
    log: parts.log,
    signal: lost.signal,
    run: async () => {
      if (parts.clock.monotonicMs() - begun < renewMs) return 'idle'
      const held = await parts.database.inWorkspace(workspaceId, (tx) => renewPull(tx, mailboxId, pullId))
      if (!held) lost.abort()
      return 'idle'
    },
  })
  return {
    pullId,
    lost: lost.signal,
    lose: () => lost.abort(),
    [Symbol.asyncDispose]: () => loop[Symbol.asyncDispose](),
  }
}
