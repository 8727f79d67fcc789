/** Everything with one influencer on one line of time: what happened, and what is going to. */
import type { TimelineEntry } from '@kontor/api/contacts'
import type { Tx } from '../platform/db/index.ts'
import { forecastAll } from '../sending/index.ts'
import { timelineFacts } from './store-note.ts'
import type { Sight } from './store-sight.ts'
import { waitingFor } from './store-waiting.ts'

/** The future first, then the past, newest first. */
export async function timelineOf(tx: Tx, sight: Sight, contactId: string): Promise<TimelineEntry[]> {
  const waiting = await waitingFor(tx, sight, contactId)
  const expected = waiting.length === 0 ? new Map() : await forecastAll(tx)
  const future = waiting.map((mail): TimelineEntry => {
    const at: number | undefined = expected.get(mail.id)?.at
    const when = at === undefined ? mail.enqueuedAt : Temporal.Instant.fromEpochMilliseconds(Math.floor(at))
    return {
      at: when.toString(),
      future: true,
      kind: 'waiting',
      title: mail.subject,
      ...(mail.campaignName === undefined ? {} : { campaignName: mail.campaignName }),
      state: mail.state,
    }
  })
  const past = (await timelineFacts(tx, sight, contactId)).map(
    (fact): TimelineEntry => ({ ...fact, at: fact.at.toString(), future: false }),
  )
  return [...future.toSorted((a, b) => (a.at < b.at ? 1 : -1)), ...past]
}
