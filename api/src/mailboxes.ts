/** Connecting, describing and steering mailboxes (product: Connecting a mailbox). */
import { z } from 'zod'
import { Id, Instant, ZoneName } from './common.ts'

export const Provider = z.enum(['gmail', 'microsoft', 'imap'])
export type Provider = z.infer<typeof Provider>
export const Level = z.enum(['full', 'send_only'])
export type Level = z.infer<typeof Level>
/** Who sees its conversations and may send from it. */
export const Sharing = z.enum(['team', 'team_sees', 'named'])
export type Sharing = z.infer<typeof Sharing>
export const Health = z.enum([
  'connecting',
  'active',
  'waiting_for_admin',
  'throttled',
  'reconnect_needed',
  'paused',
  'disconnected',
])
export type Health = z.infer<typeof Health>

/** A place where mailboxes can be connected. Practice ones appear in practice workspaces only. */
export const Endpoint = z.object({
  key: z.string(),
  provider: Provider,
  label: z.string(),
  products: z.string(),
  /** Domains whose addresses sign in there rather than with a password. */
  domains: z.array(z.string()),
  configured: z.boolean(),
  practice: z.boolean(),
  /** One signs in with a password on our own page. */
  byPassword: z.boolean(),
  /** Full Access may need an admin of the person's organisation there. */
  mayNeedAdmin: z.boolean(),
})
export type Endpoint = z.infer<typeof Endpoint>

export const Capacity = z.object({
  limit: z.number().int(),
  used: z.number().int(),
  usedElsewhere: z.number().int(),
  reserved: z.number().int(),
  waiting: z.number().int(),
})
export type Capacity = z.infer<typeof Capacity>

/**
 * What the address is to the account that signed in: its own, another of its addresses whose mail lies in the same
 * place, or a mailbox of its own that the account may use.
 */
export const Place = z.enum(['own', 'alias', 'shared'])

/** How Kontor learns of new mail of a mailbox that it reads. */
export const Learning = z.object({
  /** The provider posts notices, the mail server tells over a connection that is kept open, or Kontor looks by itself. */
  by: z.enum(['notices', 'connection', 'looks']),
  /** Seconds between two looks: where something happens, and where nothing does. */
  lookSeconds: z.object({ least: z.number().int(), most: z.number().int() }),
  /** What keeps the provider from telling. */
  why: z.enum(['no_public_address', 'not_set_up', 'not_offered', 'refused', 'crowded']).optional(),
})
export type Learning = z.infer<typeof Learning>

export const Mailbox = z.object({
  id: Id,
  address: z.string(),
  endpoint: z.string(),
  provider: Provider,
  level: Level,
  place: Place,
  /** The account through which another address is reached, by its own address. */
  account: z.string().optional(),
  ownerId: Id,
  ownerName: z.string(),
  isDefault: z.boolean(),
  maySend: z.boolean(),
  maySteer: z.boolean(),
  /** Its owner: decides who sees and sends, and what is read. */
  mayShare: z.boolean(),
  displayName: z.string(),
  signature: z.string(),
  /** Simple layout; empty when it is plain. `signature` is its plain twin. */
  signatureHtml: z.string(),
  sharing: Sharing,
  namedMembers: z.array(Id),
  health: Health,
  /** Stable code of why, translated by the page: `revoked`, `scope_missing`, `admin_needed`, … */
  healthReason: z.string().optional(),
  throttledUntil: Instant.optional(),
  lastCheckedAt: Instant.optional(),
  /** Absent where nothing is read. */
  learning: Learning.optional(),
  /** Replies with another subject are found, too: three headers of new mail outside our threads are asked for. */
  findsChangedSubjects: z.boolean(),
  disconnectedAt: Instant.optional(),
  zone: ZoneName,
  dailyLimit: z.number().int(),
  windowFrom: z.string(),
  windowTo: z.string(),
  windowDays: z.array(z.number().int().min(1).max(7)),
  paceSeconds: z.number().int(),
  reserve: z.number().int(),
  capacity: Capacity,
})
export type Mailbox = z.infer<typeof Mailbox>

export const Connect = z.object({
  endpoint: z.string().max(60),
  level: Level,
  sharing: Sharing.default('team'),
  namedMembers: z.array(Id).max(100).default([]),
})
export type Connect = z.infer<typeof Connect>
/** The page to which the browser goes next; it comes back to `/settings/integrations`. */
export const Consent = z.object({ authorizeUrl: z.string() })
export const LevelChanged = Consent.partial()

export const MailServer = z.object({
  host: z
    .string()
    .trim()
    .max(253)
    .regex(/^[\w-]+(\.[\w-]+)+$/),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls']),
})
export type MailServer = z.infer<typeof MailServer>
/** What a person types on our own sign-in page; `state` is in its address. Servers are found from the address unless given. */
export const PasswordSignIn = z.object({
  state: z.string().max(200),
  address: z.email().max(254),
  name: z.string().trim().max(120).default(''),
  user: z.string().trim().min(1).max(254).optional(),
  password: z.string().min(1).max(500),
  smtp: MailServer.optional(),
  imap: MailServer.optional(),
})
export type PasswordSignIn = z.input<typeof PasswordSignIn>
export const SignInComplaint = z.object({
  at: z.enum(['address', 'smtp', 'imap']),
  verdict: z.enum([
    'servers_unknown',
    'host_unknown',
    'host_inside',
    'port_refused',
    'nobody_listens',
    'too_slow',
    'speaks_plainly',
    'speaks_tls',
    'no_starttls',
    'certificate',
    'no_login',
    'login_refused',
    'imap_off',
    'no_sent_folder',
    'busy',
    'broke_off',
  ]),
  /** The server's own words. */
  detail: z.string(),
  server: z.string().optional(),
  /** Where this provider makes passwords for apps. */
  appPasswords: z.string().optional(),
})
export type SignInComplaint = z.infer<typeof SignInComplaint>
/** Either the outcome, to be read under its handle, or what is wrong. */
export const SignInAnswer = z.object({ handle: Id.optional(), complaint: SignInComplaint.optional() })

/** A person waits for an admin at the provider; `url` is the page for that admin, who needs no account here. */
export const AdminRequest = z.object({
  id: Id,
  endpoint: z.string(),
  provider: Provider,
  label: z.string(),
  sharing: Sharing,
  namedMembers: z.array(Id),
  /** A mailbox that is connected already and is to read. */
  mailboxId: Id.optional(),
  /** Mailboxes that are shared with the account are to be read, too. */
  shared: z.boolean(),
  address: z.string().optional(),
  askedAt: Instant,
  /** What an admin said; what was really allowed is known from the next sign-in. */
  answer: z.enum(['agreed', 'declined']).optional(),
  url: z.string(),
})
export type AdminRequest = z.infer<typeof AdminRequest>
export const AskAdmin = z.object({
  endpoint: z.string().max(60),
  sharing: Sharing.default('team'),
  namedMembers: z.array(Id).max(100).default([]),
  mailboxId: Id.optional(),
  shared: z.boolean().default(false),
})

export const MailboxChange = z.object({
  displayName: z.string().trim().max(120).optional(),
  /** Plain; clears the layout. */
  signature: z.string().max(4000).optional(),
  /** With layout; its plain twin is made from it. */
  signatureHtml: z.string().max(20_000).optional(),
  sharing: Sharing.optional(),
  namedMembers: z.array(Id).max(100).optional(),
  findsChangedSubjects: z.boolean().optional(),
  zone: ZoneName.optional(),
  dailyLimit: z.number().int().min(1).max(300).optional(),
  windowFrom: z
    .string()
    .regex(/^\d\d:\d\d$/)
    .optional(),
  windowTo: z
    .string()
    .regex(/^\d\d:\d\d$/)
    .optional(),
  windowDays: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(),
  paceSeconds: z.number().int().min(0).max(3600).optional(),
  reserve: z.number().int().min(0).max(300).optional(),
})
export type MailboxChange = z.infer<typeof MailboxChange>

/** The part of a change that says when mails may leave. */
export const ScheduleChange = MailboxChange.pick({
  zone: true,
  dailyLimit: true,
  windowFrom: true,
  windowTo: true,
  windowDays: true,
  paceSeconds: true,
  reserve: true,
})
export type ScheduleChange = z.infer<typeof ScheduleChange>

/** What it would mean for the mails that wait; times are absent while the mailbox stands still. */
export const Foreseen = z.object({
  waiting: z.number().int(),
  lastAt: Instant.optional(),
  thenLastAt: Instant.optional(),
  /** How many would leave on a later day, and on an earlier one. */
  later: z.number().int(),
  earlier: z.number().int(),
})
export type Foreseen = z.infer<typeof Foreseen>

/** The name and signature that the provider keeps for the address, to be taken over or not. */
export const SignatureOffer = z.object({
  displayName: z.string(),
  signature: z.string(),
  signatureHtml: z.string(),
})
export type SignatureOffer = z.infer<typeof SignatureOffer>

/** Another address that the account of a mailbox may send as; `connected`: somebody here has it already. */
export const OfferedAddress = z.object({ address: z.string(), name: z.string(), connected: z.boolean() })
export type OfferedAddress = z.infer<typeof OfferedAddress>
export const AddressWish = z.object({ address: z.email().max(254) })
export const AddressAdded = z.object({ mailboxId: Id })
/** A mailbox that is shared with the account of a connected one. */
export const SharedWish = z.object({
  address: z.email().max(254),
  /** Who sends from it, for the recipients; empty: the name of the workspace. */
  name: z.string().trim().max(120).default(''),
  /** At most that of the account. */
  level: Level.default('full'),
})
export type SharedWish = z.input<typeof SharedWish>
/** Whether the provider accepts the address as sender now; unknown: it could not be asked. */
export const SenderCheck = z.object({ sender: z.enum(['accepted', 'refused', 'unknown']) })
export type SenderCheck = z.infer<typeof SenderCheck>

export const DefaultChoice = z.object({ mailboxId: Id })
export const LevelChange = z.object({
  level: Level,
  /** From Full Access to Send Only: what becomes of stored replies. */
  stored: z.enum(['keep', 'erase']).default('keep'),
  /** From Send Only to Full Access: look for replies to what Kontor sent before. */
  fetchEarlier: z.boolean().default(false),
})
export type LevelChange = z.input<typeof LevelChange>

export const Disconnect = z.object({
  queue: z.enum(['hold', 'cancel', 'reassign']),
  reassignTo: Id.optional(),
  stored: z.enum(['keep', 'erase']),
})
export type Disconnect = z.infer<typeof Disconnect>
export const DisconnectResult = z.object({
  /** Waiting mails that the choice concerned. */
  queued: z.number().int(),
  revoked: z.boolean(),
  /** Messages that are being erased; the certificate says when it is done. */
  erased: z.number().int(),
  /** Where the person takes the consent back by hand, when the provider cannot be told. */
  consentPage: z.string().optional(),
})

/** What a connection attempt came back with; read once by the page after the redirect. */
export const ConnectOutcome = z.object({
  outcome: z.enum(['connected', 'partial', 'denied', 'other_account', 'expired', 'failed', 'admin_needed']),
  mailboxId: Id.optional(),
  address: z.string().optional(),
  missing: z.array(z.enum(['send', 'read', 'shared', 'shared_read'])).optional(),
  level: Level.optional(),
  endpoint: z.string().optional(),
  detail: z.string().optional(),
  /** Where the person takes a wider consent back by hand. */
  consentPage: z.string().optional(),
  /** The shared mailbox that the person wanted to add when this began. */
  sharedAddress: z.string().optional(),
  /** What was typed and chosen for it. */
  sharedName: z.string().optional(),
  sharedLevel: Level.optional(),
})
export type ConnectOutcome = z.infer<typeof ConnectOutcome>

/** One line of the access log: identifiers seen, thread headers seen, or content opened. */
export const LedgerEntry = z.object({
  seq: z.number().int(),
  at: Instant,
  phase: z.enum(['before', 'after']),
  call: z.string(),
  purpose: z.string(),
  depth: z.enum(['nothing', 'identifiers', 'thread_headers', 'content']),
  touched: z.number().int(),
  times: z.number().int(),
  outcome: z.string().optional(),
  hash: z.string(),
})
export type LedgerEntry = z.infer<typeof LedgerEntry>
/** How much was touched since `since`, by depth: the highest depth that each call reached. */
export const LedgerSummary = z.object({
  since: Instant,
  identifiers: z.number().int(),
  threadHeaders: z.number().int(),
  opened: z.number().int(),
  sent: z.number().int(),
})
export type LedgerSummary = z.infer<typeof LedgerSummary>
export const LedgerCheck = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  brokenAt: z.number().int().optional(),
})

export const OutageReport = z.object({
  id: Id,
  from: Instant,
  to: Instant,
  recovered: z.number().int(),
  /** Could not be read when the check ended. */
  setAside: z.number().int(),
  complete: z.boolean(),
  /** Nobody looked · the provider had forgotten the position · a person asked for the time before. */
  reason: z.enum(['gap', 'expired', 'earlier']),
  /** Of one that is not complete, why: its provider does not answer · said to wait · refuses. */
  heldBy: z.enum(['silent', 'told_to_wait', 'refused']).optional(),
})
export type OutageReport = z.infer<typeof OutageReport>

/** A message of ours that could not be read (yet). */
export const Unread = z.object({
  reason: z.enum(['unreadable', 'rejected', 'transient']),
  firstAt: Instant,
  /** When it is tried again by itself; absent when a person has to ask for it. */
  nextAt: Instant.optional(),
  contactId: Id.optional(),
  contactName: z.string().optional(),
})
export type Unread = z.infer<typeof Unread>
