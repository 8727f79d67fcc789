/** What a test can do in the outside world of the provider in memory, and what it can see there. */
import type { Adapter, Level, OAuthEndpoint } from '../mailboxes/consent.ts'
import type { MailProvider, ProviderFailure } from '../mailboxes/provider.ts'
import type { MemoryMessage } from './memory-mail.ts'
import type { Watched } from './memory-watch.ts'

export interface MemoryFault {
  readonly call: keyof MailProvider
  /**
   * A failure that is answered instead; or for `send`: the connection is cut (the outcome is unknown) or the process
   * dies, each before or after the provider accepted.
   */
  readonly effect: ProviderFailure | 'cut_before' | 'cut_after' | 'crash_before' | 'crash_after'
  /** 1 unless told. */
  readonly times?: number
}

export interface SharedRights {
  readonly read: boolean
  readonly sendAs: boolean
}

export interface SentRecord {
  readonly from: string
  /** As it was submitted. */
  readonly raw: Uint8Array
  readonly providerMessageId: string
  readonly providerThreadId: string
  readonly at: Temporal.Instant
}

export interface MemoryProvider {
  readonly endpoint: OAuthEndpoint
  readonly adapter: Adapter
  /** Everything that was accepted, in order. */
  readonly sent: readonly SentRecord[]
  /** Calls that reached the provider, in order: `anna@brand.example send`. */
  readonly calls: readonly string[]
  /** How often tokens were refreshed. */
  readonly refreshes: number
  /** Makes a mailbox, with the signature that its settings keep. */
  account(address: string, name: string, signatureHtml?: string): void
  /** Another address that the account may send as, or not any more; mail to it arrives in the account's mailbox. */
  alias(address: string, alias: string, state: 'accepted' | 'gone'): void
  /** A mailbox that is shared with an account, and what the account may do there. */
  share(mailbox: string, account: string, rights: SharedRights): void
  /** Lets a message arrive; into a thread of another, where two share one. */
  deliver(
    address: string,
    raw: string | Uint8Array,
    threadId?: string,
  ): { providerMessageId: string; providerThreadId: string }
  /** What lies in a mailbox, oldest first. */
  messages(address: string): readonly MemoryMessage[]
  fault(address: string, fault: MemoryFault): void
  /** Every cursor given so far has expired. */
  expireCursors(address: string): void
  /** What is watched of a mailbox. */
  watched(address: string): Watched | undefined
  /** The watch is gone, as after an expiry. */
  forgetWatch(address: string): void
  /** Ends every grant of the account, as a password change does. */
  endGrants(address: string): void
  /** The person at the consent page: gives the address the browser comes back to. */
  consent(
    authorizeUrl: string,
    answer:
      | {
          readonly account: string
          readonly send?: boolean
          readonly read?: boolean
          readonly shared?: Level | undefined
        }
      | 'cancel'
      | 'admin_needed',
  ): string
  /** The port without sign-in and tokens. */
  open(address: string): MailProvider
}

export interface MemoryProviderOptions {
  readonly now: () => Temporal.Instant
  /** Identifiers per page of `changesSince` and `changesBetween`; 100 unless told. */
  readonly pageSize?: number
  /** Whether a Message-ID of ours is replaced on sending, as Gmail does; true unless told. */
  readonly rewritesMessageId?: boolean
  /** As Microsoft does: a thread id only narrows, and an accepted mail is answered with nothing. False unless told. */
  readonly silent?: boolean
  readonly endpoint?: Partial<OAuthEndpoint>
}
