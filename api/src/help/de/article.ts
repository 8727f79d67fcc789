/** The help article in German, in the order in which it is read. */
import type { Article } from '../article.ts'
import { levels, sent, setup } from './connecting.ts'
import { access, disconnect, uncaptured } from './privacy.ts'
import { limits, order } from './sending.ts'

export const article: Article = {
  title: 'E-Mail-Integration',
  lead: 'Kontor sendet aus den eigenen Postfächern Ihres Teams und bringt die Antworten auf genau diese E-Mails an einen Ort. Hier steht, was dafür nötig ist: welche Berechtigungen, welche Limits, was gespeichert wird und wie Sie alles zurücknehmen.',
  revised: '2026-11-26',
  revisedLine: 'Stand: {date}',
  contents: { title: 'Inhalt', page: 'Seite' },
  pageLine: 'Seite {page} von {pages}',
  contacts: { chat: 'Live-Chat', community: 'Community', admin: 'E-Mail an den Admin dieses Kontor' },
  sections: [
    setup,
    sent,
    levels,
    access,
    limits,
    order,
    uncaptured,
    disconnect,
    {
      id: 'pdf',
      title: 'Dieser Artikel als PDF',
      blocks: [
        {
          kind: 'paragraph',
          text: 'Für Ihre IT, für den Datenschutz oder für Ihre Unterlagen: Diesen Artikel gibt es als PDF auf Deutsch und Englisch, mit denselben Worten wie auf dem Bildschirm.',
        },
      ],
    },
    {
      id: 'more',
      title: 'Mehr Hilfe nötig?',
      blocks: [
        {
          kind: 'paragraph',
          text: 'Die Admins Ihres Arbeitsbereichs kennen Ihre Einrichtung und sind die ersten Ansprechpartner.',
        },
      ],
    },
  ],
}
