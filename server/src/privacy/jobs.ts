/** The loops of taking back: erasures piece by piece, and permissions that a process which died left half given back. */
import { deadline } from '../platform/clock/index.ts'
import { startLoop } from '../platform/loop/index.ts'
import { erasePiece } from './erase.ts'
import type { PrivacyParts } from './parts.ts'
import { dueErasures, halfRevokedWorkspaces } from './store-erasure.ts'

const erasureIdleMs = 1_000
const atOnce = 4
const revocationIdleMs = 600_000
const workspacesAtOnce = 20
const providerMs = 45_000

/** Starts both. Disposing lets the piece in progress end. */
export function startPrivacy(parts: PrivacyParts): AsyncDisposable {
  const erasing = startLoop({
    name: 'erasures',
    idleMs: erasureIdleMs,
    log: parts.log,
    run: async () => {
      let worked = false
      for (const due of await dueErasures(parts.database, atOnce))
        worked = (await erasePiece(parts, due)) || worked
      return worked ? 'again' : 'idle'
    },
  })
  const revoking = startLoop({
    name: 'revocations',
    idleMs: revocationIdleMs,
    log: parts.log,
    run: async () => {
      for (const workspaceId of await halfRevokedWorkspaces(parts.database, workspacesAtOnce))
        await parts.mailboxes.finishRevocations(workspaceId, deadline(providerMs))
      return 'idle'
    },
  })
  return {
    async [Symbol.asyncDispose]() {
      await erasing[Symbol.asyncDispose]()
      await revoking[Symbol.asyncDispose]()
    },
  }
}
