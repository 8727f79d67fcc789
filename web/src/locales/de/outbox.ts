/** German words of `outbox`. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/outbox.ts'

export const words = {
  title: 'outbox',
} as const satisfies SameWords<typeof english>
