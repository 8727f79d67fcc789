/** German sentences of notices, and the words around their list. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/notices.ts'

export const words = {
  title: 'Hinweise',
  empty: 'Nichts zu melden. Getrennte Postfächer, Erwähnungen und lange Warteschlangen stehen dann hier.',
  readAll: 'Alle als gelesen markieren',
  choose: 'Hinweise auswählen',
  unread: 'Ungelesen',
  settled: 'Hat sich inzwischen erledigt.',
  sentence: {
    mailbox_broken:
      '{{address}} muss erneut verbunden werden. Die wartenden E-Mails behalten bis dahin ihren Platz.',
    in_doubt_one:
      'Eine E-Mail von {{address}} ist ungeklärt. Sehen Sie in Ihren Gesendet-Ordner und sagen Sie hier, ob sie rausging.',
    in_doubt_other:
      '{{count, number}} E-Mails von {{address}} sind ungeklärt. Sehen Sie in Ihren Gesendet-Ordner und sagen Sie hier, ob sie rausgingen.',
    mention: '{{by}} hat Sie in einer Notiz zu {{contact}} genannt.',
    queue_long_one: 'Eine E-Mail wartet auf {{address}}; sie geht in etwa {{days, number}} Tagen raus.',
    queue_long_other:
      '{{count, number}} E-Mails warten auf {{address}}; die letzte geht in etwa {{days, number}} Tagen raus.',
    reply: '{{contact}} hat in einem Ihrer Gespräche geantwortet.',
    follow_up_due_one:
      'Bei einer Person{{place}} steht eine Nachfassmail an. Vermerken Sie eine Antwort oder schreiben Sie die Nachfassmail.',
    follow_up_due_other:
      'Bei {{count, number}} Personen{{place}} steht eine Nachfassmail an. Vermerken Sie Antworten oder schreiben Sie die Nachfassmails.',
    follow_up_by_hand_one:
      '{{address}} hat nur noch Sendezugriff, Kontor sieht dort keine Antworten mehr. Die Nachfassmails an eine Person sind ab jetzt Erinnerungen.',
    follow_up_by_hand_other:
      '{{address}} hat nur noch Sendezugriff, Kontor sieht dort keine Antworten mehr. Die Nachfassmails an {{count, number}} Personen sind ab jetzt Erinnerungen.',
    returned_one:
      'Ein Bericht sagt, eine E-Mail sei zurückgekommen, weil {{address}} nicht senden darf. Einer beweist nichts, der Versand geht weiter; sehen Sie beim Anbieter in den Posteingang.',
    returned_other:
      'E-Mails an {{count, number}} Personen kamen zurück, weil {{address}} nicht senden darf. Das Postfach wartet einige Stunden; sehen Sie beim Anbieter in den Posteingang.',
  },
  inCampaign: ' in „{{name}}“',
  broken: {
    reconnect_needed:
      '{{address}} muss erneut verbunden werden. {{why}} Wartende E-Mails behalten ihren Platz.',
    reconnect_needed_plain:
      '{{address}} muss erneut verbunden werden. Wartende E-Mails behalten ihren Platz.',
    waiting_for_admin:
      '{{address}} wartet auf Freigabe durch Ihre IT. Wartende E-Mails behalten ihren Platz.',
    act: '{{address}} öffnen',
    several:
      '{{count, number}} Postfächer müssen erneut verbunden werden. Wartende E-Mails behalten ihren Platz.',
    all: 'Postfächer zeigen',
  },
} as const satisfies SameWords<typeof english>
