/** What the practice mail server is made of. */
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import type { Store } from '../store/store.ts'
import type { Delivery } from '../world/delivery.ts'

export interface MailServerParts {
  readonly store: Store
  readonly clock: Clock
  readonly delivery: Delivery
  readonly faults: Faults
}
