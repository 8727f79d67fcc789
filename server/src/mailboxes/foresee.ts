/**
 * What other limits, times or another zone would mean for the mails that wait: the change is made, the forecast asked, and
 * the change taken back, so that the answer comes from the very rules that would then count.
 */
import type { Tx } from '../platform/db/index.ts'
import { takenBack } from '../platform/db/taken-back.ts'
import type { Actor, Mailbox, SettingsProblem } from './mailbox.ts'
import type { MailboxParts } from './parts.ts'
import { changeSettings } from './steer.ts'
import type { MailboxSettings } from './store.ts'

/** When each mail that waits in a mailbox leaves, by its id; without a time while the mailbox stands still. Milliseconds. */
export type Leaving = (tx: Tx, mailboxId: string) => Promise<ReadonlyMap<string, { readonly at?: number }>>

export interface Foreseen {
  readonly waiting: number
  /** When the last one leaves now, and when it would. */
  readonly lastAt?: number
  readonly thenLastAt?: number
  /** How many would leave on a later day, and on an earlier one. */
  readonly later: number
  readonly earlier: number
}

type ForeseeParts = Pick<MailboxParts, 'emit' | 'schedule'> & { readonly leaving: Leaving }

export async function foresee(
  parts: ForeseeParts,
  tx: Tx,
  { actor, mailbox }: { readonly actor: Actor; readonly mailbox: Mailbox },
  change: Partial<MailboxSettings>,
): Promise<Foreseen | { readonly problems: readonly (SettingsProblem | 'named_unknown')[] }> {
  const now = await parts.leaving(tx, mailbox.id)
  return await takenBack(tx, async () => {
    const problems = await changeSettings(parts, tx, { actor, mailbox }, change)
    if (problems.length > 0) return { problems }
    return compare(now, await parts.leaving(tx, mailbox.id), change.zone ?? mailbox.zone)
  })
}

/** Both times of each mail that has both, by the days of this zone. Pure. */
export function compare(
  now: ReadonlyMap<string, { readonly at?: number }>,
  then: ReadonlyMap<string, { readonly at?: number }>,
  zone: string,
): Foreseen {
  const dateOf = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate()
  let [later, earlier] = [0, 0]
  let lastAt: number | undefined
  let thenLastAt: number | undefined
  for (const [id, { at }] of then) {
    const was = now.get(id)?.at
    if (at === undefined || was === undefined) continue
    lastAt = Math.max(lastAt ?? 0, was)
    thenLastAt = Math.max(thenLastAt ?? 0, at)
    const moved = Temporal.PlainDate.compare(dateOf(at), dateOf(was))
    if (moved > 0) later += 1
    else if (moved < 0) earlier += 1
  }
  return {
    waiting: then.size,
    ...(lastAt === undefined ? {} : { lastAt }),
    ...(thenLastAt === undefined ? {} : { thenLastAt }),
    later,
    earlier,
  }
}
