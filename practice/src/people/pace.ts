/** How soon people act, by the practice clock: at once, within minutes, or within any other span. */
import { chanceOf } from '../chance.ts'
import { InputError, Reader } from '../json.ts'

export interface Pace {
  readonly minMs: number
  readonly maxMs: number
}

export const PACES = {
  immediately: { minMs: 0, maxMs: 0 },
  minutes: { minMs: 10_000, maxMs: 180_000 },
} as const satisfies Record<string, Pace>
export type PaceName = keyof typeof PACES

/** One of the names, or `{minMs, maxMs}`. */
export function readPace(value: unknown): Pace {
  if (value === 'immediately' || value === 'minutes') return PACES[value]
  if (typeof value !== 'object' || value === null)
    throw new InputError('"pace" must be "immediately", "minutes" or {minMs, maxMs}.')
  const span = new Reader(value)
  const pace = { minMs: span.number('minMs'), maxMs: span.number('maxMs') }
  if (pace.minMs < 0 || pace.maxMs < pace.minMs)
    throw new InputError('"minMs" must be 0 or more, and "maxMs" not less.')
  return pace
}

/** The name of a pace, where it has one. */
export function paceName({ minMs, maxMs }: Pace): PaceName | undefined {
  return (Object.keys(PACES) as PaceName[]).find(
    (name) => PACES[name].minMs === minMs && PACES[name].maxMs === maxMs,
  )
}

/** A moment within the span, the same for the same seed and key. */
export function waitWithin({ minMs, maxMs }: Pace, seed: string, ...key: readonly string[]): number {
  return minMs + Math.floor(chanceOf(seed, ...key) * (maxMs - minMs))
}
