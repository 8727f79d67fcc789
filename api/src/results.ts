/** Figures per campaign and per mailbox. Where a Send Only mailbox cannot know, a figure is absent, never 0. */
import { z } from 'zod'
import { CampaignStatus, MemberState } from './campaigns.ts'
import { Id } from './common.ts'
import { Level } from './mailboxes.ts'

export const CampaignResult = z.object({
  id: Id,
  name: z.string(),
  status: CampaignStatus,
  counts: z.record(MemberState, z.number().int()),
  replied: z.number().int().optional(),
  bounced: z.number().int().optional(),
  /** Median from the first mail that left to the person's first reply, in minutes. */
  minutesToReply: z.number().optional(),
})
export type CampaignResult = z.infer<typeof CampaignResult>

export const MailboxDay = z.object({
  /** Calendar day in the workspace's time zone. */
  date: z.iso.date(),
  sent: z.number().int(),
  replies: z.number().int().optional(),
  bounces: z.number().int().optional(),
})
export type MailboxDay = z.infer<typeof MailboxDay>

export const MailboxResult = z.object({
  id: Id,
  address: z.string(),
  level: Level,
  connected: z.boolean(),
  /** Oldest first; every day is there, also an empty one. */
  days: z.array(MailboxDay),
})
export type MailboxResult = z.infer<typeof MailboxResult>

export const Results = z.object({ campaigns: z.array(CampaignResult), mailboxes: z.array(MailboxResult) })
export type Results = z.infer<typeof Results>
