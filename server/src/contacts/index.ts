/**
 * Contacts: who the influencers are, where they can be reached, and whether we may write to them. Other domains read
 * the view `contact_card` where a list needs names beside its own rows.
 */
export { changeContact, deleteContact } from './change.ts'
export { comeIn } from './come-in.ts'
export { continueImport } from './import-lines.ts'
export type { SuppressionReason } from './contact.ts'
export { hashOrphanedSuppressions, recogniseBarred } from './keyed-suppression.ts'
export type { Keyed } from './keyed-suppression.ts'
export { contactById, contactsById } from './store.ts'
export { containing, customNames } from './store-list.ts'
export { isSuppressed, suppress, suppressCaptured } from './suppress.ts'
