/** The team inbox: conversations, what was written and received, and who takes care. */
import { z } from 'zod'
import { Id, IdempotencyKey, Instant } from './common.ts'
import { MailKind, Reason, SubmissionState } from './outbox.ts'

export const TeamState = z.enum(['needs_reply', 'waiting', 'done'])
export type TeamState = z.infer<typeof TeamState>

export const ConversationRow = z.object({
  id: Id,
  contactId: Id,
  contactName: z.string(),
  campaignId: Id.optional(),
  campaignName: z.string().optional(),
  teamState: TeamState,
  unread: z.boolean(),
  assigneeId: Id.optional(),
  assigneeName: z.string().optional(),
  subject: z.string(),
  snippet: z.string(),
  lastAt: Instant,
  lastDirection: z.enum(['in', 'out']),
  snoozedUntil: Instant.optional(),
  /** Came back from a snooze, and nobody has turned it since. */
  woken: z.boolean(),
  /** Withdrawn from the team: only its owner sees it. */
  withdrawn: z.boolean(),
})
export type ConversationRow = z.infer<typeof ConversationRow>

/** Kinds of what can be in a conversation, sent or received. */
export const EntryKind = z.enum([
  'direct',
  'invitation',
  'approval',
  'bulk',
  'rejection',
  'reply',
  'auto_reply',
  'bounce',
  'complaint',
  'own',
])
export type EntryKind = z.infer<typeof EntryKind>

export const InboxQuery = z.object({
  state: TeamState.optional(),
  who: z.enum(['mine', 'unassigned', 'mentioned']).optional(),
  snoozed: z.literal('true').optional(),
  campaignId: Id.optional(),
  mailboxId: Id.optional(),
  kind: EntryKind.optional(),
  q: z.string().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
export type InboxQuery = z.infer<typeof InboxQuery>

export const Attachment = z.object({
  id: Id,
  filename: z.string(),
  contentType: z.string(),
  size: z.number().int(),
  blocked: z.boolean(),
})

/** One entry of the history: a mail that waits or left (with its state), or one that was captured. */
export const HistoryEntry = z.object({
  id: Id,
  direction: z.enum(['in', 'out']),
  at: Instant,
  kind: z.enum(['mail', 'reply', 'auto_reply', 'bounce', 'complaint', 'own']),
  mailKind: MailKind.optional(),
  fromName: z.string(),
  fromAddress: z.string(),
  to: z.string(),
  subject: z.string(),
  /** The new text of a reply, or the text we wrote. */
  text: z.string(),
  /** Quoted history, folded by the page. */
  quoted: z.string(),
  /** Sanitised once when stored; shown in a sandboxed frame. */
  html: z.string().optional(),
  remoteImages: z.number().int(),
  attachments: z.array(Attachment),
  /** How the reply was matched: `in-reply-to`, `references`, `token`, `provider-thread`. */
  evidence: z.array(z.string()),
  answeredFrom: z.string().optional(),
  /** The address that it came from belongs to nobody yet: one click adds it to the influencer. */
  addressUnknown: z.boolean().optional(),
  /** Why it is an automatic reply, a bounce or a complaint: headers and parts that say so. */
  kindEvidence: z.array(z.string()).optional(),
  /** Of a bounce: whom it names. `ours`: the address is one that we wrote to, so it counts. */
  bounce: z
    .array(
      z.object({
        address: z.string(),
        permanent: z.boolean(),
        status: z.string(),
        why: z.string().optional(),
        ours: z.boolean(),
      }),
    )
    .optional(),
  /** Its content was erased; what it was and when it came stays. */
  erasedAt: Instant.optional(),
  submission: z
    .object({
      id: Id,
      state: SubmissionState,
      expectedAt: Instant.optional(),
      reason: Reason.optional(),
      acceptedAt: Instant.optional(),
      bounced: z.enum(['permanent', 'temporary']).optional(),
    })
    .optional(),
  authorName: z.string().optional(),
  mailboxAddress: z.string(),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

export const Note = z.object({
  id: Id,
  at: Instant,
  authorName: z.string(),
  text: z.string(),
  /** Names of those whom it calls; each stands in the text after an @. */
  mentions: z.array(z.string()),
})
export type Note = z.infer<typeof Note>
export const NoteNew = z.object({
  text: z.string().trim().min(1).max(10_000),
  mentions: z.array(Id).max(50).default([]),
})

/** What somebody did with the conversation; a snooze ends without anybody. */
export const Turn = z.object({
  id: Id,
  at: Instant,
  kind: z.enum(['assigned', 'done', 'reopened', 'snoozed', 'woke', 'withdrawn', 'returned']),
  personName: z.string().optional(),
  /** `assigned`: to whom, absent for nobody. */
  name: z.string().optional(),
  until: Instant.optional(),
})
export type Turn = z.infer<typeof Turn>

export const Suggestion = z.object({
  id: Id,
  messageId: Id,
  kind: z.enum(['declined']),
  evidence: z.string(),
})
export type Suggestion = z.infer<typeof Suggestion>
export const SuggestionDecision = z.object({ verdict: z.enum(['accepted', 'dismissed']) })

export const Conversation = z.object({
  id: Id,
  contactId: Id,
  contactName: z.string(),
  contactAddress: z.string(),
  campaignId: Id.optional(),
  campaignName: z.string().optional(),
  teamState: TeamState,
  assigneeId: Id.optional(),
  assigneeName: z.string().optional(),
  history: z.array(HistoryEntry),
  notes: z.array(Note),
  turns: z.array(Turn),
  snoozedUntil: Instant.optional(),
  withdrawn: z.boolean(),
  /** Every mailbox in it belongs to this person, who may take it from the team. */
  mayWithdraw: z.boolean(),
  others: z.array(
    z.object({ id: Id, campaignName: z.string().optional(), teamState: TeamState, lastAt: Instant }),
  ),
  /** Mailboxes this person may answer from; the first is the proposal. */
  senders: z.array(z.object({ mailboxId: Id, address: z.string(), level: z.enum(['full', 'send_only']) })),
  /** People who are writing here right now. */
  answering: z.array(z.string()),
  /** Grows with every message; sent back with an answer to notice that somebody was faster. */
  version: z.number().int(),
  memberState: z.string().optional(),
  /** What a message seems to say, with its own sentence, until somebody decides. */
  suggestions: z.array(Suggestion),
  /** Messages of this conversation that could not be read yet; their mailbox page offers to try again. */
  unreadable: z.array(z.object({ firstAt: Instant, nextAt: Instant.optional() })),
})
export type Conversation = z.infer<typeof Conversation>

export const Answer = z.object({
  key: IdempotencyKey,
  mailboxId: Id,
  subject: z.string().trim().max(300).optional(),
  text: z.string().trim().min(1).max(200_000),
  /** The version that was on the screen; a newer one is refused with 409 unless `overtake`. */
  version: z.number().int().optional(),
  overtake: z.literal(true).optional(),
})
export type Answer = z.infer<typeof Answer>
export const Written = z.object({ submissionId: Id, conversationId: Id, replayed: z.boolean() })

/** A new one-to-one mail to an influencer, in a campaign or outside any. */
export const DirectNew = Answer.extend({
  contactId: Id,
  campaignId: Id.optional(),
  subject: z.string().trim().min(1).max(300),
})

export const TeamStateChange = z.object({ teamState: TeamState })
export const Snooze = z.object({ until: Instant })
export const Withdrawal = z.object({ withdrawn: z.boolean() })
/** The version that was on the screen; without it everything counts as read. */
export const ReadUpTo = z.object({ version: z.number().int().min(0).optional() })
export const Assign = z.object({ personId: Id.nullable() })
export const InboxCounts = z.object({
  needsReply: z.number().int(),
  waiting: z.number().int(),
  done: z.number().int(),
  snoozed: z.number().int(),
  /** Mine and unread ones among those that need a reply. */
  mine: z.number().int(),
  unread: z.number().int(),
})
