/**
 * The port to send and to read: what the product asks of a provider, in our words only.
 *
 * An adapter is a translation and never a feature list. Failures are data of one kind each
 * (`ProviderFailure`); an adapter throws nothing but programming errors. Cursors are opaque.
 * Nothing reaches a provider past the ledger, which decorates this port.
 */

/** What a provider can answer instead of doing what was asked. */
export type ProviderFailure =
  | { readonly kind: 'transient'; readonly diagnostic: string }
  /** The provider told us to wait; its word wins over our own pace. */
  | { readonly kind: 'throttled'; readonly until: Temporal.Instant; readonly diagnostic: string }
  /** The provider's own daily limit is reached. */
  | { readonly kind: 'quota_day'; readonly until: Temporal.Instant; readonly diagnostic: string }
  /** This message was refused before anything was accepted. */
  | {
      readonly kind: 'rejected'
      readonly why: string
      readonly permanent: boolean
      readonly diagnostic: string
    }
  /** The grant does not work any more; `why` is a stable code (`revoked`, `expired`, `password_changed`, …). */
  | { readonly kind: 'unauthorised'; readonly why: string; readonly diagnostic: string }
  | { readonly kind: 'admin_needed'; readonly diagnostic: string }
  /** The account may not send as this address, or not any more. Nothing was accepted; the grant itself works. */
  | { readonly kind: 'sender_refused'; readonly diagnostic: string }
  /** The account may not use this mailbox, or nobody knows it. Nothing was accepted; the grant itself works. */
  | { readonly kind: 'mailbox_refused'; readonly why: 'no_right' | 'unknown'; readonly diagnostic: string }
  | {
      readonly kind: 'scope_missing'
      readonly missing: readonly ('send' | 'read')[]
      readonly diagnostic: string
    }
  /** The request may have been accepted: never tried again without looking. */
  | { readonly kind: 'unknown_outcome'; readonly diagnostic: string }
  | { readonly kind: 'cursor_expired'; readonly diagnostic: string }
  | { readonly kind: 'not_found'; readonly diagnostic: string }
  /** Our own registration or request is wrong: the admin must act, the user is not to blame. */
  | { readonly kind: 'our_config'; readonly diagnostic: string }

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ProviderFailure }

/** What the provider said on accepting a message. Either id may be unknown (Microsoft answers with nothing). */
export interface Accepted {
  readonly providerMessageId?: string
  readonly providerThreadId?: string
}

/** One message in the mailbox, by identifiers alone. `own` marks what the mailbox itself sent. */
export interface Change {
  readonly providerMessageId: string
  readonly providerThreadId?: string
  readonly own: boolean
}

export interface Changes {
  readonly changes: readonly Change[]
  /** Ids of messages that had to be seen to find out where reading begins, and are no changes. */
  readonly passed?: readonly string[]
  readonly cursor: string
  /** More lies behind this page: ask again with `cursor` at once. */
  readonly more: boolean
}

/** Exactly the headers needed for the match, as they stand in the message; nothing else may be returned. */
export interface ThreadHeaders {
  readonly messageId?: string
  readonly inReplyTo?: string
  readonly references?: string
}

export interface SentHints {
  /** Our Message-ID as submitted; some providers replace it. */
  readonly messageId: string
  /** Our token root id, which survives in References. */
  readonly token: string
  readonly to: string
  /** Sent at or after. */
  readonly since: Temporal.Instant
  /** When the provider was asked to send: some file the copy in Sent only a while later. */
  readonly attemptedAt: Temporal.Instant
  /** Sent at or before, where that is known: nothing later is looked through. */
  readonly until?: Temporal.Instant
}

export interface Identity {
  readonly address: string
  readonly name: string
  readonly signatureHtml?: string
  readonly primary: boolean
}

/** Where the person's account is, from the sign-in: stable id and address. */
export interface Account {
  readonly accountId: string
  readonly address: string
  readonly name: string
}

/** What a provider needs to know to tell us that something came. */
export interface WatchWish {
  /** Where it tells, and where it tells of the watch itself. */
  readonly notifyUrl: string
  readonly lifecycleUrl: string
  /** Comes back with every notice of a watch that begins now, where the provider has room for it. */
  readonly secret: string
  /** The handle of the watch before: continued where the provider still has it. */
  readonly previous?: string
}

export interface Watch {
  readonly until: Temporal.Instant
  /** What the provider calls it; empty where the mailbox itself is what is watched. */
  readonly handle: string
  /** It began now, with the secret of the wish: nothing told of what came before. */
  readonly begun: boolean
}

/** Something that a provider posted to us, from whoever it may be. */
export interface Knock {
  readonly body: string
  readonly authorization: string | undefined
  /** The query of the address. */
  readonly asked: URLSearchParams
  /** The address without it, as others reach us. */
  readonly url: string
}

/** What a genuine knock tells: that there may be something, never what. */
export type Ring =
  | { readonly address: string }
  | {
      /** Of the watch. */
      readonly handle: string
      /** Proves that it is from who was told the secret; compare it. */
      readonly secret: string
      /** Something came or may have; the watch wants to be asked for again; the watch has ended. */
      readonly tells: 'change' | 'ask_again' | 'ended'
    }

export type Heard =
  | { readonly kind: 'rung'; readonly status: 202 | 204; readonly rings: readonly Ring[] }
  /** The provider wants to hear this text before it watches. */
  | { readonly kind: 'asked_back'; readonly answer: string }
  | { readonly kind: 'refused'; readonly status: 400 | 401 | 403 | 503; readonly why?: KnockRefusal }

/** Why a knock was not taken, for whoever set it up; `said`: what it said instead of what was expected. */
export interface KnockRefusal {
  readonly fault: 'unsigned' | 'audience' | 'account' | 'keys_away'
  readonly said: string
}

/** What keeps a provider from publishing where it was told to. */
export type PushFault = 'topic_missing' | 'publisher_missing' | 'topic_elsewhere'

/** Decides whether a knock is genuine and reads it. */
export type Hear = (knock: Knock) => Promise<Heard>

/** A connection over which a mailbox tells that something came. Disposing closes it. */
export interface Attendance extends AsyncDisposable {
  /** Resolves when it tells no longer. `rejected`: the server does not tell after all. */
  readonly over: Promise<ProviderFailure>
}

/** A mailbox as the outside world offers it. Calls of one instance share one grant. */
export interface MailProvider {
  /** Address and name behind the grant. */
  identity(signal: AbortSignal): Promise<Outcome<Account>>
  /** Hand over the raw message. `threadId` keeps an answer in the provider's own thread. */
  send(raw: Uint8Array, threadId: string | undefined, signal: AbortSignal): Promise<Outcome<Accepted>>
  /** Identifiers since the cursor; without one, the present position and no changes. */
  changesSince(cursor: string | undefined, signal: AbortSignal): Promise<Outcome<Changes>>
  /** Bounded look by date for identifiers, when a cursor expired: newest first within what is own and what is not; pages by `page`. */
  changesBetween(
    range: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
    page: string | undefined,
    signal: AbortSignal,
  ): Promise<Outcome<{ readonly changes: readonly Change[]; readonly page?: string }>>
  threadHeaders(providerMessageId: string, signal: AbortSignal): Promise<Outcome<ThreadHeaders>>
  /** Whether one of these addresses wrote the message, and nothing else about it. */
  writtenBy(
    message: { readonly providerMessageId: string; readonly providerThreadId: string },
    addresses: readonly string[],
    signal: AbortSignal,
  ): Promise<Outcome<boolean>>
  /** The whole message: only after a match. `providerThreadId` as the provider knows it now; `own`: lies in Sent. */
  raw(
    providerMessageId: string,
    signal: AbortSignal,
  ): Promise<
    Outcome<{
      readonly raw: Uint8Array
      readonly providerThreadId?: string
      readonly receivedAt: Temporal.Instant
      /** Lies in Sent: the mailbox itself wrote it. */
      readonly own: boolean
    }>
  >
  /**
   * Looks for something we sent in Sent. `value` undefined: surely not there; `transient`: not there yet, or too much
   * to look through; `not_found`: not there, which proves nothing, because copies are filed by us alone. `looked` is told of every message whose headers were asked for; the access log listens, nobody
   * else needs to.
   */
  findSent(
    hints: SentHints,
    signal: AbortSignal,
    looked?: (providerMessageId: string) => void,
  ): Promise<Outcome<(Accepted & { readonly messageId?: string }) | undefined>>
  /** As whom it may send, as far as the provider tells; of a shared mailbox, whether it can be opened. */
  identities(signal: AbortSignal): Promise<Outcome<readonly Identity[]>>
  /** Asks the provider to tell us when something comes, or to go on; undefined where it cannot. Before `until`, ask again. */
  watch(wish: WatchWish, signal: AbortSignal): Promise<Outcome<Watch | undefined>>
  /** Ends it; one that has ended already is no failure. */
  unwatch(handle: string, signal: AbortSignal): Promise<Outcome<undefined>>
  /**
   * Opens a connection that tells whenever something comes, and never what; undefined where the server cannot. The signal
   * bounds the opening alone. Absent where the provider tells in no such way.
   */
  attend?(moved: () => void, signal: AbortSignal): Promise<Outcome<Attendance | undefined>>
}

/** The way of an adapter to an access token; the mailboxes domain keeps and renews it. */
export interface AccessTokens {
  current(signal: AbortSignal): Promise<Outcome<string>>
  /** The provider refused this access token although its time was not over: the one to use instead. */
  renewed(refused: string, signal: AbortSignal): Promise<Outcome<string>>
}

/** What can be told about a provider without asking it. */
export interface ProviderTraits {
  readonly key: 'gmail' | 'microsoft' | 'imap'
  /** Largest raw message in bytes that `send` takes. */
  readonly maxRawBytes: number
  /**
   * What a thread id of ours says. `decides`: a message with it answers ours, and one without it does not (Gmail).
   * `narrows`: only a message with it may be asked for its headers, which decide (Microsoft, where strangers may share
   * one). `none`: there is none, so every new message is asked for its headers (IMAP).
   */
  readonly threadId: 'decides' | 'narrows' | 'none'
  /** Whether the Message-ID we submit reaches the recipients unchanged. */
  readonly keepsMessageId: boolean
  /** Link into the provider's own Sent search, for a person who has to decide. */
  sentSearchUrl(hints: { readonly to: string; readonly subject: string }): string | undefined
}
