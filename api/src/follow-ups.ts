/** Follow-ups: what comes some days after a mail to many when nobody has answered, and where each person stands. */
import { z } from 'zod'
import { Id, Instant, PageQuery } from './common.ts'

export const mostFollowUps = 3
export const mostDays = 30

const Words = z.object({ body: z.string().trim().min(1).max(50_000) })
/** Without a subject: it answers the mail before, in the same thread. In one language it goes to everybody in it. */
export const FollowUp = z.object({
  /** Counted from when the mail before was accepted, by the calendar of the mailbox's zone. */
  afterDays: z.number().int().min(1).max(mostDays),
  texts: z.object({ en: Words.optional(), de: Words.optional() }),
})
export type FollowUp = z.infer<typeof FollowUp>
export const FollowUps = z.array(FollowUp).max(mostFollowUps)

/** What the sending plan says of them. */
export const FollowUpsPlanned = z.object({
  /** `reminder`: Kontor cannot see answers to this mailbox, and reminds a person instead. */
  how: z.enum(['mail', 'reminder']),
  /** If nobody at all answers. */
  most: z.number().int(),
  steps: z.array(z.object({ afterDays: z.number().int(), earliestAt: Instant.optional() })),
})
export type FollowUpsPlanned = z.infer<typeof FollowUpsPlanned>

export const CourseState = z.enum(['waiting', 'reminder', 'done', 'stopped'])
export type CourseState = z.infer<typeof CourseState>

const Reason = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

/** Where one person stands. */
export const Course = z.object({
  id: Id,
  launchId: Id,
  contactId: Id,
  memberId: Id.optional(),
  campaignId: Id.optional(),
  conversationId: Id.optional(),
  name: z.string(),
  address: z.string(),
  state: CourseState,
  /** The follow-up that comes next, from 1. */
  n: z.number().int(),
  of: z.number().int(),
  byHand: z.boolean(),
  /** When the next one leaves at the earliest. Absent: the mail before has not left yet. */
  dueAt: Instant.optional(),
  settledAt: Instant.optional(),
  /** Why it was stopped, or what holds it back. */
  reason: Reason.optional(),
})
export type Course = z.infer<typeof Course>
export const CourseQuery = PageQuery.extend({ state: CourseState.optional() })

/** A launch with what follows it. */
export const Followed = z.object({
  launchId: Id,
  campaignId: Id.optional(),
  campaignName: z.string().optional(),
  kind: z.enum(['invitation', 'bulk']),
  subject: z.string(),
  by: z.string(),
  createdAt: Instant,
  mailboxId: Id,
  mailboxAddress: z.string(),
  byHand: z.boolean(),
  people: z.number().int(),
  counts: z.object({
    waiting: z.number().int(),
    reminder: z.number().int(),
    done: z.number().int(),
    stopped: z.number().int(),
  }),
  /** Absent where answers are not seen and nobody noted one. */
  answered: z.number().int().optional(),
  followUps: FollowUps,
})
export type Followed = z.infer<typeof Followed>

export const FollowUpsChange = z.object({ followUps: FollowUps })
/** `answered`: an answer came that Kontor cannot see. */
export const FollowUpsEnd = z.object({
  why: z.enum(['stopped', 'answered']),
  /** Courses. Absent: everybody. */
  ids: z.array(Id).min(1).max(1000).optional(),
})
export const FollowUpsEnded = z.object({ count: z.number().int() })
export const FollowUpsSend = z.object({ ids: z.array(Id).min(1).max(1000) })
