/**
 * The facts of one influencer as a form holds them, and which of them changed.
 * Only changed fields travel, so that two people can mend different facts at the same time.
 */
import type { Basis, Contact, ContactChange } from '@kontor/api/contacts'

export interface Facts {
  readonly name: string
  readonly address: string
  readonly handle: string
  readonly language: Contact['language']
  readonly country: string
  readonly tags: string
  readonly notes: string
  readonly basis: Basis
  readonly basisSource: string
}

export const noFacts: Facts = {
  name: '',
  address: '',
  handle: '',
  language: 'en',
  country: '',
  tags: '',
  notes: '',
  basis: 'none',
  basisSource: '',
}

export function factsOf(contact: Contact): Facts {
  const { name, address, handle, language, country, notes, basis, basisSource } = contact
  return {
    name,
    address,
    handle,
    language,
    country,
    notes,
    basis,
    basisSource,
    tags: contact.tags.join(', '),
  }
}

/** Tags as typed, separated by commas; empty and repeated ones fall away. */
export function tagsOf(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '')
}

/** The fields in which `facts` differs from what is stored; empty when nothing changed. */
export function changes(facts: Facts, contact: Contact): ContactChange {
  const stored = factsOf(contact)
  return {
    ...(facts.name.trim() === stored.name ? {} : { name: facts.name.trim() }),
    ...(facts.address.trim() === stored.address ? {} : { address: facts.address.trim() }),
    ...(facts.handle.trim() === stored.handle ? {} : { handle: facts.handle.trim() }),
    ...(facts.language === stored.language ? {} : { language: facts.language }),
    ...(facts.country.trim().toUpperCase() === stored.country
      ? {}
      : { country: facts.country.trim().toUpperCase() }),
    ...(tagsOf(facts.tags).join(',') === contact.tags.join(',') ? {} : { tags: tagsOf(facts.tags) }),
    ...(facts.notes === stored.notes ? {} : { notes: facts.notes }),
    ...(facts.basis === stored.basis ? {} : { basis: facts.basis }),
    ...(facts.basisSource.trim() === stored.basisSource ? {} : { basisSource: facts.basisSource.trim() }),
  }
}
