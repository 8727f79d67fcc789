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
    name: 'Name der Person',
    handle: 'Profilname der Person',
    brief_link: 'persönlicher Link zum Briefing, in einer Einladung nötig',
    campaign: 'Name der Kampagne',
    brand: 'Name der Marke',
    sender: 'Absendername des Postfachs',
  },
  unknown: 'Kontor kennt {{names}} nicht. Ersetzen Sie das durch eine der Variablen weiter unten.',
  broken: 'Etwas in geschweiften Klammern ist keine Variable. Eine Variable sieht so aus: {{example}}',
  toPlan: 'Versandplan ansehen',
  needsBoth: 'Betreff und Text sind nötig.',
  again: 'Auch an alle, die diese E-Mail schon bekommen haben',
  againHint: 'Sonst bekommt niemand dieselben Worte zweimal.',
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
      mailbox_disconnected: 'Das Postfach wurde getrennt. Verbinden Sie es erneut, dann geht es weiter.',
      mailbox_unknown: 'Das Postfach gibt es nicht mehr.',
      campaign_closed: 'Die Kampagne wurde geschlossen.',
      other: 'Es ist etwas dazwischengekommen. Setzen Sie fort, um es noch einmal zu versuchen.',
    },
  },
} as const satisfies SameWords<typeof english>
