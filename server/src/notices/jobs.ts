/** The two loops of notices: looking around each minute, writing digests each quarter of an hour. */
import type { Log } from '../platform/log/index.ts'
import { startLoop } from '../platform/loop/index.ts'
import { everyWorkspace } from '../team/index.ts'
import type { DigestParts } from './digest.ts'
import { writeDigests } from './digest.ts'
import { lookAround } from './look.ts'
import type { NoticeParts } from './raise.ts'

const lookMs = 60_000
const digestMs = 15 * 60_000

export function startNotices(parts: NoticeParts & DigestParts & { readonly log: Log }): AsyncDisposable {
  const { database, log } = parts
  const each = (name: string, idleMs: number, run: (workspaceId: string) => Promise<void>) =>
    startLoop({
      name,
      idleMs,
      log,
      run: async (signal) => {
        for (const workspaceId of await database.inSystem(everyWorkspace)) {
          if (signal.aborted) break
          await run(workspaceId)
        }
        return 'idle'
      },
    })
  const loops = new AsyncDisposableStack()
  loops.use(each('notices', lookMs, (workspaceId) => lookAround(parts, workspaceId)))
  loops.use(each('digests', digestMs, (workspaceId) => writeDigests(parts, workspaceId)))
  return loops
}
