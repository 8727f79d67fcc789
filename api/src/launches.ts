/**
 * Sending to many: whom it is for, what they get, the plan before it, and the launch that puts it into the outbox.
 */
import { z } from 'zod'
import { MemberState } from './campaigns.ts'
import { Id, IdempotencyKey, Instant } from './common.ts'
import { FollowUps, FollowUpsPlanned } from './follow-ups.ts'
import { MailboxPlan } from './outbox.ts'

const mostNamed = 5000

/** People chosen one by one. */
const Chosen = z.object({ ids: z.array(Id).min(1).max(mostNamed) })
/** Everybody who fits a search, with some taken out again. */
export const MemberAudience = z.union([
  Chosen,
  z.object({
    everyone: z.object({ state: MemberState.optional(), q: z.string().max(200).optional() }),
    except: z.array(Id).max(mostNamed).default([]),
  }),
])
export type MemberAudience = z.input<typeof MemberAudience>
export const ContactAudience = z.union([
  Chosen,
  z.object({
    everyone: z.object({ q: z.string().max(200).optional() }),
    except: z.array(Id).max(mostNamed).default([]),
  }),
])
export type ContactAudience = z.input<typeof ContactAudience>

const MessageText = z.object({
  subject: z.string().trim().min(1).max(300),
  body: z.string().trim().min(1).max(50_000),
})
/** A bulk message. In one language it goes to everybody in it, in both each person gets their own. */
export const MessageTexts = z.object({ en: MessageText.optional(), de: MessageText.optional() })
export type MessageTexts = z.infer<typeof MessageTexts>

const Bulk = z.object({
  texts: MessageTexts,
  /** The template that the texts were taken from; unchanged, the message is that template's. */
  templateId: Id.optional(),
  /** Uploads that go with it, in every language; too large ones as links. */
  files: z.array(Id).max(30).default([]),
  /** Also to those who got the same message before. */
  again: z.boolean().default(false),
  mailboxId: Id.optional(),
  followUps: FollowUps.default([]),
})

/** Invitations by member, in the campaign's own text. */
const Invite = z.object({
  kind: z.enum(['invitation']),
  memberIds: z.array(Id).min(1).max(mostNamed).optional(),
  /** Instead of `memberIds`. */
  audience: MemberAudience.optional(),
  mailboxId: Id.optional(),
  followUps: FollowUps.default([]),
})
const whom = (wish: z.output<typeof Invite>): boolean =>
  (wish.memberIds === undefined) !== (wish.audience === undefined)
export const SendTo = Invite.refine(whom, { path: ['memberIds'] })
export const Send = Invite.extend({ key: IdempotencyKey }).refine(whom, { path: ['memberIds'] })
export const CampaignBulk = Bulk.extend({ audience: MemberAudience })
export const CampaignBulkSend = CampaignBulk.extend({ key: IdempotencyKey })
export const ContactBulk = Bulk.extend({ audience: ContactAudience })
export const ContactBulkSend = ContactBulk.extend({ key: IdempotencyKey })
/** What will happen if these mails are queued now. */
export const Plan = MailboxPlan.extend({
  /** The first of those left out; all of them are counted by reason. */
  leftOut: z.array(
    z.object({
      contactId: Id.optional(),
      memberId: Id.optional(),
      name: z.string(),
      reason: z.string(),
      missing: z.array(z.string()).optional(),
    }),
  ),
  leftOutTotal: z.number().int(),
  leftOutBy: z.record(z.string(), z.number().int()),
  /** Absent without follow-ups. */
  followUps: FollowUpsPlanned.optional(),
  preview: z.array(
    z.object({
      contactId: Id,
      memberId: Id.optional(),
      to: z.string(),
      subject: z.string(),
      text: z.string(),
      html: z.string(),
      files: z.array(z.object({ filename: z.string(), size: z.number().int(), asLink: z.boolean() })),
    }),
  ),
})
export type Plan = z.infer<typeof Plan>

export const LaunchState = z.enum(['running', 'done', 'stopped'])
/** What a launch has done until now. It goes on by itself while it runs. */
export const Sent = z.object({
  launchId: Id,
  state: LaunchState,
  total: z.number().int(),
  queued: z.number().int(),
  leftOut: z.number().int(),
  replayed: z.boolean(),
})
export type Sent = z.infer<typeof Sent>

export const Launch = z.object({
  id: Id,
  campaignId: Id.optional(),
  /** Absent: decisions. */
  kind: z.enum(['invitation', 'bulk']).optional(),
  state: LaunchState,
  why: z.string().optional(),
  subject: z.string(),
  total: z.number().int(),
  queued: z.number().int(),
  leftOut: z.number().int(),
  by: z.string(),
  createdAt: Instant,
})
export type Launch = z.infer<typeof Launch>
export const LaunchSteer = z.object({ wish: z.enum(['stop', 'resume']) })
