/** Campaigns, their brief, members, applications and decisions. */
import { z } from 'zod'
import { Id, IdempotencyKey, Instant } from './common.ts'
import { MailKind } from './outbox.ts'

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

export const Brief = z.object({
  headline: z.string().max(200),
  body: z.string().max(20_000),
  deliverables: z.array(z.string().max(300)).max(30),
  dates: z.string().max(300),
  compensation: z.string().max(300),
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
  formality: z.enum(['du', 'sie']),
  counts: z.record(MemberState, z.number().int()),
  replied: z.number().int(),
  waiting: z.number().int(),
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
  brandColour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .optional(),
  formality: z.enum(['du', 'sie']).optional(),
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
  waiting: z
    .object({ kind: MailKind, expectedAt: Instant.optional(), reason: z.string().optional() })
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
})
export type Application = z.infer<typeof Application>
export const Decision = z.object({ decision: z.enum(['approved', 'rejected']).nullable() })
export const DecisionsSend = z.object({ key: IdempotencyKey, mailboxId: Id.optional() })

/** The public page behind a personal or open link. */
export const PublicBrief = z.object({
  campaignName: z.string(),
  brandName: z.string(),
  brandColour: z.string(),
  formality: z.enum(['du', 'sie']),
  language: z.enum(['en', 'de']),
  brief: Brief,
  personName: z.string(),
  state: z.enum(['open', 'applied', 'declined', 'decided', 'closed']),
})
export type PublicBrief = z.infer<typeof PublicBrief>
export const Apply = z.object({
  message: z.string().trim().max(5000).default(''),
  name: z.string().trim().max(200).optional(),
})
