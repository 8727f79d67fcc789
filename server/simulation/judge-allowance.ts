/**
 * Whether each mail of ranks 1 to 4 kept its distance from the one before it, and left direct mail what is kept for it.
 * Judged from the provider's log alone, so that it is never stricter than the rules: what the product charges in doubt
 * the log does not hold.
 */
import { localTime } from './calendar.ts'
import type { Taken } from './provider.ts'
import type { Record, Sender } from './record.ts'
import { limitAt, valueAt, zonesOf } from './record.ts'

/** Mails of ranks 1 to 4 that a mailbox claimed sooner after the one before than its pace allows. */
export function hurried(record: Record, log: readonly Taken[]): string[] {
  return record.senders.flatMap(({ id, pace }) => {
    const ranked = log
      .filter((one) => one.mailboxId === id && (record.mail(one.marker)?.rank ?? 0) > 0)
      .toSorted((a, b) => a.claimed.seq - b.claimed.seq)
    return ranked.flatMap((one, place) => {
      const before = ranked[place - 1]
      const gap = before === undefined ? Infinity : one.claimed.at - before.claimed.at
      // a mail that was sent again in doubt
      if (before?.marker === one.marker || gap >= pace * 1000) return []
      return [`${one.marker} left ${gap} ms after ${before?.marker}, of ${pace} s`]
    })
  })
}

/** Mails of ranks 1 to 4 that took what their mailbox still kept for direct mail that day. */
export function greedy(record: Record, log: readonly Taken[]): string[] {
  return record.senders.flatMap((sender) => {
    const senders = record.senders.filter((one) => one.address === sender.address)
    const zones = zonesOf(senders)
    // on a day on which a zone moved, the calendar does not say which mails were of one day
    if (sender.reserve === 0 || zones.length > 1) return []
    const zone = zones[0]?.value ?? 'UTC'
    const dayOf = (at: number) => localTime(zone, at).date
    const taken = log.filter((one) => one.address === sender.address)
    return taken.flatMap((one) => {
      if (one.mailboxId !== sender.id || isDirect(record, one) || isReleased(sender, one)) return []
      const earlier = taken.filter(
        (other) => other.claimed.seq < one.claimed.seq && dayOf(other.claimed.at) === dayOf(one.claimed.at),
      )
      const direct = earlier.filter((other) => isDirect(record, other)).length
      const kept = Math.max(0, sender.reserve - direct)
      const limit = limitAt(senders, one.claimed)
      if (earlier.length + kept < limit) return []
      return [
        `${one.marker} left as number ${earlier.length + 1} of ${limit}, of which ${kept} were kept for direct mail`,
      ]
    })
  })
}

function isDirect(record: Record, { marker }: Taken): boolean {
  return record.mail(marker)?.rank === 0
}

const releases = 18 * 60
const opens = 8 * 60

/** Two hours before the sending times end the reserve is everybody's, until they begin again. */
function isReleased(sender: Sender, { claimed }: Taken): boolean {
  const { minuteOfDay } = localTime(valueAt(sender.zone, claimed) ?? 'UTC', claimed.at)
  return minuteOfDay >= releases || minuteOfDay < opens
}
