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

/** Whoever answers for the person, and gets a copy of every mail when wished. Of some only the name is known. */
export interface Agent {
  readonly name: string
  readonly address: string
  readonly cc: boolean
}

/** A further profile; the network is as the team calls it. */
export interface Handle {
  readonly network: string
  readonly name: string
}

/** Variables of the team's own, by name. */
export type CustomValues = Readonly<Record<string, string>>

/** What is known of a contact beside its addresses. */
interface Facts {
  readonly name: string
  readonly handle: string
  readonly otherHandles: readonly Handle[]
  readonly language: Language
  readonly country: string
  /** IANA name; empty: not known. */
  readonly zone: string
  readonly tags: readonly string[]
  readonly notes: string
  readonly custom: CustomValues
  readonly agent?: Agent | undefined
  readonly basis: Basis
  readonly basisSource: string
  readonly basisAt?: Temporal.Instant | undefined
}

export interface Contact extends Facts {
  readonly id: string
  readonly address: string
  readonly otherAddresses: readonly string[]
  readonly doNotContact: boolean
  /** The person asked not to be written to before. */
  readonly pausedUntil?: Temporal.Instant
  readonly suppressed?: SuppressionReason
  readonly createdAt: Temporal.Instant
}

/** What is known of a contact when it is created. Addresses are as typed. */
export interface ContactDraft extends Facts {
  readonly address: string
  readonly otherAddresses: readonly string[]
}

/** Nothing known but the name and the address. */
export const bareDraft: Omit<ContactDraft, 'name' | 'address'> = {
  otherAddresses: [],
  handle: '',
  otherHandles: [],
  language: 'en',
  country: '',
  zone: '',
  tags: [],
  notes: '',
  custom: {},
  basis: 'none',
  basisSource: '',
}

/** What changes; `agent: null` takes the agent away. */
export type ContactPatch = {
  readonly [K in keyof Omit<ContactDraft, 'agent'>]?: ContactDraft[K] | undefined
} & { readonly agent?: Agent | null | undefined; readonly doNotContact?: boolean | undefined }

/** Who writes and with what: the workspace of the transaction, ids, and the way to tell others. */
export interface Writer {
  readonly workspaceId: string
  readonly ids: Ids
  readonly emit: Emit
}
