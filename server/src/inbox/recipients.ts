/**
 * Who gets an answer: the one who wrote last, which need not be the address on file (a talent manager answers from their
 * own); for everybody, the others who were in the thread, without our own mailboxes.
 */
import { addressKey } from '../mail/index.ts'

export interface InThread {
  readonly direction: 'in' | 'out'
  readonly kind: string
  readonly fromName: string
  readonly fromAddress: string
  readonly to: readonly string[]
}

export interface Recipients {
  readonly to: { readonly address: string; readonly name: string }
  /** What "answer all" adds; empty when there is nobody else. */
  readonly others: readonly string[]
}

/** `messages` oldest first; `ours` are keys of the workspace's mailboxes. */
export function recipientsOf(
  messages: readonly InThread[],
  contact: { readonly address: string; readonly name: string },
  ours: ReadonlySet<string>,
): Recipients {
  const last = messages.findLast((one) => one.direction === 'in' && one.kind === 'reply')
  const from = last !== undefined && last.fromAddress !== '' && !ours.has(addressKey(last.fromAddress))
  const to = from
    ? { address: last.fromAddress, name: last.fromName || contact.name }
    : { address: contact.address, name: contact.name }
  const taken = new Set([addressKey(to.address), ...ours])
  const others: string[] = []
  for (const address of last?.to ?? []) {
    const key = addressKey(address)
    if (taken.has(key)) continue
    taken.add(key)
    others.push(address)
  }
  return { to, others }
}
