/**
 * An act on thousands of mails is done and written down a few hundred at a time; read, it is one deed. Pure.
 */
import type { ActivityEntry } from '@kontor/api/activity'
import { instant } from '../client/clock.ts'

/** Fewer are no step of something larger. */
const leastInStep = 100
const longestBetweenMs = 60_000

/** Newest first, as they come: steps that follow each other become the newest of them, with all their mails counted. */
export function inOneGo(entries: readonly ActivityEntry[]): ActivityEntry[] {
  const deeds: { entry: ActivityEntry; since: ActivityEntry }[] = []
  for (const older of entries) {
    const last = deeds.at(-1)
    if (last === undefined || !isStepBefore(older, last.since)) deeds.push({ entry: older, since: older })
    else {
      const count = countIn(last.entry) + countIn(older)
      last.entry = { ...last.entry, detail: { ...last.entry.detail, count } }
      last.since = older
    }
  }
  return deeds.map(({ entry }) => entry)
}

function isStepBefore(older: ActivityEntry, newer: ActivityEntry): boolean {
  return (
    older.action.startsWith('outbox.') &&
    older.action === newer.action &&
    older.actor === newer.actor &&
    countIn(older) >= leastInStep &&
    instant(newer.at) - instant(older.at) <= longestBetweenMs &&
    wishIn(older) === wishIn(newer)
  )
}

function countIn({ detail }: ActivityEntry): number {
  return Number(detail?.['count'] ?? 0)
}

function wishIn({ detail = {} }: ActivityEntry): string {
  return JSON.stringify(['to', 'date', 'at'].map((name) => detail[name] ?? null))
}
