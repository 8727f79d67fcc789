/** German words of the page behind a link to a file. Für Creator und alle, die die E-Mail bekommen haben. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/download.ts'

export const words = {
  title: 'Eine Datei liegt bereit',
  from: 'Von {{name}}, {{size}}',
  until: 'Hier bis {{when}}',
  act: 'Herunterladen',
  over: 'Dieser Link gilt nicht mehr',
  overBody: 'Er ist abgelaufen oder wurde beendet. Der Absender kann einen neuen schicken.',
  failed: 'Die Datei ist gerade nicht erreichbar.',
  again: 'Noch einmal versuchen',
} as const satisfies SameWords<typeof english>
