/** What the loops of privacy are given by compose. */
import type { Keyed } from '../contacts/index.ts'
import type { Mailboxes } from '../mailboxes/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Log } from '../platform/log/index.ts'

export interface EraseParts {
  readonly database: Database
  readonly ids: Ids
  readonly emit: Emit
  readonly keyed: Keyed
}

export interface PrivacyParts extends EraseParts {
  readonly log: Log
  readonly mailboxes: Pick<Mailboxes, 'finishRevocations'>
}
