/** German words of `connect`. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/connect.ts'

export const words = {
  title: 'connect',
} as const satisfies SameWords<typeof english>
