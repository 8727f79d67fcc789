/** Campaigns, their brief, members, applications and decisions. */
import { z } from 'zod'
import { AddressText, Id, IdempotencyKey, Instant, Language } from './common.ts'
import { CourseState } from './follow-ups.ts'
import { MailKind, Reason } from './outbox.ts'

export const CampaignStatus = z.enum(['draft', 'running', 'paused', 'closed'])
export type CampaignStatus = z.infer<typeof CampaignStatus>
export const MemberState = z.enum([
  'added',
  'invited',
  'viewed',
  'applied',
  'approved',
  'rejected',
  'withdrawn',
  'declined',
])
export type MemberState = z.infer<typeof MemberState>

/** A logo, or an image of a brief: PNG, JPEG or WebP, brought as bytes. `path` is its address, which never changes. */
export const Picture = z.object({
  id: Id,
  path: z.string(),
  width: z.number().int(),
  height: z.number().int(),
})
export type Picture = z.infer<typeof Picture>
/** Bytes, and pixels of the longer side. */
export const logoLimit = { bytes: 1_000_000, side: 3000 } as const
export const imageLimit = { bytes: 5_000_000, side: 6000 } as const
export const mostImages = 12

export const Formality = z.enum(['du', 'sie'])
const Colour = z.string().regex(/^#[0-9a-fA-F]{6}$/)

/** How the workspace appears to influencers; a new campaign begins with it. */
export const Brand = z.object({
  /** Empty: the name of the workspace. */
  name: z.string(),
  colour: z.string(),
  formality: Formality,
  logo: Picture.optional(),
})
export type Brand = z.infer<typeof Brand>
export const BrandChange = z.object({
  name: z.string().trim().max(120).optional(),
  colour: Colour.optional(),
  formality: Formality.optional(),
})
export type BrandChange = z.infer<typeof BrandChange>
export const LogoChoice = z.object({ logo: z.enum(['brand', 'none']) })

/** An image that a brief shows, in the order of their numbers: a line `[image 1]` says where. */
export const BriefImage = z.object({
  id: Id,
  /** What it shows, in words; may be empty only where `decorative` says that it shows nothing. */
  alt: z.string().trim().max(300).default(''),
  decorative: z.boolean().default(false),
})
export type BriefImage = z.infer<typeof BriefImage>

export const Brief = z.object({
  headline: z.string().max(200),
  body: z.string().max(20_000),
  deliverables: z.array(z.string().max(300)).max(30),
  dates: z.string().max(300),
  compensation: z.string().max(300),
  /** Calendar days of the workspace's zone. The last one on which people may apply. */
  applyUntil: z.iso.date().optional(),
  publishFrom: z.iso.date().optional(),
  publishUntil: z.iso.date().optional(),
  images: z.array(BriefImage).max(mostImages).default([]),
})
export type Brief = z.infer<typeof Brief>

export const Campaign = z.object({
  id: Id,
  name: z.string(),
  status: CampaignStatus,
  brief: Brief,
  mailboxId: Id.optional(),
  brandName: z.string(),
  brandColour: z.string(),
  formality: Formality,
  logo: Picture.optional(),
  /** What was brought for the brief, whether it shows it or not. */
  images: z.array(Picture),
  counts: z.record(MemberState, z.number().int()),
  replied: z.number().int(),
  waiting: z.number().int(),
  /** Of those, what a pause would hold: neither personal mails nor what is on hold already. */
  pausable: z.number().int(),
  createdAt: Instant,
})
export type Campaign = z.infer<typeof Campaign>

export const CampaignNew = z.object({
  name: z.string().trim().min(1).max(200),
  mailboxId: Id.optional(),
  brief: Brief.optional(),
})
export const CampaignChange = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  mailboxId: Id.optional(),
  brief: Brief.optional(),
  brandName: z.string().trim().max(120).optional(),
  brandColour: Colour.optional(),
  formality: Formality.optional(),
})
export type CampaignChange = z.infer<typeof CampaignChange>
export const CampaignStatusChange = z.object({ status: z.enum(['running', 'paused', 'closed']) })

export const Member = z.object({
  id: Id,
  contactId: Id,
  name: z.string(),
  address: z.string(),
  handle: z.string(),
  state: MemberState,
  stateAt: Instant,
  conversationId: Id.optional(),
  /** The mail that waits for this member, if any. */
  waiting: z.object({ kind: MailKind, expectedAt: Instant.optional(), reason: Reason.optional() }).optional(),
  /** Where this member stands among follow-ups, if any were set up. */
  followUp: z
    .object({
      state: CourseState,
      n: z.number().int(),
      of: z.number().int(),
      byHand: z.boolean(),
      dueAt: Instant.optional(),
      reason: Reason.optional(),
    })
    .optional(),
})
export type Member = z.infer<typeof Member>

export const MembersAdd = z.object({ contactIds: z.array(Id).min(1).max(5000) })
export const MembersAdded = z.object({ added: z.number().int(), known: z.number().int() })

/** The text of one kind of mail of a campaign, in the influencer's language. Variables are Liquid: {{ name }}, {{ brief_link }}. */
export const CampaignText = z.object({
  kind: z.enum(['invitation', 'approval', 'rejection', 'bulk']),
  language: z.enum(['en', 'de']),
  subject: z.string().trim().min(1).max(300),
  body: z.string().trim().min(1).max(50_000),
})
export type CampaignText = z.infer<typeof CampaignText>

/** A file that goes with a campaign's own messages of a kind, in both languages. */
export const CampaignFile = z.object({
  kind: z.enum(['invitation', 'approval', 'rejection']),
  uploadId: Id,
  filename: z.string(),
  size: z.number().int(),
  /** Providers reject emails with a file of this kind: it goes as a link. */
  linkOnly: z.boolean(),
})
export type CampaignFile = z.infer<typeof CampaignFile>
/** All that go with messages of this kind from now on; mails that wait keep theirs. */
export const CampaignFilesChange = z.object({
  kind: CampaignFile.shape.kind,
  files: z.array(Id).max(30),
})
export type CampaignFilesChange = z.infer<typeof CampaignFilesChange>

export const Application = z.object({
  id: Id,
  memberId: Id,
  contactId: Id,
  name: z.string(),
  handle: z.string(),
  address: z.string(),
  message: z.string(),
  appliedAt: Instant,
  memberState: MemberState,
  /** Collected, not yet sent. */
  decision: z.enum(['approved', 'rejected']).optional(),
  decidedBy: z.string().optional(),
  decisionSentAt: Instant.optional(),
  conversationId: Id.optional(),
  /** Came uninvited; nobody has confirmed that the address is theirs. */
  throughOpenLink: z.boolean(),
  /** Why the person gets no email, whatever is decided. */
  barred: z.enum(['do_not_contact', 'bounce', 'complaint', 'unsubscribed', 'by_person']).optional(),
})
export type Application = z.infer<typeof Application>
export const Decision = z.object({ decision: z.enum(['approved', 'rejected']).nullable() })
/** Where the collected decisions leave from, and the day by which their answer is promised. */
export const DecisionsPlan = z.object({ mailboxId: Id.optional(), promisedFor: z.iso.date().optional() })
export const DecisionsSend = DecisionsPlan.extend({ key: IdempotencyKey })

/** The public page behind a personal link. */
export const PublicBrief = z.object({
  campaignName: z.string(),
  brandName: z.string(),
  brandColour: z.string(),
  formality: Formality,
  language: z.enum(['en', 'de']),
  logo: Picture.optional(),
  brief: Brief,
  images: z.array(Picture),
  personName: z.string(),
  /** `over`: the last day to apply has passed. */
  state: z.enum(['open', 'applied', 'declined', 'decided', 'closed', 'over']),
})
export type PublicBrief = z.infer<typeof PublicBrief>
export const Apply = z.object({ message: z.string().trim().max(5000).default('') })

/** The link by which people apply who were not invited. */
export const OpenLink = z.object({
  open: z.boolean(),
  /** Absent until it was switched on for the first time. */
  link: z.string().optional(),
  /** Who applied through it, and through those it took the place of. */
  people: z.number().int(),
})
export type OpenLink = z.infer<typeof OpenLink>
export const OpenLinkChange = z.object({ open: z.boolean() })
export const OpenBrief = PublicBrief.omit({ language: true, personName: true, state: true }).extend({
  state: z.enum(['open', 'paused', 'closed', 'over']),
})
export type OpenBrief = z.infer<typeof OpenBrief>
export const OpenApply = z.object({
  name: z.string().trim().min(1).max(200),
  address: AddressText,
  message: z.string().trim().max(5000).default(''),
  language: Language,
  /** People do not see this field; what is filled in by a program is not taken. */
  extra: z.string().max(1000).default(''),
})
export type OpenApply = z.infer<typeof OpenApply>
