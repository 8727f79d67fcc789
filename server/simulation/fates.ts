/**
 * What may become of one attempt to send, as providers and machines behave: one table of weights, and what each fate
 * means in times after the call. Times are milliseconds.
 */
import { between, weighted } from './chance.ts'
import type { Chance } from './chance.ts'

export type FateName =
  | 'taken'
  | 'refused'
  | 'stumbles'
  | 'throttles'
  | 'day_is_full'
  | 'token_refused'
  | 'we_are_unknown'
  | 'cut_before'
  | 'cut_after'
  | 'stalls'
  | 'stalls_too_long'
  | 'takes_late'
  | 'freezes'
  | 'refused_late'
  | 'stumbles_late'
  | 'freezes_before_the_call'
  | 'dies_holding'
  | 'dies_before_the_call'
  | 'dies_before'
  | 'dies_after'

export interface Fate {
  readonly name: FateName
  /** After the call the provider takes it; absent: it never does. */
  readonly takenAfter?: number
  /** After the call the answer reaches the worker; absent: the worker is dead by then. */
  readonly answeredAfter?: number
  /** The process stands still before it makes the call. */
  readonly frozenFor?: number
  /** So long after it was taken it can be found in Sent. */
  readonly inSentAfter: number
  /** How long the provider wants to be left alone. */
  readonly waitFor: number
}

const weights: Readonly<Record<FateName, number>> = {
  taken: 640,
  refused: 30,
  stumbles: 40,
  throttles: 20,
  day_is_full: 4,
  token_refused: 8,
  we_are_unknown: 4,
  cut_before: 35,
  cut_after: 35,
  stalls: 50,
  stalls_too_long: 12,
  takes_late: 12,
  freezes: 12,
  refused_late: 6,
  stumbles_late: 12,
  freezes_before_the_call: 12,
  dies_holding: 20,
  dies_before_the_call: 20,
  dies_before: 20,
  dies_after: 26,
}

/** The call's own deadline: after it the worker gives up and does not know. */
const deadline = 60_000

export function drawFate(chance: Chance): Fate {
  return fateOf(weighted(chance, weights, 'taken'), chance)
}

/** While nothing is broken: taken and answered at once. */
export const undisturbed: Fate = {
  name: 'taken',
  takenAfter: 0,
  answeredAfter: 0,
  inSentAfter: 0,
  waitFor: 0,
}

export function fateOf(name: FateName, chance: Chance): Fate {
  const inSentAfter = between(chance, 0, 60_000)
  const waitFor = between(chance, 2, 40) * 60_000
  const fate = { name, inSentAfter, waitFor }
  switch (name) {
    case 'taken':
      return { ...fate, takenAfter: 0, answeredAfter: 0 }
    case 'refused':
    case 'stumbles':
    case 'throttles':
    case 'token_refused':
    case 'we_are_unknown':
      return { ...fate, answeredAfter: 0 }
    case 'day_is_full':
      return { ...fate, answeredAfter: 0, waitFor: between(chance, 60, 300) * 60_000 }
    case 'cut_before':
      return { ...fate, answeredAfter: between(chance, 0, 20_000) }
    case 'cut_after':
      return { ...fate, takenAfter: 0, answeredAfter: between(chance, 0, 20_000) }
    case 'stalls': {
      const answeredAfter = between(chance, 500, 55_000)
      return { ...fate, takenAfter: between(chance, 0, answeredAfter), answeredAfter }
    }
    case 'stalls_too_long':
      return { ...fate, takenAfter: between(chance, 0, deadline), answeredAfter: deadline }
    case 'takes_late':
      return { ...fate, takenAfter: between(chance, deadline, 90_000), answeredAfter: deadline }
    case 'freezes':
      return { ...fate, takenAfter: 0, answeredAfter: between(chance, 121_000, 400_000) }
    case 'refused_late':
    case 'stumbles_late':
      return { ...fate, answeredAfter: between(chance, 121_000, 400_000) }
    case 'freezes_before_the_call':
      return { ...fate, takenAfter: 0, answeredAfter: 0, frozenFor: between(chance, 61_000, 900_000) }
    case 'dies_holding':
    case 'dies_before_the_call':
    case 'dies_before':
      return fate
    case 'dies_after':
      return { ...fate, takenAfter: 0 }
  }
}

/** Fates after which somebody may rightly not know whether the mail was taken. */
export function leavesDoubt({ name, answeredAfter = Infinity, frozenFor = 0 }: Fate): boolean {
  return name === 'cut_before' || name === 'cut_after' || answeredAfter >= deadline || frozenFor >= deadline
}
