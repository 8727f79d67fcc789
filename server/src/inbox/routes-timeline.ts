/** Everything with one influencer on one line of time: what happened, and what is going to. */
import { instantText } from '../platform/clock/index.ts'
import type { TimelineEntry } from '@kontor/api/contacts'
import type { Tx } from '../platform/db/index.ts'
import { expectedOf, shownReason } from '../sending/index.ts'
import { timelineFacts } from './store-note.ts'
import type { Sight } from './store-sight.ts'
import { waitingFor } from './store-waiting.ts'

/** The future first, then the past, newest first. */
export async function timelineOf(tx: Tx, sight: Sight, contactId: string): Promise<TimelineEntry[]> {
  const waiting = await waitingFor(tx, sight, contactId)
  const expected = await expectedOf(
    tx,
    waiting.map((mail) => mail.id),
  )
  const future = waiting.map((mail): TimelineEntry => {
    const known = expected.get(mail.id)
    const leaves = known?.at === undefined ? undefined : instantText(known.at)
    const reason = shownReason(mail, known?.reason)
    return {
      at: leaves ?? mail.enqueuedAt.toString(),
      future: true,
      kind: 'waiting',
      title: mail.subject,
      ...(mail.campaignName === undefined ? {} : { campaignName: mail.campaignName }),
      state: mail.state,
      ...(leaves === undefined ? {} : { expectedAt: leaves }),
      ...(reason === undefined ? {} : { reason }),
    }
  })
  const past = (await timelineFacts(tx, sight, contactId)).map(
    (fact): TimelineEntry => ({ ...fact, at: fact.at.toString(), future: false }),
  )
  return [...future.toSorted((a, b) => (a.at < b.at ? 1 : -1)), ...past]
}
