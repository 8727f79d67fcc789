/** German words of the templates: the list, one of them, its versions. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/templates.ts'

export const words = {
  title: 'Vorlagen',
  one: 'Vorlage',
  new: 'Neue Vorlage',
  add: 'Vorlage schreiben',
  empty:
    'Eine Vorlage ist ein Text für den Anfang: für eine persönliche E-Mail, eine Einladung, eine Entscheidung, eine Nachricht an viele.',
  changed: 'Geändert am {{when}}',
  language: { en: 'Englisch', de: 'Deutsch' },
  name: 'Name',
  kind: 'Für',
  campaign: 'Kampagne',
  noCampaign: 'Außerhalb von Kampagnen',
  alone: 'Ohne Text an dieser Stelle bekommen alle den Text auf {{language}}.',
  needsBoth: 'Betreff und Text sind nötig.',
  save: 'Vorlage speichern',
  failed: 'Nicht gespeichert. Ihr Text steht noch hier. {{why}}',
  versions: {
    title: 'So lautete sie vorher',
    none: 'In dieser Sprache wurde noch nichts gespeichert.',
    inUse: 'in Gebrauch',
    restore: 'Diesen Text zurückholen',
  },
  remove: {
    act: 'Aus dem Gebrauch nehmen',
    title: '„{{name}}“ aus dem Gebrauch nehmen?',
    body: 'Sie wird nirgends mehr angeboten. E-Mails, die warten, behalten ihren Text.',
  },
} as const satisfies SameWords<typeof english>
