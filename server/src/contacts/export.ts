/**
 * The list as a file that a spreadsheet opens and that an import reads back. Comma-separated in English, with semicolons
 * in German, because that is what a spreadsheet of that language expects.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Contact, Language } from './contact.ts'
import type { Separator } from './import/csv.ts'
import { csvHead, csvRow } from './import/write-csv.ts'
import type { ContactPlace } from './store-list.ts'
import { contactPage, customNames } from './store-list.ts'

const pageOf = 1000

const headings: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Name',
    'Email',
    'Other emails',
    'Handle',
    'TikTok',
    'YouTube',
    'Twitch',
    'Language',
    'Country',
    'Time zone',
    'Tags',
    'Notes',
    'Manager name',
    'Manager email',
    'Manager copy',
    'Lawful basis',
    'Source',
    'Consent date',
    'Do not contact',
  ],
  de: [
    'Name',
    'E-Mail',
    'Weitere E-Mails',
    'Profil',
    'TikTok',
    'YouTube',
    'Twitch',
    'Sprache',
    'Land',
    'Zeitzone',
    'Tags',
    'Notizen',
    'Manager Name',
    'Manager E-Mail',
    'Manager Kopie',
    'Rechtsgrundlage',
    'Quelle',
    'Einwilligungsdatum',
    'Kontaktsperre',
  ],
}
const networks = ['TikTok', 'YouTube', 'Twitch'] as const

export function separatorFor(language: Language): Separator {
  return language === 'de' ? ';' : ','
}

/** Page by page, as text. */
export async function* exportCsv(
  tx: Tx,
  { q, language }: { readonly q?: string | undefined; readonly language: Language },
): AsyncGenerator<string> {
  const separator = separatorFor(language)
  const custom = await customNames(tx)
  yield csvHead([...headings[language], ...custom], separator)
  let after: ContactPlace | undefined
  do {
    const page = await contactPage(tx, { q, after, limit: pageOf })
    yield page.rows.map((contact) => csvRow(cellsOf(contact, custom), separator)).join('')
    after = page.next
  } while (after !== undefined)
}

function cellsOf(contact: Contact, custom: readonly string[]): readonly string[] {
  const of = (network: string): string =>
    contact.otherHandles.find((handle) => handle.network.toLowerCase() === network.toLowerCase())?.name ?? ''
  return [
    contact.name,
    contact.address,
    contact.otherAddresses.join(', '),
    contact.handle,
    ...networks.map(of),
    contact.language,
    contact.country,
    contact.zone,
    contact.tags.join(', '),
    contact.notes,
    contact.agent?.name ?? '',
    contact.agent?.address ?? '',
    contact.agent?.cc === true ? 'yes' : '',
    contact.basis,
    contact.basisSource,
    contact.basisAt?.toString().slice(0, 10) ?? '',
    contact.doNotContact ? 'yes' : '',
    ...custom.map((name) => contact.custom[name] ?? ''),
  ]
}
