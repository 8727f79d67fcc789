/**
 * What every provider does behind the port, whatever it speaks on the wire. Run for each adapter against the practice
 * world and for the provider in memory; a fake that passes it may stand for a provider in the tests above.
 *
 * Facts only: ids, bytes and kinds of failure. How an adapter asks is its own business and its own tests.
 */
import type { ProviderUnderTest, Under } from './provider-hands.contract.ts'
import { factsAbout } from './provider-hands.contract.ts'
import { identityContract } from './provider-identity.contract.ts'
import { readingContract } from './provider-read.contract.ts'
import { sendingContract } from './provider-send.contract.ts'

export type { ProviderUnderTest } from './provider-hands.contract.ts'
export { lackedBy } from './provider-lacks.contract.ts'

/** The suite. `open` gives a fresh mailbox each time. */
export function providerContract(name: string, under: Under, open: () => Promise<ProviderUnderTest>): void {
  const fact = factsAbout(name, under, open)
  readingContract(fact)
  sendingContract(fact, under)
  identityContract(fact)
}
