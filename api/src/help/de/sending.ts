/** The daily limits and the order of the queue, in German. */
import type { Section } from '../article.ts'
import { kindNames } from './terms.ts'

export const limits: Section = {
  id: 'limits',
  title: 'Wie hoch sind die täglichen Sendelimits?',
  blocks: [
    {
      kind: 'paragraph',
      text: [
        { strong: '300 E-Mails je verbundener Adresse und Tag.' },
        ' Gezählt wird alles, was Kontor von der Adresse sendet, auch persönliche E-Mails; eine E-Mail zählt einmal, gleich an wie viele sie geht. Der Inhaber des Postfachs kann das Limit senken.',
      ],
    },
    {
      kind: 'paragraph',
      text: 'Anbieter bremsen oder sperren Adressen, die plötzlich viel senden, und dann trifft es auch Ihre alltäglichen E-Mails. Das Limit hält Ihre Adresse deutlich unter dieser Schwelle.',
    },
    {
      kind: 'list',
      entries: [
        [
          { strong: 'Der Rest wartet auf den nächsten verfügbaren Tag. ' },
          'Er behält seinen Platz; nichts wird abgewiesen, weil es zu viel ist. Ein Tag ist ein Kalendertag in der Zeitzone des Postfachs, und der Postausgang sagt von jeder E-Mail, wann sie rausgeht.',
        ],
        [
          { strong: 'Zwei Adressen senden 600. ' },
          'Jede hat ihre eigenen 300, und keine wartet auf die andere. Eine Adresse, die zweimal verbunden ist, hat nur eine Zählung.',
        ],
        [
          { strong: 'Die Adresse wählen Sie. ' },
          'Kontor verteilt E-Mails nie von sich aus auf mehrere Adressen: Für Anbieter gilt das als Umgehen ihrer Limits.',
        ],
        [
          { strong: 'Persönliche E-Mails kommen immer durch. ' },
          '20 der 300 bleiben für sie reserviert, bis zwei Stunden vor Ende der Sendezeiten; dann werden sie frei, damit alle 300 rausgehen können.',
        ],
        [
          { strong: 'Der Anbieter hat das letzte Wort. ' },
          'Bittet er Kontor zu warten, warten die E-Mails. Bei privaten Gmail-Konten hört Kontor außerdem bei 450 in 24 Stunden auf, weil Google so zählt.',
        ],
      ],
    },
    {
      kind: 'paragraph',
      text: [
        'Was zuerst rausgeht, wenn nicht alles in einen Tag passt, ist festgelegt: siehe ',
        { link: 'Reihenfolge der Warteschlange', to: '#order' },
        '.',
      ],
    },
  ],
}

export const order: Section = {
  id: 'order',
  title: 'Die Reihenfolge der Warteschlange',
  blocks: [
    { kind: 'paragraph', text: 'In einem Postfach gehen wartende E-Mails in dieser Reihenfolge raus:' },
    {
      kind: 'steps',
      entries: [kindNames.invitation, kindNames.approval, kindNames.bulk, kindNames.rejection],
    },
    {
      kind: 'paragraph',
      text: 'Innerhalb einer Zeile geht es nach Eingang. Was höher steht, überholt alles, was noch nicht raus ist, auch wenn es später geschrieben wurde. Persönliche E-Mails und Antworten gehen vor allen vieren, zu jeder Tageszeit; die vier halten sich an die Sendezeiten des Postfachs und an einen kurzen Abstand zwischen zwei E-Mails.',
    },
    {
      kind: 'paragraph',
      text: 'Damit Ablehnungen nicht endlos warten, kann eine Entscheidung ein Datum tragen, bis zu dem die Antwort zugesagt ist; an diesem Tag rückt sie nach vorn.',
    },
  ],
}
