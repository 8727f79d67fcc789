/**
 * Chance that depends on the seed alone. What is drawn for a thing (a mail's third attempt, a mailbox's Tuesday) is drawn
 * from its name, so that it stays the same whatever else happens around it.
 */

/** A number from 0 to 1, without 1. */
export type Chance = () => number

/** Draws for one thing. */
export function chanceOf(seed: string, ...name: readonly (string | number)[]): Chance {
  let state = hashOf([seed, ...name].join(' '))
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A whole number from the first to the last. */
export function between(chance: Chance, first: number, last: number): number {
  return first + Math.floor(chance() * (last - first + 1))
}

export function pick<List extends readonly [unknown, ...unknown[]]>(
  chance: Chance,
  list: List,
): List[number] {
  return list[Math.floor(chance() * list.length)]
}

/** One of the names, each with its weight. */
export function weighted<Name extends string>(
  chance: Chance,
  weights: Readonly<Record<Name, number>>,
  otherwise: NoInfer<Name>,
): Name {
  const entries = Object.entries(weights) as [Name, number][]
  let left = chance() * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [name, weight] of entries) {
    left -= weight
    if (left < 0) return name
  }
  return otherwise
}

/** FNV-1a, then one round of mixing, because names differ in their last letters. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
