/**
 * Creating, changing and deleting contacts. Expected refusals are answers: an address that is none, a name that would
 * break a header, an address that belongs to somebody else.
 */
import { addressKey, isAddress, parseAddress } from '../mail/index.ts'
import type { AddressProblemKind } from '../mail/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Contact, ContactDraft, ContactPatch, Writer } from './contact.ts'
import type { FactsRefusal } from './facts.ts'
import { factsRefusal } from './facts.ts'
import { contactById, ownersOf } from './store.ts'
import type { AddressToWrite } from './store-write.ts'
import {
  deleteAddress,
  insertAddress,
  insertContacts,
  insertFurther,
  preferAddress,
  retireContact,
  updateContact,
} from './store-write.ts'

export type ContactRefusal =
  | { readonly code: 'contact_unknown' }
  | { readonly code: 'contact_known'; readonly contactId: string }
  | { readonly code: 'address_invalid'; readonly problem: AddressProblemKind }
  | { readonly code: 'other_address_invalid'; readonly address: string }
  | FactsRefusal

export type ContactOutcome =
  | { readonly ok: true; readonly contact: Contact }
  | { readonly ok: false; readonly refusal: ContactRefusal }

/** Creates one contact; `contact_known` when one of the addresses belongs to somebody already. */
export async function createContact(tx: Tx, writer: Writer, draft: ContactDraft): Promise<ContactOutcome> {
  const refusal = factsRefusal(draft)
  if (refusal !== undefined) return refused(refusal)
  const address = readAddress(draft.address)
  if ('problem' in address) return refused({ code: 'address_invalid', problem: address.problem })
  const further = readFurther(draft.otherAddresses, address)
  if (!Array.isArray(further)) return refused(further)
  const id = writer.ids.uuid()
  const { known } = await insertContacts(tx, writer.workspaceId, [{ ...draft, ...address, id }])
  const contactId = known.get(address.addressKey)
  if (contactId !== undefined) return refused({ code: 'contact_known', contactId })
  const taken = await takeFurther(tx, writer.workspaceId, id, further)
  return taken === undefined ? await changed(tx, writer, id) : refused(taken)
}

/**
 * Changes a contact. A new address replaces the preferred one, unless it is one of the contact's other addresses: then
 * the two change places. Other addresses are given as a whole.
 */
export async function changeContact(
  tx: Tx,
  writer: Writer,
  { id, patch }: { readonly id: string; readonly patch: ContactPatch },
): Promise<ContactOutcome> {
  const { address: typed, otherAddresses, ...rest } = patch
  const refusal = factsRefusal(rest)
  if (refusal !== undefined) return refused(refusal)
  const before = await contactById(tx, id)
  if (before === undefined) return refused({ code: 'contact_unknown' })
  if (typed !== undefined) {
    const address = readAddress(typed)
    if ('problem' in address) return refused({ code: 'address_invalid', problem: address.problem })
    const taken = await replaceAddress(tx, writer.workspaceId, id, address)
    if (taken !== undefined) return refused({ code: 'contact_known', contactId: taken })
  }
  if (otherAddresses !== undefined) {
    const kept = await keepFurther(tx, writer.workspaceId, id, otherAddresses)
    if (kept !== undefined) return refused(kept)
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

/** The other addresses become these: what is missing is let go, what is new is taken. */
async function keepFurther(
  tx: Tx,
  workspaceId: string,
  id: string,
  typed: readonly string[],
): Promise<ContactRefusal | undefined> {
  const contact = await contactById(tx, id)
  if (contact === undefined) return { code: 'contact_unknown' }
  const preferred = { address: contact.address, addressKey: addressKey(contact.address) }
  const further = readFurther(typed, preferred)
  if (!Array.isArray(further)) return further
  const wanted = new Set(further.map((address) => address.addressKey))
  for (const address of contact.otherAddresses) {
    if (!wanted.has(addressKey(address))) await deleteAddress(tx, id, addressKey(address))
  }
  const had = new Set(contact.otherAddresses.map((address) => addressKey(address)))
  return await takeFurther(
    tx,
    workspaceId,
    id,
    further.filter((address) => !had.has(address.addressKey)),
  )
}

async function takeFurther(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  further: readonly AddressToWrite[],
): Promise<ContactRefusal | undefined> {
  const [taken] = await insertFurther(
    tx,
    workspaceId,
    further.map((address) => ({ ...address, contactId })),
  )
  if (taken === undefined) return undefined
  const owner = (await ownersOf(tx, [taken])).get(taken)
  return owner === undefined ? undefined : { code: 'contact_known', contactId: owner }
}

/** Other addresses as typed, each once and without the preferred one. */
function readFurther(typed: readonly string[], preferred: AddressToWrite): AddressToWrite[] | ContactRefusal {
  const further = new Map<string, AddressToWrite>()
  for (const each of typed) {
    const address = readAddress(each)
    if ('problem' in address) return { code: 'other_address_invalid', address: each }
    if (address.addressKey !== preferred.addressKey) further.set(address.addressKey, address)
  }
  return [...further.values()]
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
