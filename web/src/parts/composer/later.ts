/**
 * Times that people mean when they say later: this evening, tomorrow, Monday. In the workspace's zone, on the hour at
 * which its day begins; and a wall-clock time of a zone as an instant.
 */

export type LaterKey = 'today' | 'tomorrow' | 'monday' | 'week'

export interface LaterChoice {
  readonly key: LaterKey
  /** ISO instant. */
  readonly at: string
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Choices that still lie ahead, each its own day. */
export function laterChoices(present: number, zone: string): readonly LaterChoice[] {
  const today = wallOf(present, zone)
  const weekday = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay()
  const toMonday = ((8 - weekday) % 7) + (weekday === 1 ? 7 : 0)
  const day = (offset: number, clock: string): string => {
    const date = new Date(Date.UTC(today.year, today.month - 1, today.day + offset))
    return instantAt(date.toISOString().slice(0, 10), clock, zone)
  }
  const choices: LaterChoice[] = [
    { key: 'today', at: day(0, '16:00') },
    { key: 'tomorrow', at: day(1, '08:00') },
    { key: 'monday', at: day(toMonday, '08:00') },
    { key: 'week', at: day(7, '08:00') },
  ]
  return choices.filter(
    ({ key, at }) =>
      Date.parse(at) > present + hourMs &&
      !(key === 'monday' && toMonday === 1) &&
      !(key === 'week' && toMonday === 7),
  )
}

/** The instant at which clocks in the zone show this date and time; in a gap, the moment after it. */
export function instantAt(date: string, clock: string, zone: string): string {
  const wanted = Date.parse(`${date}T${clock}:00Z`)
  let guess = wanted
  for (let tries = 0; tries < 3; tries += 1) guess += wanted - shownAt(guess, zone)
  return new Date(guess).toISOString()
}

/** Date and time for a field, as clocks in the zone show them. */
export function fieldOf(at: number, zone: string): string {
  return new Date(shownAt(at, zone)).toISOString().slice(0, 16)
}

/** What clocks in the zone show at an instant, written as if it were UTC. */
function shownAt(at: number, zone: string): number {
  const { year, month, day, hour, minute } = wallOf(at, zone)
  return Date.UTC(year, month - 1, day, hour, minute) + (((at % 60_000) + 60_000) % 60_000)
}

function wallOf(at: number, zone: string): Record<'year' | 'month' | 'day' | 'hour' | 'minute', number> {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at)
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0)
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') }
}

/** Longest time ahead that is offered. */
export const longestAheadMs = 365 * dayMs
