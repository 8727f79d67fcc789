/** Privacy: taking back what was stored and permitted, and proving it. */
export { beginTakingBack, noteQueueDecided, onPermissionEnded } from './take-back.ts'
export type { PrivacyParts } from './parts.ts'
export type { Fault, MailboxProof } from './verify-mailbox.ts'
export { verifyMailbox } from './verify-mailbox.ts'
