/** Why a line failed, as it stands in the file of failed lines. Pages say it in their own words. */
import type { Language } from '../contact.ts'
import type { LineProblem } from './person.ts'

const words: Readonly<Record<LineProblem, Readonly<Record<Language, string>>>> = {
  no_address: { en: 'There is no email address', de: 'Es fehlt die E-Mail-Adresse' },
  address_invalid: { en: 'Not a valid email address', de: 'Keine gültige E-Mail-Adresse' },
  name_invalid: {
    en: 'The name holds characters that no name has',
    de: 'Der Name enthält Zeichen, die kein Name hat',
  },
  name_too_long: { en: 'The name is too long', de: 'Der Name ist zu lang' },
  handle_too_long: { en: 'The handle is too long', de: 'Der Profilname ist zu lang' },
  language_unknown: {
    en: 'Language is neither German nor English',
    de: 'Sprache ist weder Deutsch noch Englisch',
  },
  country_unknown: { en: 'Unknown country', de: 'Unbekanntes Land' },
  zone_unknown: { en: 'Unknown time zone', de: 'Unbekannte Zeitzone' },
  basis_unknown: { en: 'Unknown lawful basis', de: 'Unbekannte Rechtsgrundlage' },
  date_unreadable: { en: 'Write the date as 2026-03-31', de: 'Schreiben Sie das Datum als 31.03.2026' },
  yes_no_unreadable: { en: 'Write yes or no', de: 'Schreiben Sie ja oder nein' },
  manager_invalid: {
    en: 'Name or address of the manager is not valid',
    de: 'Name oder Adresse des Managers ist nicht gültig',
  },
  too_many_tags: {
    en: 'More than 50 tags, or a tag that is too long',
    de: 'Mehr als 50 Tags oder ein zu langer Tag',
  },
  value_too_long: { en: 'Too long', de: 'Zu lang' },
  too_many_cells: { en: 'More cells than columns', de: 'Mehr Zellen als Spalten' },
  duplicate: { en: 'Same address as in line', de: 'Gleiche Adresse wie in Zeile' },
  addresses_of_two: {
    en: 'The addresses belong to two influencers',
    de: 'Die Adressen gehören zu zwei Influencern',
  },
}

export function problemWords(code: string, detail: string, language: Language): string {
  const found = Object.hasOwn(words, code) ? words[code as LineProblem][language] : code
  return detail === '' ? found : `${found}: ${detail}`
}
