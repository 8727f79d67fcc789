/**
 * Owns what a contact is: a person we may write to, with one preferred address and perhaps others, and the reason why
 * we may write. Refuses to know campaigns: whoever needs to react to a change listens to `contact.changed`,
 * `contact.deleted` and `address.suppressed`.
 */
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'

export const bases = ['asked_us', 'agreed', 'existing_relation', 'public_business_address', 'none'] as const
export type Basis = (typeof bases)[number]
export type Language = 'en' | 'de'

export const suppressionReasons = ['bounce', 'complaint', 'unsubscribed', 'by_person'] as const
export type SuppressionReason = (typeof suppressionReasons)[number]

export interface Contact {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly otherAddresses: readonly string[]
  readonly handle: string
  readonly language: Language
  readonly country: string
  readonly tags: readonly string[]
  readonly notes: string
  readonly basis: Basis
  readonly basisSource: string
  readonly basisAt?: Temporal.Instant
  readonly doNotContact: boolean
  readonly suppressed?: SuppressionReason
  readonly createdAt: Temporal.Instant
}

/** What is known of a contact when it is created. `address` is as typed. */
export interface ContactDraft {
  readonly name: string
  readonly address: string
  readonly handle: string
  readonly language: Language
  readonly country: string
  readonly tags: readonly string[]
  readonly notes: string
  readonly basis: Basis
  readonly basisSource: string
}

export type ContactPatch = {
  readonly [K in keyof ContactDraft]?: ContactDraft[K] | undefined
} & { readonly doNotContact?: boolean | undefined }

/** Who writes and with what: the workspace of the transaction, ids, and the way to tell others. */
export interface Writer {
  readonly workspaceId: string
  readonly ids: Ids
  readonly emit: Emit
}
