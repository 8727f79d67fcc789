/** German words of `settings`. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/settings.ts'

export const words = {
  title: 'settings',
} as const satisfies SameWords<typeof english>
