/**
 * Keeps the schedule and the address's cap in step with a mailbox's settings.
 *
 * Called inside the transaction that connects, changes, pauses, breaks or disconnects a mailbox. A lowered limit
 * counts at once; a changed zone moves the end of the running day (see window.ts).
 */
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { StopCode } from './reasons.ts'
import { rollingLimitOf } from './rolling.ts'
import {
  capsOf,
  joinCap,
  mailboxSettings,
  moveCapZone,
  upsertSchedule,
  wakeAddress,
} from './store-schedule.ts'
import { dayOf, endAfterZoneMove } from './window.ts'

const stopping = new Map<string, StopCode>(
  (['paused', 'reconnect_needed', 'waiting_for_admin', 'connecting', 'disconnected'] as const).map((code) => [
    code,
    code,
  ]),
)

/** Brings cap and gates of one mailbox up to date, and wakes it and every other mailbox of its address. */
export async function syncSchedule(tx: Tx, mailboxId: string): Promise<void> {
  const mailbox = await mailboxSettings(tx, mailboxId)
  if (mailbox === undefined) return
  const now = await databaseNow(tx)
  const zone = await joinCap(tx, mailbox, dayOf(mailbox.window.zone, now), rollingLimitOf(mailbox.addressKey))
  const cap = (await capsOf(tx, [mailbox.addressKey])).get(mailbox.addressKey)
  if (cap !== undefined && cap.zone !== zone) {
    await moveCapZone(
      tx,
      mailbox.addressKey,
      zone,
      cap.dayEndsAt,
      endAfterZoneMove(zone, cap.runningDay, now),
    )
  }
  await upsertSchedule(tx, mailbox, stopping.get(mailbox.health))
  await wakeAddress(tx, mailbox.addressKey)
}
