/**
 * Creating, changing and deleting contacts. Expected refusals are answers: an address that is none, a name that would
 * break a header, an address that belongs to somebody else.
 */
import { hasBidiControl, hasControlCharacter, isAddress, parseAddress } from '../mail/index.ts'
import type { AddressProblemKind } from '../mail/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Contact, ContactDraft, ContactPatch, Writer } from './contact.ts'
import type { AddressToWrite } from './store.ts'
import {
  contactById,
  deleteAddress,
  insertAddress,
  insertContacts,
  ownersOf,
  preferAddress,
  retireContact,
  updateContact,
} from './store.ts'

export type ContactRefusal =
  | { readonly code: 'contact_unknown' }
  | { readonly code: 'contact_known'; readonly contactId: string }
  | { readonly code: 'address_invalid'; readonly problem: AddressProblemKind }
  | { readonly code: 'name_invalid' }

export type ContactOutcome =
  | { readonly ok: true; readonly contact: Contact }
  | { readonly ok: false; readonly refusal: ContactRefusal }

/** Creates one contact; `contact_known` when the address belongs to one already. */
export async function createContact(tx: Tx, writer: Writer, draft: ContactDraft): Promise<ContactOutcome> {
  if (!isName(draft.name)) return refused({ code: 'name_invalid' })
  const address = readAddress(draft.address)
  if ('problem' in address) return refused({ code: 'address_invalid', problem: address.problem })
  const id = writer.ids.uuid()
  const { known } = await insertContacts(tx, writer.workspaceId, [{ ...draft, ...address, id }])
  const contactId = known.get(address.addressKey)
  if (contactId !== undefined) return refused({ code: 'contact_known', contactId })
  return await changed(tx, writer, id)
}

/**
 * Changes a contact. A new address replaces the preferred one, unless it is one of the contact's other addresses:
 * then the two change places.
 */
export async function changeContact(
  tx: Tx,
  writer: Writer,
  { id, patch }: { readonly id: string; readonly patch: ContactPatch },
): Promise<ContactOutcome> {
  const { address: typed, ...rest } = patch
  if (rest.name !== undefined && !isName(rest.name)) return refused({ code: 'name_invalid' })
  if ((await contactById(tx, id)) === undefined) return refused({ code: 'contact_unknown' })
  if (typed !== undefined) {
    const address = readAddress(typed)
    if ('problem' in address) return refused({ code: 'address_invalid', problem: address.problem })
    const taken = await replaceAddress(tx, writer.workspaceId, id, address)
    if (taken !== undefined) return refused({ code: 'contact_known', contactId: taken })
  }
  await updateContact(tx, id, rest)
  return await changed(tx, writer, id)
}

/** Adds an address that an answer came from. It does not become the preferred one. */
export async function addContactAddress(
  tx: Tx,
  writer: Writer,
  { id, address: typed }: { readonly id: string; readonly address: string },
): Promise<ContactOutcome> {
  const address = readAddress(typed)
  if ('problem' in address) return refused({ code: 'address_invalid', problem: address.problem })
  if ((await contactById(tx, id)) === undefined) return refused({ code: 'contact_unknown' })
  if (!(await insertAddress(tx, writer.workspaceId, id, address))) {
    const owner = (await ownersOf(tx, [address.addressKey])).get(address.addressKey)
    if (owner !== undefined && owner !== id) return refused({ code: 'contact_known', contactId: owner })
  }
  return await changed(tx, writer, id)
}

/** Deletes a contact: what waits for it is cancelled by those who listen to `contact.deleted`, what left is kept. */
export async function deleteContact(tx: Tx, writer: Writer, id: string): Promise<boolean> {
  if (!(await retireContact(tx, id))) return false
  const { workspaceId } = writer
  await writer.emit(tx, { workspaceId, type: 'contact.deleted', subject: id, payload: { contactId: id } })
  return true
}

async function replaceAddress(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  address: AddressToWrite,
): Promise<string | undefined> {
  const fresh = await insertAddress(tx, workspaceId, contactId, address)
  if (!fresh) {
    const owner = (await ownersOf(tx, [address.addressKey])).get(address.addressKey)
    if (owner !== contactId) return owner
  }
  const before = await preferAddress(tx, contactId, address)
  if (fresh && before !== undefined) await deleteAddress(tx, contactId, before)
  return undefined
}

async function changed(tx: Tx, writer: Writer, id: string): Promise<ContactOutcome> {
  const contact = await contactById(tx, id)
  if (contact === undefined) return refused({ code: 'contact_unknown' })
  const { workspaceId } = writer
  await writer.emit(tx, { workspaceId, type: 'contact.changed', subject: id, payload: {} })
  return { ok: true, contact }
}

function refused(refusal: ContactRefusal): ContactOutcome {
  return { ok: false, refusal }
}

function readAddress(typed: string): AddressToWrite | { readonly problem: AddressProblemKind } {
  const address = parseAddress(typed)
  return isAddress(address)
    ? { address: address.address, addressKey: address.key }
    : { problem: address.problem }
}

// the name stands in To, where a control character would end the header (RFC 5322 §2.2)
function isName(name: string): boolean {
  return name.trim() !== '' && !hasControlCharacter(name) && !hasBidiControl(name)
}
