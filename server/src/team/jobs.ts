/** The chore of the team: what real time has made useless is removed now and then. */
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Log } from '../platform/log/index.ts'
import { startLoop } from '../platform/loop/index.ts'
import { sweepPeople } from './store-people.ts'

const hourMs = 3_600_000

export function startTeam(parts: {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}): AsyncDisposable {
  return startLoop({
    name: 'sessions',
    idleMs: hourMs,
    log: parts.log,
    run: async () => {
      await parts.database.inSystem((tx) => sweepPeople(tx, parts.clock.now()))
      return 'idle'
    },
  })
}
