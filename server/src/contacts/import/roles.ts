/**
 * What a column of a list is about, guessed from its heading in English or German, or from what stands in it. Pure. A
 * column that nobody knows becomes a variable of the team's own, so that nothing of the file is lost.
 */
import { isVariable } from '../facts.ts'

const plainRoles = [
  'skip',
  'name',
  'first_name',
  'last_name',
  'address',
  'other_address',
  'handle',
  'language',
  'country',
  'zone',
  'tags',
  'notes',
  'basis',
  'basis_source',
  'basis_at',
  'manager_name',
  'manager_address',
  'manager_cc',
  'do_not_contact',
] as const
type PlainRole = (typeof plainRoles)[number]
/** `handle:TikTok` is a further profile, `custom:shoe_size` a variable of the team's own. */
export type Role = PlainRole | `handle:${string}` | `custom:${string}`

export function isRole(text: string): text is Role {
  const [kind, rest] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)]
  if (!text.includes(':')) return (plainRoles as readonly string[]).includes(text)
  return kind === 'handle' ? rest.length >= 1 && rest.length <= 40 : kind === 'custom' && isVariable(rest)
}

const words: readonly (readonly [Role, RegExp])[] = [
  ['first_name', /^(first ?name|given ?name|vorname|rufname)$/],
  ['last_name', /^(last ?name|surname|family ?name|nachname|familienname)$/],
  [
    'manager_name',
    /^(manager|manager ?name|management|agent|agency|agentur|managername|ansprechpartner(in)?)$/,
  ],
  [
    'manager_address',
    /^(manager|management|agent|agency|agentur) ?(e ?mail|mail|address|adresse|email ?address)$/,
  ],
  ['manager_cc', /^(manager|management|agent) ?(cc|copy|kopie)$/],
  [
    'other_address',
    /^(other|second|secondary|further|alternative|weitere|zweite) ?(e ?mails?|e ?mail ?(address|adresse)(es|n)?|address(es)?|adressen?)$/,
  ],
  [
    'address',
    /^(e ?mail|mail|e ?mail ?(address|adresse)|address|adresse|kontakt ?(e ?mail|mail)|contact ?(e ?mail|mail))$/,
  ],
  [
    'name',
    /^(name|full ?name|creator|influencer(in)?|person|kontakt|contact|contact ?name|display ?name|anzeigename)$/,
  ],
  ['handle:TikTok', /^tik ?tok( ?(handle|name|profile?|user(name)?))?$/],
  ['handle:YouTube', /^you ?tube( ?(handle|channel|kanal|name|profile?))?$/],
  ['handle:Twitch', /^twitch( ?(handle|channel|kanal|name))?$/],
  [
    'handle',
    /^(handle|profile?|profilname|user ?name|benutzername|account|insta(gram)?( ?(handle|name|profile?|user(name)?|account))?)$/,
  ],
  ['language', /^(language|lang|locale|sprache)$/],
  ['country', /^(country|country ?code|land|laender ?code|land ?code)$/],
  ['zone', /^(time ?zone|tz|zeitzone)$/],
  ['tags', /^(tags?|labels?|categor(y|ies)|kategorien?|schlagworte?|schlagwoerter|niche|nische)$/],
  ['notes', /^(notes?|comments?|remarks?|notiz(en)?|bemerkung(en)?|kommentare?)$/],
  ['basis', /^((lawful|legal) ?basis|consent|basis|rechtsgrundlage|einwilligung)$/],
  ['basis_source', /^(source|basis ?source|consent ?source|quelle|herkunft|woher)$/],
  [
    'basis_at',
    /^((consent|basis) ?(date|at)|opt ?in ?(date)?|datum der einwilligung|einwilligungsdatum|seit|since)$/,
  ],
  ['do_not_contact', /^(do ?not ?contact|dnc|blocked|opt ?out|kontaktsperre|gesperrt|nicht kontaktieren)$/],
]

/** The role that a heading speaks of. */
export function roleOfHeading(heading: string): Role {
  const plain = plainWords(heading)
  const known = words.find(([, pattern]) => pattern.test(plain))
  if (known !== undefined) return known[0]
  const name = variableFrom(plain)
  return isVariable(name) ? `custom:${name}` : 'skip'
}

/** The name of a variable made from a heading. */
export function variableFrom(heading: string): string {
  return plainWords(heading)
    .replaceAll(' ', '_')
    .replace(/^[0-9_]+/, '')
    .slice(0, 40)
}

function plainWords(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** Does the first line name the columns? It holds no address, and somebody further down has one. */
export function isHeaded(first: readonly string[], next: readonly (readonly string[])[]): boolean {
  if (first.some(looksLikeAddress)) return false
  const known = first.some((cell) => words.some(([, pattern]) => pattern.test(plainWords(cell))))
  return known || next.some((cells) => cells.some(looksLikeAddress))
}

/** A role for every column. The roles that a person has once are given once; who comes first has it. */
export function guessRoles(first: readonly string[], next: readonly (readonly string[])[]): readonly Role[] {
  const columns = Math.max(first.length, ...next.map((cells) => cells.length))
  const indices = Array.from({ length: columns }, (_, at) => at)
  const roles = isHeaded(first, next)
    ? indices.map((at) => roleOfHeading(first[at] ?? ''))
    : indices.map((at) => roleOfContent([first, ...next].map((cells) => cells[at] ?? '')))
  const taken = new Set<Role>()
  return roles.map((role) => {
    if (role !== 'skip' && taken.has(role)) return role === 'address' ? 'other_address' : 'skip'
    taken.add(role)
    return role
  })
}

function roleOfContent(cells: readonly string[]): Role {
  const filled = cells.filter((cell) => cell !== '')
  const share = (fits: (cell: string) => boolean): number =>
    filled.filter(fits).length / Math.max(1, filled.length)
  if (filled.length === 0) return 'skip'
  if (share(looksLikeAddress) > 0.5) return 'address'
  if (share((cell) => /^@\S+$/.test(cell)) > 0.5) return 'handle'
  if (share((cell) => /^(de|en|deutsch|englisch|german|english)$/i.test(cell)) > 0.5) return 'language'
  return share((cell) => /\p{L}/u.test(cell) && cell.length < 60) > 0.5 ? 'name' : 'skip'
}

function looksLikeAddress(cell: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell) || /<[^\s@]+@[^\s@]+>$/.test(cell)
}
