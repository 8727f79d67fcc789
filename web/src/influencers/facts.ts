/**
 * The facts of one influencer as a form holds them, and which of them changed.
 * Only changed fields travel, so that two people can mend different facts at the same time.
 */
import type { Basis, Contact, ContactChange } from '@kontor/api/contacts'

export interface Pair {
  readonly name: string
  readonly value: string
}

export interface Facts {
  readonly name: string
  readonly address: string
  /** One per line. */
  readonly otherAddresses: string
  readonly handle: string
  /** Network and handle. */
  readonly otherHandles: readonly Pair[]
  readonly language: Contact['language']
  readonly country: string
  readonly zone: string
  readonly tags: string
  readonly notes: string
  /** Variable and value. */
  readonly custom: readonly Pair[]
  readonly managerName: string
  readonly managerAddress: string
  readonly managerCc: boolean
  readonly basis: Basis
  readonly basisSource: string
  /** A calendar day, or nothing. */
  readonly basisOn: string
}

export const noFacts: Facts = {
  name: '',
  address: '',
  otherAddresses: '',
  handle: '',
  otherHandles: [],
  language: 'en',
  country: '',
  zone: '',
  tags: '',
  notes: '',
  custom: [],
  managerName: '',
  managerAddress: '',
  managerCc: false,
  basis: 'none',
  basisSource: '',
  basisOn: '',
}

export function factsOf(contact: Contact): Facts {
  const { name, address, handle, language, country, zone, notes, basis, basisSource, manager } = contact
  return {
    name,
    address,
    otherAddresses: contact.otherAddresses.join('\n'),
    handle,
    otherHandles: contact.otherHandles.map((other) => ({ name: other.network, value: other.name })),
    language,
    country,
    zone,
    notes,
    custom: Object.entries(contact.custom)
      .map(([key, value]) => ({ name: key, value }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    managerName: manager?.name ?? '',
    managerAddress: manager?.address ?? '',
    managerCc: manager?.cc ?? false,
    basis,
    basisSource,
    basisOn: contact.basisAt?.slice(0, 10) ?? '',
    tags: contact.tags.join(', '),
  }
}

/** Tags as typed, separated by commas; empty and repeated ones fall away. */
export function tagsOf(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '')
}

/** What the form says, as the server takes it; a row with nothing in it is nothing. */
export function wishOf(facts: Facts): {
  readonly [K in keyof Required<ContactChange>]: NonNullable<ContactChange[K]> | null
} {
  const { managerName, managerAddress, managerCc } = facts
  const nobody = managerName.trim() === '' && managerAddress.trim() === ''
  return {
    name: facts.name.trim(),
    address: facts.address.trim(),
    otherAddresses: linesOf(facts.otherAddresses),
    handle: facts.handle.trim(),
    otherHandles: filled(facts.otherHandles).map(({ name, value }) => ({ network: name, name: value })),
    language: facts.language,
    country: facts.country.trim().toUpperCase(),
    zone: facts.zone,
    tags: tagsOf(facts.tags),
    notes: facts.notes,
    custom: Object.fromEntries(filled(facts.custom).map(({ name, value }) => [name, value])),
    manager: nobody
      ? null
      : {
          name: managerName.trim(),
          address: managerAddress.trim(),
          cc: managerCc && managerAddress.trim() !== '',
        },
    basis: facts.basis,
    basisSource: facts.basisSource.trim(),
    basisAt: facts.basis === 'none' || facts.basisOn === '' ? null : `${facts.basisOn}T12:00:00Z`,
    doNotContact: null,
  }
}

/** The fields in which `facts` differs from what is stored; empty when nothing changed. */
export function changes(facts: Facts, contact: Contact): ContactChange {
  const [wished, stored] = [wishOf(facts), wishOf(factsOf(contact))]
  const changed = Object.entries(wished).filter(([key, value]) => {
    if (key === 'doNotContact' || (key === 'basisAt' && value === null)) return false
    return JSON.stringify(value) !== JSON.stringify(stored[key as keyof typeof stored])
  })
  return Object.fromEntries(changed)
}

function linesOf(text: string): string[] {
  return text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function filled(pairs: readonly Pair[]): Pair[] {
  return pairs
    .map(({ name, value }) => ({ name: name.trim(), value: value.trim() }))
    .filter(({ name, value }) => name !== '' && value !== '')
}
