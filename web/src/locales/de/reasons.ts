/** German words of `reasons`. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/reasons.ts'

export const words = {
  title: 'reasons',
} as const satisfies SameWords<typeof english>
