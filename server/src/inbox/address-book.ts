/** Whether the people of a mail may get it: real addresses, of the mailbox's world, not barred; and who they are. */
import { isSuppressed } from '../contacts/index.ts'
import { addressKey, isAddress, parseAddress } from '../mail/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { isPracticeAddress } from '../sending/index.ts'

export type CopyRefusal =
  | { readonly code: 'cc_invalid' | 'cc_suppressed'; readonly values: { readonly address: string } }
  | { readonly code: 'practice_and_real'; readonly values: { readonly address: string } }

/** The copies in order, each once and none twice with `to`; or the first that cannot be. */
export async function checkedCopies(
  tx: Tx,
  { practice }: { readonly practice: boolean },
  to: string,
  typed: readonly string[],
): Promise<readonly string[] | CopyRefusal> {
  const taken = new Set([addressKey(to)])
  const copies: string[] = []
  for (const text of typed) {
    const parsed = parseAddress(text)
    if (!isAddress(parsed)) return { code: 'cc_invalid', values: { address: text } }
    const { address, key } = parsed
    if (taken.has(key)) continue
    if (practice !== isPracticeAddress(address)) return { code: 'practice_and_real', values: { address } }
    if (await isSuppressed(tx, key)) return { code: 'cc_suppressed', values: { address } }
    taken.add(key)
    copies.push(address)
  }
  return copies
}
