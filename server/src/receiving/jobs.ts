/**
 * The loop that pulls mailboxes when they are due. Any number of processes may run it: a mailbox is pulled by one.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Event } from '../platform/events/index.ts'
import { startLoop } from '../platform/loop/index.ts'
import type { ReceivingParts } from './pull.ts'
import { pull } from './pull.ts'
import { reviveUnmatched } from './store-pending.ts'
import { beginReading, duePulls } from './store-position.ts'

const idleMs = 1000

/** Starts pulling. Disposing lets the pulls in progress end. */
export function startReceiving(
  parts: ReceivingParts,
  { concurrency }: { concurrency: number },
): AsyncDisposable {
  const hint = new EventTarget()
  const listening = parts.database.listen('kontor_pull', () => hint.dispatchEvent(new Event('wake')))
  const loop = startLoop({
    name: 'pulls',
    idleMs,
    log: parts.log,
    wake: hint,
    run: async () => {
      const due = await duePulls(parts.database, concurrency)
      await Promise.all(due.map((mailbox) => pull(parts, mailbox)))
      return due.length === concurrency ? 'again' : 'idle'
    },
  })
  return {
    async [Symbol.asyncDispose]() {
      await loop[Symbol.asyncDispose]()
      await listening[Symbol.asyncDispose]()
    },
  }
}

/** A mailbox that is connected with Full Access is read from now on. */
export async function onMailboxConnected(tx: Tx, event: Event): Promise<void> {
  if (event.subject !== undefined) await beginReading(tx, event.subject)
}

/** A thread has become ours: identifiers that came early are read now. */
export async function onSubmissionAccepted(tx: Tx, event: Event): Promise<void> {
  const { mailboxId, providerThreadId } = event.payload
  if (typeof mailboxId !== 'string' || typeof providerThreadId !== 'string') return
  if ((await reviveUnmatched(tx, mailboxId, providerThreadId)) > 0) await beginReading(tx, mailboxId)
}
