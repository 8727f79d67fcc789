/**
 * Mails that the provider accepted and returned because of whoever sent them: the limit of the day is used up, or sending is
 * blocked (providers.md, findings 11 and 13). Whatever is accepted meanwhile would come back too, so the mailbox waits.
 */
import { databaseNow } from '../platform/clock/index.ts'
import type { Emit, EventHandler } from '../platform/events/index.ts'
import { throttle } from './store-schedule.ts'

/** As long as where a provider says that the day is full and not until when; a limit of 24 hours is met again after it. */
const pause = { hours: 4 }

/**
 * Handler of `message.captured`. Payload: `kind`, `mailboxId`, `at`, `recipients: [{ blamesSender? }]`, those alone that we
 * wrote to. A report of long ago stops nothing.
 */
export function waitWhenReturned(emit: Emit): EventHandler {
  return async (tx, { workspaceId, payload }) => {
    const { kind, mailboxId, recipients, at } = payload
    if (kind !== 'bounce' || typeof mailboxId !== 'string' || typeof at !== 'string') return
    if (!Array.isArray(recipients) || !recipients.some(blamesSender)) return
    const until = Temporal.Instant.from(at).add(pause)
    if (Temporal.Instant.compare(until, await databaseNow(tx)) <= 0) return
    await throttle(tx, mailboxId, until, 'returned')
    const told = { type: 'mailbox.throttled', subject: mailboxId, payload: { until: until.toString() } }
    await emit(tx, { workspaceId, ...told })
  }
}

function blamesSender(recipient: unknown): boolean {
  return (recipient as { readonly blamesSender?: unknown } | null)?.blamesSender === true
}
