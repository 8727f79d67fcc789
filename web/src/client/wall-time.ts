/** What clocks on the wall of a zone show, and the instant at which they show it. Pure. */

const dayMs = 86_400_000

/**
 * The instant at which clocks in the zone show this date and time. Shown twice, the first one; in an hour that they skip,
 * as long after its beginning as was asked for (RFC 5545 §3.3.5).
 */
export function instantAt(date: string, clock: string, zone: string): string {
  const wanted = Date.parse(`${date}T${clock}:00Z`)
  const guesses = [wanted - dayMs, wanted + dayMs].map((near) => wanted - (shownAt(near, zone) - near))
  const shown = guesses.filter((guess) => shownAt(guess, zone) === wanted)
  return new Date(shown.length > 0 ? Math.min(...shown) : Math.max(...guesses)).toISOString()
}

/** YYYY-MM-DDTHH:MM as clocks in the zone show it: the value of a date and time field. */
export function fieldOf(at: number, zone: string): string {
  return new Date(shownAt(at, zone)).toISOString().slice(0, 16)
}

/** What clocks in the zone show at an instant, written as if it were UTC. */
function shownAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at)
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '00'
  return Date.parse(
    `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}Z`,
  )
}
