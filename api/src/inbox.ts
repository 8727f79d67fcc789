/** The team inbox: conversations, what was written and received, and who takes care. */
import { z } from 'zod'
import { AddressText, Id, IdempotencyKey, Instant, Language } from './common.ts'
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
  /** Named as an image that the page may ask for; whether it is one is decided by its bytes. */
  image: z.boolean(),
  /** Belongs into the layout of the mail. */
  inline: z.boolean(),
})
export type Attachment = z.infer<typeof Attachment>

/** A file that was too large for the mail and lies behind a link. */
export const LinkedFile = z.object({
  id: Id,
  filename: z.string(),
  size: z.number().int(),
  /** Absent while its mail has not left. */
  expiresAt: Instant.optional(),
  revoked: z.boolean(),
  downloads: z.number().int(),
})
export type LinkedFile = z.infer<typeof LinkedFile>

/** One entry of the history: a mail that waits or left (with its state), or one that was captured. */
export const HistoryEntry = z.object({
  id: Id,
  direction: z.enum(['in', 'out']),
  at: Instant,
  kind: z.enum(['mail', 'reply', 'auto_reply', 'bounce', 'complaint', 'own']),
  mailKind: MailKind.optional(),
  fromName: z.string(),
  fromAddress: z.string(),
  /** Everybody it was addressed to. */
  to: z.string(),
  subject: z.string(),
  /** The new text of a reply, or the text we wrote. */
  text: z.string(),
  /** Quoted history, folded by the page. */
  quoted: z.string(),
  /** Layout of a mail of ours: paragraphs, bold, italic, lists and links, nothing else. */
  rich: z.string().optional(),
  /** A received mail has a layout of its own, served by `…/messages/{id}/html` for a sandboxed frame. */
  hasHtml: z.boolean(),
  /** The layout shows images that came with the mail. */
  inlineImages: z.boolean(),
  remoteImages: z.number().int(),
  /** Broke a limit: its layout is too long and its text stands for it, or words of it may be missing here. */
  shown: z.enum(['as_text', 'in_part']).optional(),
  attachments: z.array(Attachment),
  links: z.array(LinkedFile),
  /** How the reply was matched: `in-reply-to`, `references`, `token`, `provider-thread`. */
  evidence: z.array(z.string()),
  /** Another sender than the influencer's addresses. */
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
        /** It came back because of our own mailbox. */
        blamesSender: z.boolean().optional(),
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
      /** This person may take it back into a draft. */
      mayTakeBack: z.boolean(),
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
  kind: z.enum([
    'assigned',
    'done',
    'reopened',
    'snoozed',
    'woke',
    'withdrawn',
    'returned',
    'asked',
    'taken_back',
  ]),
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

/** Sizes and names of a file that was uploaded for a mail. */
export const UploadNew = z.object({
  filename: z.string().min(1).max(400),
  contentType: z.string().max(200).default('application/octet-stream'),
  size: z.number().int().min(1),
})
export const Upload = z.object({
  id: Id,
  filename: z.string(),
  contentType: z.string(),
  size: z.number().int(),
  /** Everything is here. */
  whole: z.boolean(),
  /** Bytes of each part of the upload; only the last is shorter. */
  partBytes: z.number().int(),
  /** Providers reject emails with a file of this kind: to many it goes as a link. */
  linkOnly: z.boolean(),
})
export type Upload = z.infer<typeof Upload>

/** A file of a mail, in it or behind a link. */
export const FileChoice = z.object({ uploadId: Id, asLink: z.boolean().default(false) })
export type FileChoice = z.infer<typeof FileChoice>

/** What is being written. With `html` the text is its plain twin and made by the server. */
const words = {
  mailboxId: Id,
  /** Absent: whoever wrote last, else the influencer's preferred address. */
  to: AddressText.optional(),
  cc: z.array(AddressText).max(20).default([]),
  text: z.string().max(200_000).default(''),
  html: z.string().max(400_000).optional(),
  files: z.array(FileChoice).max(30).default([]),
}

export const DraftSave = z.object({
  ...words,
  mailboxId: Id.optional(),
  subject: z.string().max(300).default(''),
  seenVersion: z.number().int().min(0).optional(),
  /** The revision that was changed; absent for the first words. */
  revision: z.number().int().min(1).optional(),
})
export type DraftSave = z.infer<typeof DraftSave>

export const Draft = z.object({
  id: Id,
  contactId: Id,
  campaignId: Id.optional(),
  authorId: Id,
  authorName: z.string(),
  mailboxId: Id.optional(),
  to: z.string().optional(),
  cc: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string().optional(),
  files: z.array(
    FileChoice.extend({ filename: z.string(), size: z.number().int(), contentType: z.string() }),
  ),
  seenVersion: z.number().int().optional(),
  /** Asked to send it. */
  approverId: Id.optional(),
  approverName: z.string().optional(),
  revision: z.number().int(),
  changedByName: z.string(),
  changedAt: Instant,
})
export type Draft = z.infer<typeof Draft>
export const DraftNew = DraftSave.extend({ contactId: Id, campaignId: Id.optional() })
export const DraftQuery = z.object({ contactId: Id, campaignId: Id.optional() })
/** Null takes the question back. */
export const DraftAsk = z.object({ personId: Id.nullable() })

/** A mailbox that this person may send from. */
export const Sender = z.object({
  mailboxId: Id,
  address: z.string(),
  displayName: z.string(),
  signature: z.string(),
  level: z.enum(['full', 'send_only']),
  /** Bytes of files that one mail from here can carry. */
  filesLimit: z.number().int(),
})
export type Sender = z.infer<typeof Sender>

export const Conversation = z.object({
  id: Id,
  contactId: Id,
  contactName: z.string(),
  contactAddress: z.string(),
  campaignId: Id.optional(),
  campaignName: z.string().optional(),
  subject: z.string(),
  teamState: TeamState,
  assigneeId: Id.optional(),
  assigneeName: z.string().optional(),
  history: z.array(HistoryEntry),
  notes: z.array(Note),
  turns: z.array(Turn),
  drafts: z.array(Draft),
  snoozedUntil: Instant.optional(),
  withdrawn: z.boolean(),
  /** Every mailbox in it belongs to this person, who may take it from the team. */
  mayWithdraw: z.boolean(),
  others: z.array(
    z.object({ id: Id, campaignName: z.string().optional(), teamState: TeamState, lastAt: Instant }),
  ),
  /** Who gets an answer, and whom "answer all" adds. */
  replyTo: z.object({ address: z.string(), name: z.string() }),
  replyAll: z.array(z.string()),
  /** Mailboxes this person may answer from; the first is the proposal. */
  senders: z.array(Sender),
  /** The mailbox of the conversation, when this person may not send from it. */
  closedSender: z
    .object({ mailboxId: Id, address: z.string(), ownerId: Id, ownerName: z.string() })
    .optional(),
  /** People who are writing here right now. */
  answering: z.array(z.string()),
  /** Grows with every message; sent back with an answer to notice that somebody was faster. */
  version: z.number().int(),
  /** Every campaign the influencer is in, the newest first. */
  campaigns: z.array(z.object({ id: Id, name: z.string(), state: z.string() })),
  /** What a message seems to say, with its own sentence, until somebody decides. */
  suggestions: z.array(Suggestion),
  /** Messages of this conversation that could not be read yet; their mailbox page offers to try again. */
  unreadable: z.array(z.object({ firstAt: Instant, nextAt: Instant.optional() })),
})
export type Conversation = z.infer<typeof Conversation>

export const Answer = z.object({
  ...words,
  key: IdempotencyKey,
  subject: z.string().trim().max(300).default(''),
  /** The version that was on the screen; a newer one is refused with 409 unless `overtake`. */
  version: z.number().int().optional(),
  overtake: z.literal(true).optional(),
  /** The draft that it was; gone once the mail waits. */
  draftId: Id.optional(),
  /** Ten seconds in which it can be taken back. */
  undo: z.literal(true).optional(),
  /** Not before this time. */
  notBefore: Instant.optional(),
  /** The team state once it is queued. */
  teamState: z.literal('done').optional(),
})
export type Answer = z.infer<typeof Answer>
export const Written = z.object({
  submissionId: Id,
  conversationId: Id,
  replayed: z.boolean(),
  /**
   * Replayed: what has become of the mail by now, whatever time was asked for again. `at`: when it leaves, or when its
   * provider took it.
   */
  known: z.object({ state: SubmissionState, at: Instant.optional() }).optional(),
})
export type Written = z.infer<typeof Written>

/** A new one-to-one mail to an influencer, in a campaign or outside any. */
export const DirectNew = Answer.omit({ version: true, overtake: true, teamState: true }).extend({
  contactId: Id,
  campaignId: Id.optional(),
  subject: z.string().trim().min(1).max(300),
})

export const TakenBack = z.object({ draftId: Id })
/** What the page behind a link shows. */
export const OpenFile = z.object({
  filename: z.string(),
  size: z.number().int(),
  expiresAt: Instant.optional(),
  senderName: z.string(),
  language: Language,
})
export type OpenFile = z.infer<typeof OpenFile>

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
export type InboxCounts = z.infer<typeof InboxCounts>
