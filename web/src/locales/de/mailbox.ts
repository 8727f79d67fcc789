/** German words of `mailbox`. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/mailbox.ts'

export const words = {
  title: 'mailbox',
} as const satisfies SameWords<typeof english>
