/**
 * Times that people mean when they say later: this evening, tomorrow, Monday. In the workspace's zone, on the hour at
 * which its day begins.
 */
import { fieldOf, instantAt } from '../../client/wall-time.ts'

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
  const today = Date.parse(fieldOf(present, zone).slice(0, 10))
  const weekday = new Date(today).getUTCDay()
  const toMonday = ((8 - weekday) % 7) + (weekday === 1 ? 7 : 0)
  const day = (offset: number, clock: string): string => {
    const date = new Date(today + offset * dayMs)
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

/** Longest time ahead that is offered. */
export const longestAheadMs = 365 * dayMs
