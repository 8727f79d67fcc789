/**
 * How the practice providers behave, by name, with what is normal. Each behaviour can be set for everybody, or ordered for one
 * mailbox, for some calls, or by chance (faults.ts); an order wins over what is set.
 */
import { InputError, type Reader } from './json.ts'

export interface Behaviour {
  /** Sending replaces the client's Message-ID, as Gmail does. */
  readonly messageIdRewrite: boolean
  /** An answer with another subject opens a thread of its own. */
  readonly threadNeedsSameSubject: boolean
  /** Units (Google's price of each method) that one mailbox may spend in a minute; 0 for no limit. Google's figure: 6000. */
  readonly unitsPerMinute: number
  /** Mails that one mailbox may send in any 24 hours; 0 for no limit. Google's figures: 500 and 2000. */
  readonly sendsPerDay: number
  /** Bytes of a mail, or of the whole request where that counts; 0 for the provider's own limit. */
  readonly mostMailBytes: number
  /** Google: days that a refresh token lives when it may do more than sign in; 0 for no end. Of an app in testing: 7. */
  readonly refreshTokenDays: number
  /** Google: refresh tokens of one account that live at once; the next one ends the oldest. */
  readonly mostRefreshTokens: number
  /** Google: revoking one token ends everything that the account ever granted. */
  readonly revokeEndsAll: boolean
  /** Google: a grant that holds gmail.metadata beside wider scopes may not read contents. */
  readonly metadataPoisons: boolean
  /** Google: a mailbox pushes once in a second at most, and what is more is dropped. */
  readonly pushOncePerSecond: boolean
  /** Seconds until a push that was not taken comes again; each wait is twice the one before, up to ten minutes. 0: it does not. */
  readonly pushRetrySeconds: number
  /** Seconds of real time within which a push has to be answered; what takes longer was not taken. Graph asks for 3. */
  readonly pushAnswerSeconds: number
  /** Google: the history id in a push is a number, not a text. */
  readonly pushedNumber: boolean
  /** Google: days that a watch lasts. */
  readonly watchDays: number
  /** Days that history and delta links reach back. */
  readonly historyDays: number
  /** Google and Microsoft: a permission that tokens come without, although it was asked for and allowed; empty for none. */
  readonly withheldScope: string
  /** Seconds that an access token lives. */
  readonly accessTokenSeconds: number
  /** Microsoft: days without use that end a refresh token. */
  readonly refreshTokenIdleDays: number
  /** Microsoft: a refresh token goes on living after it was exchanged for the next one. */
  readonly oldRefreshTokenLives: boolean
  /** Microsoft: a token holds everything that the account or an admin ever allowed, not only what was asked for. */
  readonly consentsAddUp: boolean
  /** Microsoft: milliseconds of practice time until a sent mail is seen in Sent Items. */
  readonly sentCopyAfterMs: number
  /** Microsoft: what lies in Sent Items has no internet headers. */
  readonly sentHeadersMissing: boolean
  /** Microsoft: a mail without references joins the conversation of the same subject, as Exchange may do. */
  readonly conversationBySubject: boolean
  /** Microsoft: the wish for ids that outlive a move is heard. */
  readonly immutableIds: boolean
  /** Microsoft: requests of one mailbox that may be under way at once; 0 for no limit. */
  readonly callsAtOnce: number
  /** Microsoft: the longest life of a subscription. */
  readonly subscriptionMinutes: number
  /** Practice mail server: what SMTP takes lies in Sent at once, as some providers have it; else the client files it. */
  readonly mailServerFilesSent: boolean
  /** Practice mail server: it tells of new mail over a connection that is kept open (IDLE). */
  readonly mailServerIdles: boolean
  /** Practice mail server: tokens are shown with OAUTHBEARER, too, and not with XOAUTH2 alone. */
  readonly mailServerOAuthBearer: boolean
}

export type BehaviourName = keyof Behaviour

export const NORMAL: Behaviour = {
  messageIdRewrite: true,
  threadNeedsSameSubject: false,
  unitsPerMinute: 0,
  sendsPerDay: 0,
  mostMailBytes: 0,
  refreshTokenDays: 0,
  mostRefreshTokens: 100,
  revokeEndsAll: true,
  metadataPoisons: true,
  pushOncePerSecond: true,
  pushRetrySeconds: 10,
  pushAnswerSeconds: 10,
  pushedNumber: false,
  watchDays: 7,
  historyDays: 7,
  withheldScope: '',
  accessTokenSeconds: 3600,
  refreshTokenIdleDays: 90,
  oldRefreshTokenLives: true,
  consentsAddUp: false,
  sentCopyAfterMs: 0,
  sentHeadersMissing: true,
  conversationBySubject: false,
  immutableIds: true,
  callsAtOnce: 4,
  subscriptionMinutes: 10_080,
  mailServerFilesSent: false,
  mailServerIdles: true,
  mailServerOAuthBearer: true,
}

export const BEHAVIOUR_NAMES: readonly BehaviourName[] = Object.keys(NORMAL).filter(isBehaviour)

export function isBehaviour(name: string): name is BehaviourName {
  return name in NORMAL
}

/** The behaviours where no call of a client is under way: mail that arrives, and what is told of it. */
export const WITHOUT_CALL: readonly string[] = [
  'threadNeedsSameSubject',
  'pushOncePerSecond',
  'pushRetrySeconds',
  'pushAnswerSeconds',
  'pushedNumber',
]

/** What a body says about behaviours for everybody; what it leaves out, or orders for some, stays as before. */
export function readBehaviour(reader: Reader, before: Behaviour): Behaviour {
  const changes = BEHAVIOUR_NAMES.filter(
    (name) => reader.raw(name) !== undefined && typeof reader.raw(name) !== 'object',
  ).map((name) => [name, checked(name, reader.raw(name), name)] as const)
  return { ...before, ...Object.fromEntries(changes) }
}

/** A value that this behaviour may have; `field` is what it is called where it stands. */
export function checked(name: BehaviourName, value: unknown, field: string): boolean | number | string {
  const usual = NORMAL[name]
  if (typeof usual === 'boolean') {
    if (typeof value === 'boolean') return value
    throw new InputError(`"${field}" must be true or false.`)
  }
  if (typeof usual === 'number') {
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value
    throw new InputError(`"${field}" must be a number from 0.`)
  }
  if (typeof value === 'string') return value
  throw new InputError(`"${field}" must be a text.`)
}
