/** The occasions on which people write, and the shape of a collection of texts for them. */
export const INTENTS = [
  'apply',
  'question',
  'decline',
  'negotiate',
  'agreed',
  'away',
  'manager',
  'thanks',
  'thanks-anyway',
  'answer',
  'settled',
] as const
export type Intent = (typeof INTENTS)[number]
export type Bodies = Readonly<Record<Intent, readonly [string, ...string[]]>>
