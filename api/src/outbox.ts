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
  /** How often nobody knew whether the provider had taken it; absent: never. */
  doubts: z.number().int().optional(),
  /** Unconfirmed mails: where a person can look in the provider's own Sent folder. */
  sentSearchUrl: z.string().optional(),
})
export type OutboxRow = z.infer<typeof OutboxRow>

/** A page of the outbox. `total`: how many match on all pages, where that is known. */
export const OutboxPage = pageOf(OutboxRow).extend({ total: z.number().int().optional() })
export type OutboxPage = z.infer<typeof OutboxPage>

export const OutboxQuery = z.object({
  section: z.enum(['waiting', 'unconfirmed', 'held', 'past']).default('waiting'),
  mailboxId: Id.optional(),
  campaignId: Id.optional(),
  kind: MailKind.optional(),
  q: z.string().max(200).optional(),
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

export const OutboxAct = z.object({
  ids: z.array(Id).min(1).max(1000),
  act: z.enum(['cancel', 'hold', 'release', 'front', 'confirm_sent', 'send_again']),
})
export const OutboxActed = z.object({
  done: z.number().int(),
  refused: z.array(z.object({ id: Id, code: z.string() })),
})
