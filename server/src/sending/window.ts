/**
 * Days and sending windows, as pure functions over instants and time zones.
 *
 * The only place with zone arithmetic for sending (the database has none): the dispatcher writes what these functions
 * return, the forecast walks along them, so that both always agree. Days are calendar days of the zone, 23 or 25 hours
 * long where the clocks change.
 */

/** A calendar day of one zone as half-open span of instants. */
export interface Day {
  readonly date: Temporal.PlainDate
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
}

export interface WindowSettings {
  readonly zone: string
  /** ISO weekdays, 1 = Monday. At least one. */
  readonly days: readonly number[]
  readonly from: Temporal.PlainTime
  readonly to: Temporal.PlainTime
}

/** When ranks 1 to 4 may leave; the reserve is released at `releaseAt`. */
export interface SendingWindow {
  readonly opensAt: Temporal.Instant
  readonly releaseAt: Temporal.Instant
  readonly closesAt: Temporal.Instant
}

const releaseBeforeClose = { hours: 2 }

/** The calendar day of the zone that contains the instant. */
export function dayOf(zone: string, at: Temporal.Instant): Day {
  const start = at.toZonedDateTimeISO(zone).startOfDay()
  return {
    date: start.toPlainDate(),
    startsAt: start.toInstant(),
    endsAt: start.add({ days: 1 }).startOfDay().toInstant(),
  }
}

/** Where a calendar day begins in a zone. */
export function startOf(date: Temporal.PlainDate, zone: string): Temporal.Instant {
  return date.toZonedDateTime(zone).toInstant()
}

/** The window that is open at the instant, or else the next one that opens. */
export function nextWindow(settings: WindowSettings, at: Temporal.Instant): SendingWindow {
  let date = at.toZonedDateTimeISO(settings.zone).toPlainDate()
  for (let tries = 0; tries < 15; tries++) {
    const window = windowOn(settings, date)
    if (window !== undefined && Temporal.Instant.compare(window.closesAt, at) > 0) return window
    date = date.add({ days: 1 })
  }
  throw new RangeError('a sending window needs at least one weekday and a time that exists')
}

function windowOn(settings: WindowSettings, date: Temporal.PlainDate): SendingWindow | undefined {
  if (!settings.days.includes(date.dayOfWeek)) return undefined
  const opensAt = date.toZonedDateTime({ timeZone: settings.zone, plainTime: settings.from }).toInstant()
  const closesAt = date.toZonedDateTime({ timeZone: settings.zone, plainTime: settings.to }).toInstant()
  // A clock change may swallow the whole window of a day.
  if (Temporal.Instant.compare(opensAt, closesAt) >= 0) return undefined
  return { opensAt, releaseAt: later(opensAt, closesAt.subtract(releaseBeforeClose)), closesAt }
}

/** The running day of an address. `baseEndsAt`: where it would have ended in the zone in which it began. */
export interface RunningDay {
  readonly endsAt: Temporal.Instant
  readonly baseEndsAt: Temporal.Instant
}

/**
 * Where the running day ends after a move to another zone: at the first midnight of the new zone that is not before the
 * end the day began with, so that no calendar day of either zone gets more than its cap; a zone moved back restores
 * that end. A day that is over, of which nothing reaches into the new zone's today, stays over.
 */
export function endAfterZoneMove(
  zone: string,
  { endsAt, baseEndsAt }: RunningDay,
  now: Temporal.Instant,
): Temporal.Instant {
  if (Temporal.Instant.compare(endsAt, dayOf(zone, now).startsAt) <= 0) return endsAt
  const earliest = later(baseEndsAt, now)
  const day = dayOf(zone, earliest)
  return Temporal.Instant.compare(day.startsAt, earliest) === 0 ? earliest : day.endsAt
}

export function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) >= 0 ? a : b
}
