/** German words of `team`. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/team.ts'

export const words = {
  title: 'team',
} as const satisfies SameWords<typeof english>
