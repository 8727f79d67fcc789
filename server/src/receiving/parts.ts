/** What receiving is given by compose. */
import type { EndpointBook } from '../mailboxes/index.ts'
import type { MailProvider, Outcome, ProviderTraits } from '../mailboxes/provider.ts'
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Log } from '../platform/log/index.ts'
import type { Polling } from './polling.ts'
import type { ReadMessage } from './reading.ts'

export interface OpenedMailbox extends MailProvider {
  readonly traits: ProviderTraits
}

/** Taking one message apart may take so long. */
export const readMessageMs = 10_000

export type HowMuch = 'whole' | 'beginning'

export interface ReceivingParts {
  readonly database: Database
  readonly emit: Emit
  readonly ids: Ids
  readonly log: Log
  /** Real time, which says how often a living pull renews its claim. */
  readonly clock: Clock
  readonly polling: Polling
  readonly openMailbox: (
    workspaceId: string,
    mailboxId: string,
    purpose: 'pull' | 'rescan' | 'watch',
  ) => Promise<Outcome<OpenedMailbox>>
  /** Takes a message apart in a worker thread, or its beginning; throws when it breaks a limit of the thread. */
  readonly read: (raw: Uint8Array, how: HowMuch) => Promise<ReadMessage>
}

export interface AttendingParts extends Omit<ReceivingParts, 'read' | 'polling' | 'emit'> {
  readonly endpoints: EndpointBook
  /** Connections that this process keeps open at most. */
  readonly mostAttended: number
}
