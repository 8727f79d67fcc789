/**
 * A mail that leaves without the outbox: the one that tries a shared mailbox before it is added. The cap of an address
 * counts every mail that leaves from it, in whatever workspace, so it is charged before the call and goes back only when it
 * provably did not leave.
 */
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { rollingLimitOf } from './rolling.ts'
import { chargeCap, joinCap, refundCap } from './store-schedule.ts'
import { dayOf } from './window.ts'

export interface OutsideMail {
  readonly id: string
  readonly addressKey: string
  /** Counts where no mailbox of the address is connected yet. */
  readonly zone: string
}

export interface OutsideCharge extends Pick<OutsideMail, 'id' | 'addressKey'> {
  readonly chargedFrom: Temporal.Instant
}

/** What an address may send that no mailbox has yet. */
const dailyLimit = 300

/** Counts the mail in the day of its address; undefined when nothing is left of it. */
export async function chargeOutside(tx: Tx, mail: OutsideMail): Promise<OutsideCharge | undefined> {
  const { id, addressKey, zone: ours } = mail
  const now = await databaseNow(tx)
  const joining = { addressKey, dailyLimit, window: { zone: ours } }
  const zone = await joinCap(tx, joining, dayOf(ours, now), rollingLimitOf(addressKey))
  const chargedFrom = await chargeCap(tx, { id, addressKey, day: dayOf(zone, now) })
  return chargedFrom && { id, addressKey, chargedFrom }
}

/** Gives back what provably did not leave. */
export async function refundOutside(tx: Tx, charge: OutsideCharge): Promise<void> {
  await refundCap(tx, charge)
}
