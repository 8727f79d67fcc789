/**
 * Reads pasted lines into people. Pure. One line is one person: `Name <address>`, `name;address;handle` in any column
 * order that tells itself apart, separated by tabs, semicolons or commas, quoted as spreadsheets do, or a bare address.
 *
 * Nothing is lost: every line that is not blank comes back as a person or as a problem with its number and its text.
 */
import { isAddress, parseAddress } from '../mail/index.ts'
import type { Address, AddressProblemKind } from '../mail/index.ts'

export interface PastedPerson {
  readonly line: number
  readonly text: string
  readonly name: string
  readonly address: string
  readonly addressKey: string
  readonly handle: string
}

export type PasteProblemCode =
  | AddressProblemKind
  | 'no_address'
  | 'heading'
  | 'duplicate'
  | 'name_too_long'
  | 'handle_too_long'

export interface PasteProblem {
  readonly line: number
  readonly text: string
  readonly code: PasteProblemCode
}

export interface Pasted {
  readonly people: readonly PastedPerson[]
  readonly problems: readonly PasteProblem[]
}

const longestName = 200
const longestHandle = 120

/** Lines are counted from 1, as an editor shows them. The second line with one address is a `duplicate`. */
export function parsePaste(text: string): Pasted {
  const people: PastedPerson[] = []
  const problems: PasteProblem[] = []
  const seen = new Set<string>()
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  for (const [index, raw] of lines.entries()) {
    const shown = raw.trim()
    if (shown === '' || /^[;,\s]+$/.test(shown)) continue
    const line = index + 1
    const read = readLine(shown)
    if (typeof read === 'string') {
      problems.push({ line, text: shown, code: read === 'no_address' && isHeading(shown) ? 'heading' : read })
    } else if (seen.has(read.addressKey)) {
      problems.push({ line, text: shown, code: 'duplicate' })
    } else {
      seen.add(read.addressKey)
      people.push({ line, text: shown, ...read })
    }
  }
  return { people, problems }
}

type Read = Omit<PastedPerson, 'line' | 'text'>

function readLine(line: string): Read | PasteProblemCode {
  const whole = wholeLine(line)
  if (whole !== undefined) return whole
  const fields = fieldsOf(line)
  const candidates = fields.flatMap((field, at) => (looksLikeAddress(field) ? [{ field, at }] : []))
  const found = candidates[0]
  if (found === undefined) return 'no_address'
  if (candidates.length > 1) return 'several'
  const address = parseAddress(found.field)
  if (!isAddress(address)) return address.problem
  const rest = fields.filter((field, at) => at !== found.at && field !== '')
  const handleAt = rest.findIndex((field) => field.startsWith('@'))
  const handle = handleAt >= 0 ? rest[handleAt] : address.name === undefined ? rest[1] : rest[0]
  const names = rest.filter((field) => field !== handle)
  return person(address, address.name ?? names[0] ?? '', handle ?? '')
}

// `Keller, Anna <anna@…>`: the comma belongs to the name when nothing but one address follows
function wholeLine(line: string): Read | PasteProblemCode | undefined {
  if (line.includes('\t')) return undefined
  const found = /^([^<>;]*)<([^<>]*)>$/.exec(line)
  if (found === null || found[1]?.includes('@') === true) return undefined
  const address = parseAddress(found[2] ?? '')
  if (!isAddress(address)) return address.problem
  return person(address, unquoted((found[1] ?? '').trim()), '')
}

function person(address: Address, name: string, handle: string): Read | PasteProblemCode {
  const named = parseAddress(`${quoted(name === '' ? nameFrom(address.address) : name)} <${address.address}>`)
  if (!isAddress(named)) return named.problem === 'too-long' ? 'name_too_long' : named.problem
  if (handle.length > longestHandle) return 'handle_too_long'
  const shown = named.name ?? address.address
  if (shown.length > longestName) return 'name_too_long'
  return { name: shown, address: address.address, addressKey: address.key, handle }
}

function nameFrom(address: string): string {
  return address.slice(0, address.lastIndexOf('@')).replaceAll('"', '')
}

function quoted(name: string): string {
  return `"${name.replaceAll(/["\\]/g, '\\$&')}"`
}

function unquoted(field: string): string {
  const inner = /^"(.*)"$/s.exec(field)?.[1]
  return inner === undefined ? field : inner.replaceAll('""', '"').replaceAll(/\\(.)/g, '$1').trim()
}

function looksLikeAddress(field: string): boolean {
  return field.includes('@', 1) && !/^@[^@]*$/.test(field)
}

// quotes as spreadsheets write them (RFC 4180 §2.5 to §2.7), with any of three separators
function fieldsOf(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : outsideQuotes(line).includes(';') ? ';' : ','
  const fields: string[] = []
  let field = ''
  let inside = false
  for (const character of line) {
    if (character === '"') inside = !inside
    if (character === separator && !inside) {
      fields.push(field)
      field = ''
    } else {
      field += character
    }
  }
  fields.push(field)
  return fields.map((each) => unquoted(each.trim()))
}

function outsideQuotes(line: string): string {
  return line.replaceAll(/"[^"]*"/g, '')
}

const headingWords =
  /^(name|full name|vorname|nachname|first name|last name|e-?mail|e-?mail-?(address|adresse)|address|adresse|handle|instagram|username|profil)$/i

function isHeading(line: string): boolean {
  return fieldsOf(line).every((field) => field === '' || headingWords.test(field))
}
