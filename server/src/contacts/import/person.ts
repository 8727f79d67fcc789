/**
 * One line of a list as a person, or what is wrong with it and where. Pure. Strict on purpose: a cell that is not
 * understood fails its line, which comes back whole, rather than being dropped without a word.
 */
import { isAddress, parseAddress } from '../../mail/index.ts'
import type { Agent, Basis, Handle, Language } from '../contact.ts'
import { isName, isZone } from '../facts.ts'
import { readBasis, readCountry, readDate, readLanguage, readSeveral, readYesNo } from './cells.ts'
import type { Role } from './roles.ts'

export type LineProblem =
  | 'no_address'
  | 'address_invalid'
  | 'name_invalid'
  | 'name_too_long'
  | 'handle_too_long'
  | 'language_unknown'
  | 'country_unknown'
  | 'zone_unknown'
  | 'basis_unknown'
  | 'date_unreadable'
  | 'yes_no_unreadable'
  | 'manager_invalid'
  | 'too_many_tags'
  | 'value_too_long'
  | 'too_many_cells'
  | 'duplicate'
  | 'addresses_of_two'

export interface Wrong {
  readonly code: LineProblem
  /** The cell that is wrong, or what it clashes with. */
  readonly detail: string
}

export interface NamedAddress {
  readonly address: string
  readonly addressKey: string
}

/** What the line says; absent is what it does not say. */
export interface ListedPerson extends NamedAddress {
  readonly name?: string
  readonly further: readonly NamedAddress[]
  readonly handle?: string
  readonly otherHandles: readonly Handle[]
  readonly language?: Language
  readonly country?: string
  readonly zone?: string
  readonly tags: readonly string[]
  readonly notes?: string
  readonly custom: Readonly<Record<string, string>>
  readonly agent?: Agent
  readonly basis?: Basis
  readonly basisSource?: string
  readonly basisAt?: Temporal.Instant
  readonly doNotContact?: boolean
}

const longest = { name: 200, handle: 120, notes: 10_000, value: 1000, source: 300, tag: 60 }
const mostTags = 50

class WrongCellError extends Error {
  override readonly name = 'WrongCellError'
  readonly wrong: Wrong
  constructor(code: LineProblem, detail: string) {
    super(code)
    this.wrong = { code, detail: detail.slice(0, 200) }
  }
}

export function readPerson(cells: readonly string[], roles: readonly Role[]): ListedPerson | Wrong {
  const beyond = cells.slice(roles.length).find((cell) => cell !== '')
  if (beyond !== undefined) return { code: 'too_many_cells', detail: beyond.slice(0, 200) }
  try {
    return personOf((role) => cellsOf(cells, roles, role), cells, roles)
  } catch (error) {
    if (error instanceof WrongCellError) return error.wrong
    throw error
  }
}

export function isWrong(read: ListedPerson | Wrong): read is Wrong {
  return 'code' in read
}

function cellsOf(cells: readonly string[], roles: readonly Role[], role: Role): string {
  return roles
    .map((each, at) => (each === role ? (cells[at] ?? '') : ''))
    .filter((cell) => cell !== '')
    .join(', ')
}

function personOf(
  cell: (role: Role) => string,
  cells: readonly string[],
  roles: readonly Role[],
): ListedPerson {
  const [first, ...further] = addressesIn(cell('address'))
  if (first === undefined) throw new WrongCellError('no_address', '')
  const others = [...further, ...addressesIn(cell('other_address'))]
  const name = nameOf(cell, first.shown)
  const tags = readSeveral(cell('tags'))
  if (tags.length > mostTags || tags.some((tag) => tag.length > longest.tag))
    throw new WrongCellError('too_many_tags', cell('tags'))
  const basisAt = optional(cell('basis_at'), readDate, 'date_unreadable')
  const agent = agentOf(cell)
  return {
    address: first.address,
    addressKey: first.addressKey,
    further: others.map(({ address, addressKey }) => ({ address, addressKey })),
    ...(name === '' ? {} : { name }),
    ...given('handle', within(cell('handle'), longest.handle, 'handle_too_long')),
    otherHandles: handlesIn(cells, roles),
    ...given('language', optional(cell('language'), readLanguage, 'language_unknown')),
    ...given('country', optional(cell('country'), readCountry, 'country_unknown')),
    ...given(
      'zone',
      optional(cell('zone'), (zone) => (isZone(zone) ? zone : undefined), 'zone_unknown'),
    ),
    tags,
    ...given('notes', within(cell('notes'), longest.notes, 'value_too_long')),
    custom: customIn(cells, roles),
    ...given('agent', agent),
    ...given('basis', optional(cell('basis'), readBasis, 'basis_unknown')),
    ...given('basisSource', within(cell('basis_source'), longest.source, 'value_too_long')),
    ...(basisAt === undefined
      ? {}
      : { basisAt: basisAt.toZonedDateTime({ timeZone: 'UTC', plainTime: '12:00' }).toInstant() }),
    ...given('doNotContact', optional(cell('do_not_contact'), readYesNo, 'yes_no_unreadable')),
  }
}

function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined || value === '' ? {} : { [key]: value }) as { readonly [P in K]?: V }
}

function optional<T>(cell: string, read: (cell: string) => T | undefined, code: LineProblem): T | undefined {
  if (cell === '') return undefined
  const value = read(cell)
  if (value === undefined) throw new WrongCellError(code, cell)
  return value
}

function within(cell: string, most: number, code: LineProblem): string {
  if (cell.length > most) throw new WrongCellError(code, cell)
  return cell
}

function addressesIn(cell: string): (NamedAddress & { readonly shown: string })[] {
  const angled = /^([^<>;@]*)<([^<>]*)>$/.exec(cell)
  if (angled !== null) {
    const address = parseAddress(angled[2] ?? '')
    if (!isAddress(address)) throw new WrongCellError('address_invalid', cell)
    const shown = (angled[1] ?? '').replaceAll('"', '').trim()
    return [{ address: address.address, addressKey: address.key, shown }]
  }
  const whole = parseAddress(cell)
  const parts = isAddress(whole)
    ? [cell]
    : cell.split(/[,;\s]+(?=[^\s<>]+@)/).filter((part) => part.trim() !== '')
  return parts.map((part) => {
    const address = parseAddress(part.replace(/[,;]+\s*$/, ''))
    if (!isAddress(address)) throw new WrongCellError('address_invalid', part)
    return { address: address.address, addressKey: address.key, shown: address.name ?? '' }
  })
}

function nameOf(cell: (role: Role) => string, shown: string): string {
  const parts = [cell('first_name'), cell('last_name')].filter((part) => part !== '')
  const name = cell('name') || parts.join(' ') || shown
  if (name === '') return ''
  const clean = name.replaceAll(/\s+/g, ' ')
  if (clean.length > longest.name) throw new WrongCellError('name_too_long', clean)
  if (!isName(clean)) throw new WrongCellError('name_invalid', clean)
  return clean
}

function agentOf(cell: (role: Role) => string): Agent | undefined {
  const typed = cell('manager_address')
  const name = cell('manager_name').replaceAll(/\s+/g, ' ')
  if (typed === '') {
    if (name.length > longest.name || (name !== '' && !isName(name)))
      throw new WrongCellError('manager_invalid', name)
    return name === '' ? undefined : { name, address: '', cc: false }
  }
  const address = parseAddress(typed)
  if (!isAddress(address) || (name !== '' && (!isName(name) || name.length > longest.name)))
    throw new WrongCellError('manager_invalid', typed)
  const cc = optional(cell('manager_cc'), readYesNo, 'yes_no_unreadable') ?? false
  return { name: name || (address.name ?? ''), address: address.address, cc }
}

function handlesIn(cells: readonly string[], roles: readonly Role[]): readonly Handle[] {
  return roles.flatMap((role, at) => {
    const name = cells[at] ?? ''
    if (!role.startsWith('handle:') || name === '') return []
    return [{ network: role.slice('handle:'.length), name: within(name, longest.handle, 'handle_too_long') }]
  })
}

function customIn(cells: readonly string[], roles: readonly Role[]): Readonly<Record<string, string>> {
  const custom: Record<string, string> = {}
  for (const [at, role] of roles.entries()) {
    const value = cells[at] ?? ''
    if (role.startsWith('custom:') && value !== '')
      custom[role.slice('custom:'.length)] = within(value, longest.value, 'value_too_long')
  }
  return custom
}
