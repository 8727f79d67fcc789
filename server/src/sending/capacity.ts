/**
 * The capacity of mailboxes today: used, kept for direct mail, waiting; and the outbox in a few numbers.
 */
import type { Tx } from '../platform/db/index.ts'
import { forecast } from './forecast.ts'
import { Gates } from './gates.ts'
import type { Standing } from './outlook.ts'
import { outlookOf, standingsOf } from './outlook.ts'
import { keptForDirect } from './pace.ts'
import { chargedHere, openCounts, openMailboxIds } from './store-outbox.ts'
import type { ThrottledWhy } from './store-schedule.ts'
import { waitingIn } from './store-waiting.ts'

export interface Capacity {
  readonly limit: number
  readonly used: number
  readonly usedElsewhere: number
  readonly reserved: number
  readonly waiting: number
  /** While the provider has told us to wait, or returns what it took. */
  readonly throttledUntil?: Temporal.Instant
}

const ofTheProvider: ReadonlySet<ThrottledWhy | undefined> = new Set(['provider', 'returned'])

/** Used, reserved and waiting of each mailbox today. */
export async function capacities(tx: Tx, mailboxIds: readonly string[]): Promise<Map<string, Capacity>> {
  return await capacitiesOf(tx, await standingsOf(tx, mailboxIds), await openCounts(tx, mailboxIds))
}

async function capacitiesOf(
  tx: Tx,
  standings: readonly Standing[],
  counts: Awaited<ReturnType<typeof openCounts>>,
): Promise<Map<string, Capacity>> {
  const found = new Map<string, Capacity>()
  for (const standing of standings) {
    const { mailboxId } = standing.settings
    const here = await chargedHere(tx, mailboxId, standing.cap.dayStartsAt)
    const waiting = counts.find((row) => row.mailboxId === mailboxId && row.state === 'queued')?.count ?? 0
    found.set(mailboxId, capacityOf(standing, { here, waiting }))
  }
  return found
}

function capacityOf(
  { cap, schedule, facts }: Standing,
  { here, waiting }: { here: number; waiting: number },
): Capacity {
  const { used, begun } = new Gates(facts)
  const { throttledUntil, throttledWhy } = schedule ?? {}
  const throttled = throttledUntil !== undefined && throttledUntil.epochMilliseconds > facts.now
  return {
    limit: cap.limit,
    used: used.all,
    usedElsewhere: begun === undefined ? Math.max(0, used.all - here) : 0,
    reserved: keptForDirect(facts.reserve, used, cap.limit),
    waiting,
    ...(throttled && ofTheProvider.has(throttledWhy) ? { throttledUntil } : {}),
  }
}

export interface Summary {
  readonly waiting: number
  readonly held: number
  readonly unconfirmed: number
  readonly mailboxes: readonly {
    readonly mailboxId: string
    readonly address: string
    readonly capacity: Capacity
    readonly lastAt?: number
  }[]
}

/** The outbox in a few numbers. */
export async function summary(tx: Tx, reader: string): Promise<Summary> {
  const ids = await openMailboxIds(tx, reader)
  const counts = await openCounts(tx, ids)
  const standings = await standingsOf(tx, ids)
  const numbers = await capacitiesOf(tx, standings, counts)
  const waiting = await waitingIn(tx, ids)
  const mailboxes = standings.flatMap((standing) => {
    const { mailboxId, address } = standing.settings
    const capacity = numbers.get(mailboxId)
    if (capacity === undefined) return []
    let lastAt: number | undefined
    for (const mail of forecast(outlookOf(standing, waiting))) lastAt = mail.at
    return [{ mailboxId, address, capacity, ...(lastAt === undefined ? {} : { lastAt }) }]
  })
  function total(...states: string[]): number {
    return counts.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + row.count, 0)
  }
  return {
    waiting: total('queued', 'leased'),
    held: total('held'),
    unconfirmed: total('in_doubt'),
    mailboxes,
  }
}
