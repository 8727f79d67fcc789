/** For tests of sending: one mail by itself. */
import { createDispatcher } from '../sending/dispatch.ts'
import type { SendingParts } from '../sending/parts.ts'
import type { Lease } from '../sending/store-lease.ts'

/** Takes one leased submission to its outcome. */
export async function dispatch(parts: SendingParts, lease: Lease): Promise<void> {
  await Promise.all(createDispatcher(parts)([lease]))
}
