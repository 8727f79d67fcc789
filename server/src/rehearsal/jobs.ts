/** The loop that goes on with stories. Any number of processes may run it: a step is taken by one. */
import { startLoop } from '../platform/loop/index.ts'
import type { RehearsalParts } from './parts.ts'
import { playNext } from './play.ts'
import { dueRehearsals } from './store.ts'

const idleMs = 1000
const atOnce = 2

export function startRehearsals(parts: RehearsalParts): AsyncDisposable {
  const hint = new EventTarget()
  const listening = parts.database.listen('kontor_rehearsal', () => hint.dispatchEvent(new Event('wake')))
  const loop = startLoop({
    name: 'rehearsals',
    idleMs,
    log: parts.log,
    wake: hint,
    run: async (signal) => {
      const due = await dueRehearsals(parts.database, atOnce)
      const outcomes = await Promise.all(due.map((workspaceId) => playNext(parts, workspaceId, signal)))
      return outcomes.includes('again') ? 'again' : 'idle'
    },
  })
  return {
    async [Symbol.asyncDispose]() {
      await loop[Symbol.asyncDispose]()
      await listening[Symbol.asyncDispose]()
    },
  }
}
