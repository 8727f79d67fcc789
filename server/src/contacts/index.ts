/**
 * Contacts: who the influencers are, where they can be reached, and whether we may write to them. Other domains read
 * the view `contact_card` where a list needs names beside its own rows.
 */
export type {
  Basis,
  Contact,
  ContactDraft,
  ContactPatch,
  Language,
  SuppressionReason,
  Writer,
} from './contact.ts'
export type { ContactOutcome, ContactRefusal } from './change.ts'
export { addContactAddress, changeContact, createContact, deleteContact } from './change.ts'
export { addPasted } from './add-pasted.ts'
export type { ContactPlace } from './store.ts'
export { contactById, contactPage, contactsById, containing } from './store.ts'
export { isSuppressed, suppress, suppressCaptured } from './suppress.ts'
