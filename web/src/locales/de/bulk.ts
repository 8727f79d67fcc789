/** German words of writing to many: the text, its variables, the launch on its way. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/bulk.ts'

export const words = {
  title_one: 'An {{count, number}} Person schreiben',
  title_other: 'An {{count, number}} Personen schreiben',
  nobody: 'Es ist niemand ausgewählt. Wählen Sie in der Kampagne aus, wem Sie schreiben möchten.',
  nobodyInList: 'Es ist niemand ausgewählt. Wählen Sie in der Liste aus, wem Sie schreiben möchten.',
  backToCampaign: 'Zurück zur Kampagne',
  backToList: 'Zurück zu den Influencern',
  backToText: 'Zurück zum Text',
  languages: 'Sprache des Textes',
  language: { en: 'Englisch', de: 'Deutsch' },
  languagesHint:
    'Schreiben Sie in einer Sprache für alle oder in beiden: Dann bekommt jede Person die Sprache, die bei ihr vermerkt ist.',
  otherLanguage: 'Ohne Text an dieser Stelle bekommen alle den Text auf {{language}}.',
  subject: 'Betreff',
  body: 'Text',
  variables: 'Variablen',
  variablesHint: 'Ein Klick setzt sie an die Stelle, an der Sie gerade schreiben.',
  variable: {
    name: 'ganzer Name',
    first_name: 'Vorname',
    last_name: 'Nachname',
    handle: 'Profilname',
    country: 'Land, zwei Buchstaben',
    manager: 'Name des Managements',
    brief_link: 'Link zum Briefing',
    campaign: 'Kampagne',
    brand: 'Marke',
    sender: 'Absendername',
  },
  variableOwn: 'eigene',
  otherwise: 'Damit etwas anderes dasteht, wo ein Wert fehlt: {{example}}',
  preview: {
    title: 'Das wird gelesen',
    person: 'Person',
    lacking: '{{name}} (ohne {{names}})',
    missing:
      'Für {{name}} gibt es keinen Wert für {{names}}. Diese E-Mail geht erst raus, wenn es einen gibt, die anderen gehen wie geplant.',
    missingDirect:
      'Für {{name}} gibt es keinen Wert für {{names}}. Wer die Vorlage benutzt, schreibt ihn hinein.',
    unread: 'Der Brief erscheint, sobald der Text zu lesen ist.',
    empty: 'Der Brief erscheint hier, während Sie schreiben.',
    nobody: 'Es gibt noch niemanden, mit dem sich der Brief zeigen ließe.',
    files: 'Mit dabei: {{names}}.',
    filesNotToMe: 'Mit dabei: {{names}}. „An mich senden“ lässt die Dateien weg.',
    filter: 'Einen Filter „{{name}}“ gibt es nicht.',
    broken: '„{{text}}“ ist keine Variable. Eine Variable sieht so aus: {{example}}',
    unknown_one: 'Für {{names}} hat noch niemand einen Wert.',
    unknown_other: 'Dafür hat noch niemand einen Wert: {{names}}.',
  },
  filesHint: 'Diese Dateien gehen mit dem Text in beiden Sprachen mit.',
  toPlan: 'Versandplan ansehen',
  needsBoth: 'Betreff und Text sind nötig.',
  again: 'Auch an alle, die diese E-Mail schon bekommen haben',
  againHint: 'Sonst bekommt niemand dieselben Worte mit denselben Dateien zweimal.',
  test: {
    send: 'An mich senden',
    sent: 'Unterwegs an {{to}}. Die persönlichen Links darin führen nirgendwohin.',
    sentAt: 'Geht {{when}} an {{to}} raus. Die persönlichen Links darin führen nirgendwohin.',
  },
  progress: {
    label: 'E-Mails im Postausgang',
    running_one:
      '{{count, number}} von {{total, number}} ist im Postausgang. Sie können diese Seite verlassen, es geht weiter.',
    running_other:
      '{{count, number}} von {{total, number}} sind im Postausgang. Sie können diese Seite verlassen, es geht weiter.',
    stopped_one:
      'Angehalten. {{count, number}} von {{total, number}} ist im Postausgang und geht wie geplant raus.',
    stopped_other:
      'Angehalten. {{count, number}} von {{total, number}} sind im Postausgang und gehen wie geplant raus.',
    stop: 'Einplanen anhalten',
    resume: 'Die übrigen einplanen',
    why: {
      mailbox_disconnected:
        'Das Postfach wurde getrennt. Schreiben Sie den übrigen aus einem anderen; doppelt bekommt es niemand.',
      mailbox_unknown:
        'Das Postfach gibt es nicht mehr. Schreiben Sie den übrigen aus einem anderen; doppelt bekommt es niemand.',
      campaign_closed: 'Die Kampagne wurde geschlossen.',
      other: 'Es ist etwas dazwischengekommen. Setzen Sie fort, um es noch einmal zu versuchen.',
    },
  },
} as const satisfies SameWords<typeof english>
