/**
 * Owns looking at grants and waiting between two looks: callers of one process that want the same look at the same time
 * share it, and whoever waits is woken when a lease of the grant has ended. A hint may be lost: without one, everybody
 * looks again after a second.
 *
 * Refuses: remembering what a look saw, and joining a look that began before the last hint.
 */
import type { Clock } from '../platform/clock/index.ts'
import type { Database, Listening } from '../platform/db/index.ts'
import { tokenChannel } from './store-grant.ts'

/** One caller's look at a grant, and its waiting after that. */
export interface Turn<Seen> extends Disposable {
  /** Makes a look, or joins one that is being made for the same reason; `made`: it was made for this caller. */
  look(reason: string, look: () => Promise<Seen>): Promise<{ readonly made: boolean; readonly seen: Seen }>
  /** Resolves when it is time to look again: a lease ended since the turn began, a second went by, or `signal`. */
  wait(signal: AbortSignal): Promise<void>
}

const againMs = 1000

/** Gives turns. Listens from the first wait on, for as long as the database is open. */
export function createLooks<Seen>(
  database: Pick<Database, 'listen'>,
  clock: Clock,
): (grantId: string) => Turn<Seen> {
  const turns = new Set<{ readonly grantId: string; readonly hinted: AbortController }>()
  const making = new Map<string, Map<string, Promise<Seen>>>()
  let listening: Listening | undefined

  /** An empty hint is about every grant. */
  function hint(grantId: string): void {
    if (grantId === '') making.clear()
    else making.delete(grantId)
    for (const turn of turns) if (grantId === '' || turn.grantId === grantId) turn.hinted.abort()
  }

  function listen(): void {
    if (listening !== undefined) return
    listening = database.listen(tokenChannel, hint)
    void listening.ready.then(() => hint(''))
  }

  return (grantId) => {
    const hinted = new AbortController()
    const turn = { grantId, hinted }
    turns.add(turn)
    return {
      async look(reason, look) {
        const looks = making.get(grantId) ?? new Map<string, Promise<Seen>>()
        const joined = looks.get(reason)
        if (joined !== undefined) return { made: false, seen: await joined }
        const own = look().finally(() => {
          looks.delete(reason)
          if (looks.size === 0 && making.get(grantId) === looks) making.delete(grantId)
        })
        making.set(grantId, looks.set(reason, own))
        return { made: true, seen: await own }
      },
      async wait(signal) {
        listen()
        await clock.sleep(againMs, AbortSignal.any([signal, hinted.signal]))
      },
      [Symbol.dispose]: () => void turns.delete(turn),
    }
  }
}
