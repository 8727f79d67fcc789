/**
 * The lease: reserves what leaves next, for this worker alone, until an expiry.
 *
 * One transaction: what is due is read and locked (cap, then mailbox, never waiting), the rules decide, and what they
 * decided is written. Nobody else can lease from these mailboxes meanwhile, so the order of leases is the order of the
 * rules, and a day never gets more than its limit. A mailbox at which nothing may leave gets its next alarm.
 */
import type { Database } from '../platform/db/index.ts'
import { choose, Gates } from './gates.ts'
import type { Line } from './gates.ts'
import { jitterOf } from './pace.ts'
import type { Decision, DueMailbox, Lease } from './store-lease.ts'
import { dueMailboxes, takeDecisions } from './store-lease.ts'

export interface LeaseWish {
  /** One mail each, of at most so many mailboxes. */
  readonly mailboxes: number
  readonly ttlSeconds: number
  readonly worker: string
}

/** Takes what may leave now. Every mailbox that is looked at gets its next alarm, so that the look comes to an end. */
export async function lease(database: Database, wish: LeaseWish): Promise<Lease[]> {
  for (;;) {
    const leases = await database.inSystem(async (tx) => {
      const due = await dueMailboxes(tx, wish.mailboxes)
      const decisions = due.map((mailbox) => decide(mailbox, wish.ttlSeconds))
      return decisions.length === 0
        ? undefined
        : await takeDecisions(tx, decisions, { ...wish, holder: database.presence })
    })
    if (leases === undefined) return []
    if (leases.length > 0) return leases
  }
}

/** What becomes of a mailbox whose alarm has rung. Pure. */
export function decide(due: DueMailbox, ttlSeconds: number): Decision {
  const { workspaceId, mailboxId, addressKey, facts } = due
  const who = { now: facts.now, workspaceId, mailboxId, addressKey }
  if (due.stopped !== undefined) return who
  const gates = new Gates(facts)
  const { begun, used } = gates
  const day = begun === undefined ? {} : { day: { ...begun, used: used.all, usedDirect: used.direct } }
  const choice = choose(gates, lineOf(due))
  if (choice.mail === undefined)
    return { ...who, ...day, ...(choice.at === Infinity ? {} : { nextAt: choice.at }) }
  gates.charge(choice.lane, jitterOf(choice.mail))
  const { pacedUntil } = gates
  const onItsWay = { ...who, ...day, take: choice.mail }
  // It wakes the mailbox when it has arrived; beside a ranked mail only a direct one may leave before that.
  const expires = facts.now + ttlSeconds * 1000
  if (choice.lane === 'direct') return { ...onItsWay, nextAt: expires }
  return { ...onItsWay, pacedUntil, nextAt: Math.min(expires, due.directDue ?? Infinity) }
}

function lineOf(due: DueMailbox): Line<string> {
  const { heads, directDue = Infinity, rankedDue = Infinity, busyUntil = 0, directBusyUntil = 0 } = due
  return {
    direct: () => heads.direct,
    ranked: (_now, lane) => (lane === 'exempt' ? heads.exempt : (heads.lifted ?? heads.ranked)),
    due: (lane) => (lane === 'direct' ? directDue : rankedDue),
    busyUntil: (lane) => (lane === 'direct' ? directBusyUntil : busyUntil),
  }
}
