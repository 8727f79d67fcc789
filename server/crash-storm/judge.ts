/**
 * The verdict on a crash storm: the practice world's record of what was handed to it, held against the markers written
 * down before the programs started. Nothing that the product says of itself counts.
 */
import { dailyLimit, markerPattern } from './cast.ts'
import type { Addressee } from './cast.ts'

/** One mail of the practice world's record. */
export interface Taken {
  readonly mailbox: string
  readonly recipients: readonly string[]
  /** Day of the practice clock, UTC. */
  readonly day: string
  readonly text: string
}

export interface Verdict {
  /** Mails that were asked for and left, each counted once. */
  readonly accepted: number
  readonly duplicates: number
  /** Never left, or not from their mailbox to their person. */
  readonly lost: number
  /** Left without having been asked for. */
  readonly unasked: number
  /** Above the daily limit of their address. */
  readonly over_cap: number
}

export function judge(people: readonly Addressee[], record: readonly Taken[]): Verdict {
  const asked = new Map(people.map((person) => [person.marker, person]))
  const timesOf = new Map<string, number>()
  const right = new Set<string>()
  const ofDay = new Map<string, number>()
  let unasked = 0
  for (const { text, mailbox, recipients, day } of record) {
    const marker = markerPattern.exec(text)?.[0]
    const person = marker === undefined ? undefined : asked.get(marker)
    const key = `${mailbox} ${day}`
    ofDay.set(key, (ofDay.get(key) ?? 0) + 1)
    if (person === undefined) {
      unasked += 1
      continue
    }
    timesOf.set(person.marker, (timesOf.get(person.marker) ?? 0) + 1)
    if (mailbox === person.from && recipients.join(' ') === person.address) right.add(person.marker)
  }
  const sum = (counts: Iterable<number>): number => [...counts].reduce((total, one) => total + one, 0)
  return {
    accepted: timesOf.size,
    duplicates: sum([...timesOf.values()].map((times) => times - 1)),
    lost: people.length - right.size,
    unasked,
    over_cap: sum([...ofDay.values()].map((count) => Math.max(0, count - dailyLimit))),
  }
}

export function isKept({ duplicates, lost, unasked, over_cap: over }: Verdict): boolean {
  return duplicates + lost + unasked + over === 0
}
