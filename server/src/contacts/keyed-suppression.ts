/**
 * A bar that outlives the address it is about. When what is stored is erased, an address that must not be written to is
 * kept as a keyed hash, under a key that does not lie in the database: it names nobody, and still recognises the address
 * should somebody enter it again. From then on the bar stands in plain sight as before.
 */
import type { Tx } from '../platform/db/index.ts'
import type { EventHandler } from '../platform/events/index.ts'
import {
  addressKeysOf,
  barAgain,
  hashSuppression,
  keyedSuppressions,
  suppressionsOfNobody,
} from './store-suppression.ts'

/** Keyed hash of a text for one purpose (platform/secret-box). */
export interface Keyed {
  mac(text: string, purpose: string): string
}

const purpose = 'suppressed address'

function hashOf(keyed: Keyed, workspaceId: string, addressKey: string): string {
  return `keyed:${keyed.mac(`${workspaceId} ${addressKey}`, purpose)}`
}

/** Turns bars on addresses that belong to no contact into keyed hashes, without evidence. Returns how many. */
export async function hashOrphanedSuppressions(
  tx: Tx,
  { workspaceId, keyed }: { readonly workspaceId: string; readonly keyed: Keyed },
): Promise<number> {
  const keys = await suppressionsOfNobody(tx)
  for (const key of keys) await hashSuppression(tx, key, hashOf(keyed, workspaceId, key))
  return keys.length
}

/** Handler of `contact.changed`: an address that was barred before it was erased is barred again. */
export function recogniseBarred(keyed: Keyed): EventHandler {
  return async (tx, { workspaceId, subject }) => {
    const hashes = await keyedSuppressions(tx)
    if (hashes.size === 0) return
    for (const key of await addressKeysOf(tx, subject)) {
      const hash = hashOf(keyed, workspaceId, key)
      if (hashes.has(hash)) await barAgain(tx, hash, key)
    }
  }
}
