/** German words of `welcome`. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/welcome.ts'

export const words = {
  title: 'welcome',
} as const satisfies SameWords<typeof english>
