/** German words around the help article; its own texts are in the contract, shared with the PDF. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/help.ts'

export const words = {
  title: 'Hilfe',
  contents: 'Auf dieser Seite',
} as const satisfies SameWords<typeof english>
