/** What a person does about a mail, as one table: temperament and stage in, acts and the next stage out. No chance, no I/O. */
import type { Stage, Temperament } from './people.ts'
import type { Intent } from './texts.ts'

export interface Plan {
  readonly visit?: 'apply' | 'decline'
  readonly write?: Intent
  readonly next: Stage
}

export interface Situation {
  readonly temperament: Temperament
  readonly stage: Stage | undefined
  /** The mail, or the affair it belongs to, has a brief link. */
  readonly hasLink: boolean
  /** The mail says no. */
  readonly refusing: boolean
}

/** Undefined: the person leaves it at that. */
export function planFor(situation: Situation): Plan | undefined {
  const { temperament, stage, hasLink, refusing } = situation
  switch (stage) {
    case undefined:
      return hasLink ? firstInvitation(temperament) : firstLetter(temperament)
    case 'waiting':
      return hasLink ? { visit: 'apply', next: 'applied' } : undefined
    case 'asked':
      if (temperament === 'manager') return { write: 'answer', next: 'answered' }
      return hasLink
        ? { visit: 'apply', write: 'settled', next: 'applied' }
        : { write: 'answer', next: 'answered' }
    case 'applied':
      return { write: refusing ? 'thanks-anyway' : 'thanks', next: 'thanked' }
    case 'declined':
    case 'away':
    case 'thanked':
    case 'answered':
      return undefined
  }
}

function firstInvitation(temperament: Temperament): Plan | undefined {
  switch (temperament) {
    case 'applies':
      return { visit: 'apply', next: 'applied' }
    case 'applies-and-asks':
      return { visit: 'apply', write: 'question', next: 'applied' }
    case 'asks':
      return { write: 'question', next: 'asked' }
    case 'declines':
      return { visit: 'decline', next: 'declined' }
    case 'declines-in-words':
      return { write: 'decline', next: 'declined' }
    case 'away':
      return { write: 'away', next: 'away' }
    case 'manager':
      return { write: 'manager', next: 'asked' }
    case 'late':
      return { next: 'waiting' }
    case 'silent':
    case 'full':
      return undefined
  }
}

function firstLetter(temperament: Temperament): Plan | undefined {
  switch (temperament) {
    case 'silent':
    case 'full':
    case 'late':
      return undefined
    case 'away':
      return { write: 'away', next: 'away' }
    case 'manager':
      return { write: 'manager', next: 'asked' }
    case 'declines':
    case 'declines-in-words':
      return { write: 'decline', next: 'declined' }
    case 'applies':
    case 'applies-and-asks':
    case 'asks':
      return { write: 'answer', next: 'answered' }
  }
}

/** True when a mail turns somebody down, in English or German. */
export function refuses(text: string): boolean {
  return /\b(?:unfortunately|not (?:been )?(?:selected|chosen)|other creators|leider|absage|anders entschieden|diesmal nicht)\b/i.test(
    text,
  )
}
