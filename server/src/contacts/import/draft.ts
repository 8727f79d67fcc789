/** A listed person as a contact: a new one, or what changes of a known one. Pure. */
import type { Contact, ContactDraft, ContactPatch } from '../contact.ts'
import type { ListedPerson } from './person.ts'
import type { ImportWish } from './wish.ts'

export function draftOf(person: ListedPerson, wish: ImportWish): ContactDraft {
  const basis = person.basis ?? wish.basis
  return {
    name: person.name ?? person.address.slice(0, person.address.lastIndexOf('@')),
    address: person.address,
    otherAddresses: person.further.map(({ address }) => address),
    handle: person.handle ?? '',
    otherHandles: person.otherHandles,
    language: person.language ?? wish.language,
    country: person.country ?? '',
    zone: person.zone ?? '',
    tags: union(person.tags, wish.tags),
    notes: person.notes ?? '',
    custom: person.custom,
    ...(person.agent === undefined ? {} : { agent: person.agent }),
    basis,
    basisSource: person.basisSource ?? (basis === 'none' ? '' : wish.basisSource),
    ...(person.basisAt === undefined ? {} : { basisAt: person.basisAt }),
  }
}

/**
 * What the file changes of a known contact; undefined: nothing. Filling touches only what is empty, replacing takes what
 * the file says. Neither ever lifts a "do not contact", nor takes a tag, a variable or an address away.
 */
export function patchOf(contact: Contact, person: ListedPerson, wish: ImportWish): ContactPatch | undefined {
  if (wish.onKnown === 'leave') return undefined
  const replacing = wish.onKnown === 'replace'
  const take = (was: string, is: string | undefined): string | undefined =>
    is !== undefined && is !== was && (replacing || was === '') ? is : undefined
  const tags = union(contact.tags, person.tags, wish.tags)
  const custom = replacing ? { ...contact.custom, ...person.custom } : { ...person.custom, ...contact.custom }
  const known = new Set(contact.otherHandles.map(({ network, name }) => `${network}\n${name}`))
  const handles = person.otherHandles.filter(({ network, name }) => !known.has(`${network}\n${name}`))
  const basis =
    person.basis !== undefined && (replacing || contact.basis === 'none') ? person.basis : undefined
  const agent =
    person.agent !== undefined && (replacing || contact.agent === undefined) ? person.agent : undefined
  const patch: ContactPatch = {
    name: replacing ? take(contact.name, person.name) : undefined,
    handle: take(contact.handle, person.handle),
    language: replacing && person.language !== contact.language ? person.language : undefined,
    country: take(contact.country, person.country),
    zone: take(contact.zone, person.zone),
    notes: take(contact.notes, person.notes),
    tags: tags.length > contact.tags.length ? tags : undefined,
    custom: same(custom, contact.custom) ? undefined : custom,
    otherHandles: handles.length > 0 ? [...contact.otherHandles, ...handles] : undefined,
    agent: agent === undefined || same(agent, contact.agent) ? undefined : agent,
    basis: basis === contact.basis ? undefined : basis,
    basisSource: take(contact.basisSource, person.basisSource),
    basisAt:
      basis === undefined || dayOf(person.basisAt) === dayOf(contact.basisAt) ? undefined : person.basisAt,
    doNotContact: person.doNotContact === true && !contact.doNotContact ? true : undefined,
  }
  return Object.values(patch).some((value) => value !== undefined) ? patch : undefined
}

/** A file names a day and no time, so that days are compared. */
function dayOf(at: Temporal.Instant | undefined): string | undefined {
  return at?.toZonedDateTimeISO('UTC').toPlainDate().toString()
}

function union(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())]
}

function same(one: unknown, other: unknown): boolean {
  return sorted(one) === sorted(other)
}

function sorted(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? JSON.stringify(Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b)))
    : String(value)
}
