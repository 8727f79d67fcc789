/** Influencers (contacts): who they are, where they can be reached, and why we may write. */
import { z } from 'zod'
import { AddressText, Id, Instant, Language } from './common.ts'
import { Reason } from './outbox.ts'

export const Basis = z.enum(['asked_us', 'agreed', 'existing_relation', 'public_business_address', 'none'])
export type Basis = z.infer<typeof Basis>

/** Whoever answers for an influencer; with `cc` every mail goes to them too. */
export const Manager = z.object({
  name: z.string().trim().max(200).default(''),
  address: AddressText.or(z.literal('')).default(''),
  cc: z.boolean().default(false),
})
export type Manager = z.output<typeof Manager>
export const OtherHandle = z.object({
  network: z.string().trim().max(40),
  name: z.string().trim().min(1).max(120),
})
const Custom = z.record(z.string().min(1).max(40), z.string().trim().max(1000))
const Tags = z.array(z.string().trim().min(1).max(60)).max(50)
const Country = z
  .string()
  .trim()
  .max(2)
  .transform((code) => code.toUpperCase())

export const Contact = z.object({
  id: Id,
  name: z.string(),
  /** The one that is written to. */
  address: z.string(),
  otherAddresses: z.array(z.string()),
  handle: z.string(),
  otherHandles: z.array(OtherHandle),
  language: Language,
  country: z.string(),
  /** IANA name; empty: not known. */
  zone: z.string(),
  tags: z.array(z.string()),
  notes: z.string(),
  /** Variables of the team's own, for texts. */
  custom: z.record(z.string(), z.string()),
  manager: z.object({ name: z.string(), address: z.string(), cc: z.boolean() }).optional(),
  basis: Basis,
  basisSource: z.string(),
  basisAt: Instant.optional(),
  doNotContact: z.boolean(),
  /** Asked not to be written to before. */
  pausedUntil: Instant.optional(),
  suppressed: z.string().optional(),
  createdAt: Instant,
})
export type Contact = z.infer<typeof Contact>

export const ContactNew = z.object({
  name: z.string().trim().min(1).max(200),
  address: AddressText,
  otherAddresses: z.array(AddressText).max(20).default([]),
  handle: z.string().trim().max(120).default(''),
  otherHandles: z.array(OtherHandle).max(20).default([]),
  language: Language.default('en'),
  country: Country.default(''),
  zone: z.string().max(64).default(''),
  tags: Tags.default([]),
  notes: z.string().max(10_000).default(''),
  custom: Custom.default({}),
  manager: Manager.optional(),
  basis: Basis.default('none'),
  basisSource: z.string().trim().max(300).default(''),
  basisAt: Instant.optional(),
})
export type ContactNew = z.infer<typeof ContactNew>

export const ContactChange = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  address: AddressText.optional(),
  /** All of them. */
  otherAddresses: z.array(AddressText).max(20).optional(),
  handle: z.string().trim().max(120).optional(),
  otherHandles: z.array(OtherHandle).max(20).optional(),
  language: Language.optional(),
  country: Country.optional(),
  zone: z.string().max(64).optional(),
  tags: Tags.optional(),
  notes: z.string().max(10_000).optional(),
  custom: Custom.optional(),
  /** Null: nobody any more. */
  manager: Manager.nullable().optional(),
  basis: Basis.optional(),
  basisSource: z.string().trim().max(300).optional(),
  basisAt: Instant.optional(),
  doNotContact: z.boolean().optional(),
})
export type ContactChange = z.input<typeof ContactChange>

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
  /** Of a mail that waits: when it leaves, where that is known, and why then. */
  expectedAt: Instant.optional(),
  reason: Reason.optional(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const ContactMerge = z.object({ contactId: Id })
export const ContactVariables = z.object({ names: z.array(z.string()) })
export const Duplicates = z.object({
  rows: z.array(z.object({ why: z.enum(['name', 'handle']), one: Contact, other: Contact })),
})
export type Duplicates = z.infer<typeof Duplicates>

/** A list from a file. It is sent in parts of at most a mebibyte: PUT …/imports/{id}/parts/{n}, counted from 0. */
export const ContactImportNew = z.object({ fileName: z.string().trim().min(1).max(255) })
export const ContactImport = z.object({
  id: Id,
  fileName: z.string(),
  encoding: z.string().optional(),
  separator: z.string().optional(),
  state: z.enum(['sent', 'read', 'running', 'done', 'stopped']),
  lines: z.number().int(),
  added: z.number().int(),
  filled: z.number().int(),
  known: z.number().int(),
  failed: z.number().int(),
  createdAt: Instant,
})
export type ContactImport = z.infer<typeof ContactImport>
export const ContactImports = z.object({ rows: z.array(ContactImport) })
export const ContactImportRead = z.object({ separator: z.enum([',', ';', '\t', '|']).optional() })
/** `roles`: one per column: skip, name, address, …, `handle:TikTok`, `custom:shoe_size`. */
export const ContactImportFile = ContactImport.extend({
  headed: z.boolean(),
  roles: z.array(z.string()),
  sample: z.array(z.array(z.string())),
})
export type ContactImportFile = z.infer<typeof ContactImportFile>
export const ContactImportWish = z.object({
  roles: z.array(z.string().max(60)).min(1).max(200),
  headed: z.boolean(),
  onKnown: z.enum(['leave', 'fill', 'replace']).default('fill'),
  language: Language.default('en'),
  basis: Basis.default('none'),
  basisSource: z.string().trim().max(300).default(''),
  tags: Tags.default([]),
})
export type ContactImportWish = z.input<typeof ContactImportWish>
const ImportProblem = z.object({
  line: z.number().int(),
  code: z.string(),
  detail: z.string(),
  cells: z.array(z.string()),
  contactId: Id.optional(),
})
export const ContactImportPreview = z.object({
  added: z.number().int(),
  filled: z.number().int(),
  known: z.number().int(),
  failed: z.number().int(),
  people: z.array(
    z.object({
      line: z.number().int(),
      name: z.string(),
      address: z.string(),
      handle: z.string(),
      country: z.string(),
      tags: z.array(z.string()),
      custom: z.record(z.string(), z.string()),
    }),
  ),
  problems: z.array(ImportProblem),
})
export type ContactImportPreview = z.infer<typeof ContactImportPreview>
export const ContactImportFailed = z.object({ rows: z.array(ImportProblem) })
