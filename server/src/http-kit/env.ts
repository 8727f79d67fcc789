/** What a request carries from the guards to the handlers. */
import type { Log } from '../platform/log/index.ts'
import type { Actor } from '../team/index.ts'

export type Env = {
  Variables: {
    /** Set by the session guard for every path below /workspaces/{workspaceId}. */
    actor: Actor
    /** Address of the client, for limits; never stored as it is. */
    clientAddress: string
    requestId: string
    log: Log
    /** Whether an answer that does not fit its schema is refused or only logged. */
    answers: 'strict' | 'lenient'
  }
}
