/** What the team's routes are given by compose. */
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Post } from './reset.ts'
import type { Sessions } from './store-session.ts'

export type TeamParts = {
  readonly database: Database
  readonly ids: Ids
  readonly clock: Clock
  readonly emit: Emit
  readonly sessions: Sessions
  /** Origin for links at this moment, without a trailing slash. */
  readonly publicUrl: () => string
  /** The system's own mails. */
  readonly post: Post
}
