/**
 * Mails that the provider accepted and returned because of whoever sent them: the limit of the day is used up, or sending is
 * blocked (providers.md, findings 11 and 13). Whatever is accepted meanwhile would come back too, so the mailbox waits.
 *
 * A report proves nothing about who wrote it, and whoever got a mail of ours can write one about that mail. So a mailbox
 * waits only when mails to two people came back; after one its owner is told, and it goes on.
 */
import { peopleReturned } from '../correspondence/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Emit, EventHandler } from '../platform/events/index.ts'
import { throttle } from './store-schedule.ts'

/** As long as where a provider says that the day is full and not until when; a limit of 24 hours is met again after it. */
const pause = { hours: 4 }
const witnesses = 2

/**
 * Handler of `message.captured`. Payload: `kind`, `mailboxId`, `at`, `recipients: [{ blamesSender? }]`, those alone that we
 * wrote to. A report of long ago stops nothing, and none stops for longer from now than any other.
 */
export function waitWhenReturned(emit: Emit): EventHandler {
  return async (tx, { workspaceId, payload }) => {
    const { kind, mailboxId, recipients, at } = payload
    if (kind !== 'bounce' || typeof mailboxId !== 'string' || typeof at !== 'string') return
    if (!Array.isArray(recipients) || !recipients.some(blamesSender)) return
    const now = await databaseNow(tx)
    const said = Temporal.Instant.from(at)
    const reported = Temporal.Instant.compare(said, now) > 0 ? now : said
    const until = reported.add(pause)
    if (Temporal.Instant.compare(until, now) <= 0) return
    const people = await peopleReturned(tx, mailboxId, reported)
    const tell = async (type: string, what: Record<string, string | number>) =>
      await emit(tx, { workspaceId, type, subject: mailboxId, payload: what })
    if (people >= witnesses) {
      await throttle(tx, mailboxId, until, 'returned')
      await tell('mailbox.throttled', { until: until.toString() })
    }
    await tell('mailbox.returned', { people })
  }
}

function blamesSender(recipient: unknown): boolean {
  return (recipient as { readonly blamesSender?: unknown } | null)?.blamesSender === true
}
