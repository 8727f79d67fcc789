/** What a person does about a mail, as one table: temperament and stage in, acts and the next stage out. No chance, no I/O. */
import type { Stage, Temperament } from './people.ts'
import type { Intent } from './texts/intents.ts'

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
  if (stage === undefined) return (hasLink ? FIRST_INVITATION : FIRST_LETTER)[temperament]
  if (stage === 'waiting') return hasLink ? { visit: 'apply', next: 'applied' } : undefined
  if (stage === 'applied') return { write: refusing ? 'thanks-anyway' : 'thanks', next: 'thanked' }
  if (stage !== 'asked') return undefined
  if (temperament === 'manager' || !hasLink) return { write: 'answer', next: 'answered' }
  return { visit: 'apply', write: temperament === 'negotiates' ? 'agreed' : 'settled', next: 'applied' }
}

const FIRST_INVITATION: Readonly<Record<Temperament, Plan | undefined>> = {
  applies: { visit: 'apply', next: 'applied' },
  'applies-and-asks': { visit: 'apply', write: 'question', next: 'applied' },
  asks: { write: 'question', next: 'asked' },
  negotiates: { write: 'negotiate', next: 'asked' },
  declines: { visit: 'decline', next: 'declined' },
  'declines-in-words': { write: 'decline', next: 'declined' },
  away: { write: 'away', next: 'away' },
  manager: { write: 'manager', next: 'asked' },
  late: { next: 'waiting' },
  silent: undefined,
  full: undefined,
  gone: undefined,
}

const FIRST_LETTER: Readonly<Record<Temperament, Plan | undefined>> = {
  applies: { write: 'answer', next: 'answered' },
  'applies-and-asks': { write: 'answer', next: 'answered' },
  asks: { write: 'answer', next: 'answered' },
  negotiates: { write: 'answer', next: 'answered' },
  declines: { write: 'decline', next: 'declined' },
  'declines-in-words': { write: 'decline', next: 'declined' },
  away: { write: 'away', next: 'away' },
  manager: { write: 'manager', next: 'asked' },
  late: undefined,
  silent: undefined,
  full: undefined,
  gone: undefined,
}

/** True when a mail turns somebody down, in English or German. */
export function refuses(text: string): boolean {
  return /\b(?:unfortunately|not (?:been )?(?:selected|chosen)|other creators|chose others|leider|absage|anders entschieden|für andere entschieden|diesmal nicht)\b/i.test(
    text,
  )
}
