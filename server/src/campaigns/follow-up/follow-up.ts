/**
 * Owns what a follow-up is: a mail that comes a number of days after the one before, when nobody has answered, and when
 * that is. Pure.
 *
 * The days are counted from the moment at which the mail before was accepted, by the calendar of the mailbox's zone: the
 * same time of day, so many days later, also where the clocks were changed in between. What falls outside the sending
 * times is due when they open next.
 */
import type { Mailbox } from '../../mailboxes/index.ts'
import { nextWindow } from '../../sending/index.ts'
import type { FrozenVersions } from '../store-launch.ts'

export const mostFollowUps = 3

/** What somebody wrote: without a subject, because it answers the mail before. */
export interface FollowUpText {
  readonly afterDays: number
  readonly texts: Readonly<Partial<Record<'en' | 'de', { readonly body: string } | undefined>>>
}

/** What it is sent from. */
export interface FollowUp {
  /** From 1. */
  readonly n: number
  readonly afterDays: number
  readonly versions: FrozenVersions
}

type SendingTimes = Pick<Mailbox, 'zone' | 'windowFrom' | 'windowTo' | 'windowDays'>

/** When a follow-up is due at the earliest; `now`: nothing is due in the past. */
export function dueAt(
  { acceptedAt, afterDays }: { readonly acceptedAt: Temporal.Instant; readonly afterDays: number },
  { zone, windowFrom: from, windowTo: to, windowDays: days }: SendingTimes,
  now: Temporal.Instant = acceptedAt,
): Temporal.Instant {
  const wanted = latest(acceptedAt.toZonedDateTimeISO(zone).add({ days: afterDays }).toInstant(), now)
  return latest(wanted, nextWindow({ zone, days, from, to }, wanted).opensAt)
}

function latest(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) >= 0 ? one : other
}
