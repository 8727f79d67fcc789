/** What clocks on the wall of a zone show, and the instant at which they show it. Pure. */

/** The instant at which clocks in the zone show this date and time; in a gap, the moment after it. */
export function instantAt(date: string, clock: string, zone: string): string {
  const wanted = Date.parse(`${date}T${clock}:00Z`)
  let guess = wanted
  for (let tries = 0; tries < 3; tries += 1) guess += wanted - shownAt(guess, zone)
  return new Date(guess).toISOString()
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
