/** German words of `help`. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/help.ts'

export const words = {
  title: 'help',
} as const satisfies SameWords<typeof english>
