/** The outbox: every mail that waits, when it leaves and why. */
import { z } from 'zod'
import { Id, Instant, pageOf } from './common.ts'
import { Capacity } from './mailboxes.ts'

export const MailKind = z.enum(['direct', 'invitation', 'approval', 'bulk', 'rejection'])
export type MailKind = z.infer<typeof MailKind>
export const SubmissionState = z.enum([
  'queued',
  'leased',
  'accepted',
  'failed',
  'in_doubt',
  'held',
  'cancelled',
  'suppressed',
])
export type SubmissionState = z.infer<typeof SubmissionState>

/** Why a mail leaves when it does. The page turns the code and its values into one sentence. */
export const Reason = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export type Reason = z.infer<typeof Reason>

/** What helps a held mail: an act in the outbox, or the place where its condition is mended. */
export const WayOut = z.enum([
  'release',
  'new_address',
  'move',
  'cancel',
  'open_contact',
  'open_campaign',
  'open_server',
])
export type WayOut = z.infer<typeof WayOut>

export const OutboxRow = z.object({
  id: Id,
  kind: MailKind,
  state: SubmissionState,
  mailboxId: Id,
  mailboxAddress: z.string(),
  contactId: Id.optional(),
  to: z.string(),
  toName: z.string(),
  subject: z.string(),
  campaignId: Id.optional(),
  campaignName: z.string().optional(),
  enqueuedAt: Instant,
  /** Expected time of leaving; absent while held, paused or unconfirmed. */
  expectedAt: Instant.optional(),
  position: z.number().int().optional(),
  reason: Reason,
  authorName: z.string().optional(),
  acceptedAt: Instant.optional(),
  /** When it was accepted, failed, cancelled or left out. */
  settledAt: Instant.optional(),
  /** How often it stayed unknown whether the provider had taken it; absent: never. */
  doubts: z.number().int().optional(),
  /** What may be done about a held mail, the best first. */
  waysOut: z.array(WayOut).optional(),
  promisedFor: z.iso.date().optional(),
  notBefore: Instant.optional(),
  /** Another mail that this one repeats. */
  againOf: Id.optional(),
  /** Unconfirmed mails: what is known of them. */
  doubt: z
    .object({
      /** When it was handed over. */
      since: Instant,
      diagnostic: z.string(),
      looks: z.number().int(),
      lookedAt: Instant.optional(),
      lookAgainAt: Instant.optional(),
      found: z.enum(['nothing_yet', 'unreachable']).optional(),
    })
    .optional(),
  /** Where a person can look in the provider's own Sent folder. */
  sentSearchUrl: z.string().optional(),
})
export type OutboxRow = z.infer<typeof OutboxRow>

/**
 * A page of the outbox. `total`: how many match on all pages; of mails that do not wait it is counted with the first page,
 * of past ones up to 10,000. `uncounted`: there are more than `total`. `asOf`: when it was read, by the server's clock.
 */
export const OutboxPage = pageOf(OutboxRow).extend({
  total: z.number().int(),
  uncounted: z.literal(true).optional(),
  asOf: Instant,
})
export type OutboxPage = z.infer<typeof OutboxPage>

const filter = {
  mailboxId: Id.optional(),
  campaignId: Id.optional(),
  kind: MailKind.optional(),
  q: z.string().trim().max(200).optional(),
}
export const OutboxSection = z.enum(['waiting', 'unconfirmed', 'held', 'past'])
export type OutboxSection = z.infer<typeof OutboxSection>
export const OutboxQuery = z.object({
  section: OutboxSection.default('waiting'),
  ...filter,
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
})
export type OutboxQuery = z.infer<typeof OutboxQuery>

export const OutboxSummary = z.object({
  waiting: z.number().int(),
  held: z.number().int(),
  unconfirmed: z.number().int(),
  lastAt: Instant.optional(),
  mailboxes: z.array(
    z.object({ mailboxId: Id, address: z.string(), capacity: Capacity, lastAt: Instant.optional() }),
  ),
})
export type OutboxSummary = z.infer<typeof OutboxSummary>

const matching = z.object({ section: OutboxSection, ...filter, before: Instant })
/** Which mails: named ones, or all that match. The latter are done in steps; `after` is the `next` of the step before. */
export const OutboxChoice = z.union([
  z.object({ ids: z.array(Id).min(1).max(1000) }),
  z.object({ matching, after: z.string().max(400).optional() }),
])
export type OutboxChoice = z.infer<typeof OutboxChoice>

/**
 * What is to be done with them. `front`: before everything else of its rank. `now`: outside the sending times, by way
 * of exception. `promise`: first on that day, null takes it back. `schedule`: not before, null takes it back. `move`: to
 * another mailbox. `new_address`: to the person's present address. `confirm_sent` and `confirm_unsent`: of an unconfirmed
 * mail, a person's word; unsent, the same mail waits again. `send_again`: a settled mail, once; it becomes a new one.
 */
export const OutboxDeed = z.discriminatedUnion('act', [
  z.object({
    act: z.enum([
      'cancel',
      'hold',
      'release',
      'front',
      'now',
      'new_address',
      'confirm_sent',
      'confirm_unsent',
      'send_again',
    ]),
  }),
  z.object({ act: z.literal('move'), to: Id }),
  z.object({ act: z.literal('promise'), date: z.iso.date().nullable() }),
  z.object({ act: z.literal('schedule'), at: Instant.nullable() }),
])
export type OutboxDeed = z.infer<typeof OutboxDeed>
export const OutboxAct = z.object({ choice: OutboxChoice, deed: OutboxDeed })
export type OutboxAct = z.infer<typeof OutboxAct>

export const OutboxActed = z.object({
  done: z.number().int(),
  /** Those that could not be, each with a stable code of why. */
  refused: z.array(z.object({ id: Id, code: z.string() })),
  /** There are more that match: ask again with it. */
  next: z.string().optional(),
})
export type OutboxActed = z.infer<typeof OutboxActed>

export const PlanDay = z.object({
  date: z.iso.date(),
  leaving: z.number().int(),
  alreadyWaiting: z.number().int(),
  /** Of the day's capacity, used before now. */
  used: z.number().int(),
  capacity: z.number().int(),
})
/** What will happen, day by day, if so many mails are queued in one mailbox now. */
export const MailboxPlan = z.object({
  mailboxId: Id,
  total: z.number().int(),
  days: z.array(PlanDay),
  /** Absent while the mailbox sends nothing. */
  firstAt: Instant.optional(),
  lastAt: Instant.optional(),
  delays: z.array(z.object({ kind: MailKind, count: z.number().int(), days: z.number().int() })),
})
export type MailboxPlan = z.infer<typeof MailboxPlan>

/** What will happen if mails leave from this mailbox instead. */
export const MovePlan = MailboxPlan.extend({
  /** On hold: they come along and stay so. */
  held: z.number().int(),
})
export type MovePlan = z.infer<typeof MovePlan>

/** Where all that waits in a mailbox might leave from instead. */
export const MoveWish = z.object({ to: Id })

/** What becomes of the mails that wait in a mailbox that was disconnected, and how far that is. */
export const WaitingDecision = z.object({
  choice: z.enum(['hold', 'cancel', 'reassign']),
  /** Address of the mailbox they move to. */
  to: z.string().optional(),
  state: z.enum(['running', 'stopped', 'done']),
  /** Stopped by a person, or because the other mailbox is gone. */
  why: z.enum(['by_person', 'reassign_target']).optional(),
  total: z.number().int(),
  done: z.number().int(),
})
export type WaitingDecision = z.infer<typeof WaitingDecision>
/** Absent while it has not begun. */
export const WaitingDecided = z.object({ decision: WaitingDecision.optional() })
export type WaitingDecided = z.infer<typeof WaitingDecided>
export const DecisionSteer = z.object({ wish: z.enum(['stop', 'resume']) })

/** Which mails something is meant to happen to, all of them at once. */
export const WholeChoice = z.union([
  z.object({ ids: z.array(Id).min(1).max(10_000) }),
  z.object({ matching }),
])
export type WholeChoice = z.infer<typeof WholeChoice>
export const ChosenMove = z.object({ choice: WholeChoice, to: Id })
export const AgainWish = z.object({ choice: WholeChoice })
/** What will happen if they are sent again now. */
export const AgainPlan = z.object({
  total: z.number().int(),
  /** By address; only those with mails that would be queued. */
  mailboxes: z.array(MailboxPlan.extend({ address: z.string() })),
  /** How many would be left as they are, by the code that the act gives. */
  leftOutBy: z.record(z.string(), z.number().int()),
})
export type AgainPlan = z.infer<typeof AgainPlan>

export const TestMessage = z.object({ submissionId: Id, to: z.string(), expectedAt: Instant.optional() })
export type TestMessage = z.infer<typeof TestMessage>
