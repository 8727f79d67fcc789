/**
 * What the mailboxes domain is given by compose: machines of the platform, the endpoints and their adapters, and the
 * the outbox, which stands above it. Each use case takes the few of these that it needs.
 */
import type { Clock } from '../platform/clock/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Log } from '../platform/log/index.ts'
import type { SecretBox } from '../platform/secret-box/index.ts'
import type { Adapter, Endpoint, OAuthEndpoint } from './consent.ts'
import type { Mailbox } from './mailbox.ts'

/** The outbox follows a mailbox: called inside the transaction after every change that matters for sending. */
export interface MailboxSchedule {
  sync(tx: Tx, mailboxId: string): Promise<void>
  /** Counts one mail that leaves without the outbox in the day of its address; undefined when that is used up. */
  charge(tx: Tx, mail: TrialMail): Promise<Charge | undefined>
  /** It provably did not leave. */
  refund(tx: Tx, charge: Charge): Promise<void>
}

export interface TrialMail extends Pick<Mailbox, 'addressKey' | 'zone'> {
  readonly id: string
}

export interface Charge extends Pick<TrialMail, 'id' | 'addressKey'> {
  readonly chargedFrom: Temporal.Instant
}

/** What a person takes back when a mailbox is disconnected or may not be read any more. */
export interface TakeBack {
  readonly kind: 'disconnected' | 'narrowed'
  readonly mailboxId: string
  readonly personId: string
  readonly stored: 'keep' | 'erase'
  readonly queue?: 'hold' | 'cancel' | 'reassign'
  readonly reassignTo?: string
}

/** Writes it down and begins to erase, inside the transaction of the decision. Gives how many messages are erased. */
export type BeginTakingBack = (tx: Tx, wish: TakeBack) => Promise<number>

/** Where mailboxes can be connected, at this moment, and how. */
export interface EndpointBook {
  all(): Promise<readonly Endpoint[]>
  adapter(endpoint: Endpoint): Adapter | undefined
}

export interface MailboxParts {
  readonly database: Database
  readonly ids: Ids
  /** Real time: sign-ins and access tokens. */
  readonly clock: Clock
  readonly box: SecretBox
  readonly log: Log
  readonly emit: Emit
  readonly schedule: MailboxSchedule
  readonly beginTakingBack: BeginTakingBack
  readonly endpoints: EndpointBook
  /** Where providers send the browser back to: `<origin>/api/v1/oauth/callback`. */
  readonly redirectUri: () => string
}

/** The endpoint of a key with its adapter; undefined when it is not offered any more. */
export async function endpointOf(
  endpoints: EndpointBook,
  key: string,
): Promise<{ readonly endpoint: Endpoint; readonly adapter: Adapter } | undefined> {
  const endpoint = (await endpoints.all()).find((each) => each.key === key)
  if (endpoint === undefined) return undefined
  const adapter = endpoints.adapter(endpoint)
  return adapter === undefined ? undefined : { endpoint, adapter }
}

/** The origins that the server itself speaks to for an endpoint; the pages for people are not among them. */
export function originsOf(endpoint: OAuthEndpoint): readonly string[] {
  const { tokenUrl, revokeUrl, userinfoUrl, jwksUrl, apiUrl } = endpoint
  const urls = [tokenUrl, revokeUrl, userinfoUrl, jwksUrl, apiUrl].filter((url) => url !== undefined)
  return [...new Set(urls.map((url) => new URL(url).origin))]
}
