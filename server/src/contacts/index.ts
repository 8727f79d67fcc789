/**
 * Contacts: who the influencers are, where they can be reached, and whether we may write to them. Other domains read
 * the view `contact_card` where a list needs names beside its own rows.
 */
export { changeContact, deleteContact } from './change.ts'
export type { SuppressionReason } from './contact.ts'
export { contactById, contactsById, containing } from './store.ts'
export { hashOrphanedSuppressions, recogniseBarred } from './keyed-suppression.ts'
export type { Keyed } from './keyed-suppression.ts'
export { isSuppressed, suppress, suppressCaptured } from './suppress.ts'
