/**
 * What no event tells: a queue that has grown longer than a week, and what has become untrue by itself. Looked at for
 * one workspace at a time, now and then.
 */
import { remindersOf } from '../campaigns/index.ts'
import { peopleReturned } from '../correspondence/index.ts'
import { mailboxesOf } from '../mailboxes/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { forecastAll, openCounts } from '../sending/index.ts'
import type { NoticeParts } from './raise.ts'
import { raise, settle } from './raise.ts'
import { openSubjects } from './store.ts'

const longDays = 7

/** Looks at one workspace. */
export async function lookAround(
  parts: NoticeParts & { readonly database: Database },
  workspaceId: string,
): Promise<void> {
  await parts.database.inWorkspace(workspaceId, async (tx) => {
    const open = await openSubjects(tx, ['in_doubt'])
    const mailboxes = await mailboxesOf(tx)
    const counts = await openCounts(tx, [...new Set([...open, ...mailboxes.map(({ id }) => id)])])
    const waitingIn = (id: string, state: 'queued' | 'in_doubt') =>
      counts.find((row) => row.mailboxId === id && row.state === state)?.count ?? 0
    for (const subject of open) {
      if (waitingIn(subject, 'in_doubt') === 0)
        await settle(parts, tx, { workspaceId, kinds: ['in_doubt'], subject })
    }
    for (const subject of await openSubjects(tx, ['follow_up_due'])) {
      if ((await remindersOf(tx, subject)) === undefined)
        await settle(parts, tx, { workspaceId, kinds: ['follow_up_due'], subject })
    }
    const present = await databaseNow(tx)
    for (const subject of await openSubjects(tx, ['returned'])) {
      if ((await peopleReturned(tx, subject, present)) === 0)
        await settle(parts, tx, { workspaceId, kinds: ['returned'], subject })
    }
    const long = await openSubjects(tx, ['queue_long'])
    for (const mailbox of mailboxes) {
      const subject = mailbox.id
      // less than a day's worth cannot take a week
      const waiting = waitingIn(subject, 'queued')
      const days = waiting > mailbox.dailyLimit ? await daysToLast(tx, subject) : 0
      if (days > longDays) {
        const facts = { address: mailbox.address, waiting, days }
        const about = {
          workspaceId,
          personIds: [mailbox.ownerId],
          kind: 'queue_long',
          subject,
          facts,
        } as const
        await raise(parts, tx, about, 'quietly')
      } else if (long.has(subject)) await settle(parts, tx, { workspaceId, kinds: ['queue_long'], subject })
    }
  })
}

/** Whole days until the last mail of a mailbox leaves; 0 while it is stopped, which is told otherwise. */
async function daysToLast(tx: Tx, mailboxId: string): Promise<number> {
  const now = (await databaseNow(tx)).epochMilliseconds
  let last = now
  for (const { at } of (await forecastAll(tx, mailboxId)).values()) {
    if (at !== undefined && Number.isFinite(at) && at > last) last = at
  }
  return Math.floor((last - now) / 86_400_000)
}
