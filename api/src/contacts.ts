/** Influencers (contacts): who they are, where they can be reached, and why we may write. */
import { z } from 'zod'
import { AddressText, Id, Instant, Language } from './common.ts'

export const Basis = z.enum(['asked_us', 'agreed', 'existing_relation', 'public_business_address', 'none'])
export type Basis = z.infer<typeof Basis>

export const Contact = z.object({
  id: Id,
  name: z.string(),
  address: z.string(),
  otherAddresses: z.array(z.string()),
  handle: z.string(),
  language: Language,
  country: z.string(),
  tags: z.array(z.string()),
  notes: z.string(),
  basis: Basis,
  basisSource: z.string(),
  basisAt: Instant.optional(),
  doNotContact: z.boolean(),
  suppressed: z.string().optional(),
  createdAt: Instant,
})
export type Contact = z.infer<typeof Contact>

export const ContactNew = z.object({
  name: z.string().trim().min(1).max(200),
  address: AddressText,
  handle: z.string().trim().max(120).default(''),
  language: Language.default('en'),
  country: z.string().trim().max(2).default(''),
  tags: z.array(z.string().trim().min(1).max(60)).max(50).default([]),
  notes: z.string().max(10_000).default(''),
  basis: Basis.default('none'),
  basisSource: z.string().trim().max(300).default(''),
})
export type ContactNew = z.infer<typeof ContactNew>

export const ContactChange = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  address: AddressText.optional(),
  handle: z.string().trim().max(120).optional(),
  language: Language.optional(),
  country: z.string().trim().max(2).optional(),
  tags: z.array(z.string().trim().min(1).max(60)).max(50).optional(),
  notes: z.string().max(10_000).optional(),
  basis: Basis.optional(),
  basisSource: z.string().trim().max(300).optional(),
  doNotContact: z.boolean().optional(),
})
export type ContactChange = z.infer<typeof ContactChange>

/** A further address of an influencer: one that an answer came from. */
export const ContactAddress = z.object({ address: AddressText })

/** Lines as pasted: `Name <address>`, `name;address;handle`, tab- or comma-separated, or a bare address. */
export const ContactPaste = z.object({
  text: z.string().min(1).max(500_000),
  language: Language.default('en'),
})
export const PasteResult = z.object({
  added: z.array(Contact),
  known: z.array(z.object({ line: z.number().int(), text: z.string(), contactId: Id })),
  problems: z.array(z.object({ line: z.number().int(), text: z.string(), code: z.string() })),
})
export type PasteResult = z.infer<typeof PasteResult>

export const ContactQuery = z.object({
  q: z.string().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})

/** One line of the person's time line: the future in ink, the past in grey. */
export const TimelineEntry = z.object({
  at: Instant,
  future: z.boolean(),
  kind: z.enum(['sent', 'waiting', 'received', 'application', 'decision', 'note', 'added']),
  title: z.string(),
  campaignName: z.string().optional(),
  conversationId: Id.optional(),
  state: z.string().optional(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>
