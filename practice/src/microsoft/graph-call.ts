/** What a Graph method gets and gives. The dispatcher (graph.ts) signs in, checks scopes and writes the record. */
import type { Afterwards } from '../afterwards.ts'
import type { Call } from '../calls.ts'
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import type { Holding } from '../hold.ts'
import type { Account } from '../store/accounts.ts'
import type { Outbound } from '../outbound.ts'
import type { Store } from '../store/store.ts'
import type { Delivery } from '../world/delivery.ts'

export interface GraphParts extends Holding {
  readonly store: Store
  readonly clock: Clock
  readonly faults: Faults
  readonly delivery: Delivery
  readonly outbound: Outbound
}

export interface GraphCall {
  readonly account: Account
  readonly call: Call
  readonly scopes: readonly string[]
  readonly url: URL
  /** What stands in the path after the method's name: folder and message ids as the client wrote them. */
  readonly ids: readonly string[]
  /** `Prefer` of the client, in lower case. */
  readonly prefer: string
  readonly contentType: string
  readonly body: Buffer
}

export interface GraphReply {
  readonly status?: number
  /** Undefined for an empty answer. */
  readonly body: Readonly<Record<string, unknown>> | Buffer | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Message ids of this world (those of the records of arrivals) that the answer is about. */
  readonly messages?: readonly string[]
  readonly threads?: readonly string[]
  readonly afterwards?: Afterwards
}

/** True when the client asked for ids that stay when a message moves, and is heard. */
export function wantsImmutable(
  { faults }: Pick<GraphParts, 'faults'>,
  { prefer, account, call }: GraphCall,
): boolean {
  if (!faults.behaves('immutableIds', account.key, call)) return false
  return /idtype\s*=\s*"immutableid"/.test(prefer)
}
