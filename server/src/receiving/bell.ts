/** A doorbell over a slow wire: however often it is pressed while a ring is on its way, one more follows. */
import type { ProviderFailure } from '../mailboxes/provider.ts'

export interface Bell {
  readonly ring: () => void
  /** A ring that did not get through: whoever rings may be missed from now on. */
  readonly failed: Promise<ProviderFailure>
  /** Resolves when no ring is on its way any more. */
  silent(): Promise<void>
}

export function createBell(pass: () => Promise<void>): Bell {
  const failed = Promise.withResolvers<ProviderFailure>()
  let owed = false
  let ringing: Promise<void> | undefined

  async function passOn(): Promise<void> {
    while (owed) {
      owed = false
      await pass()
    }
  }

  return {
    ring() {
      owed = true
      ringing ??= passOn()
        .catch((error: unknown) => failed.resolve({ kind: 'transient', diagnostic: String(error) }))
        .finally(() => {
          ringing = undefined
        })
    },
    failed: failed.promise,
    async silent() {
      await ringing
    },
  }
}
