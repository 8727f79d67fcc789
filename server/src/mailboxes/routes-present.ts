/** A mailbox as the page sees it: in the words of the contract, with what this person may do. */
import type { Learning, Mailbox as Shown } from '@kontor/api/mailboxes'
import type { z } from 'zod'
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Leaving } from './foresee.ts'
import type { Actor, Mailbox } from './mailbox.ts'
import { mayShare, maySend, maySteer } from './mailbox.ts'
import { memberNames } from './members.ts'
import { defaultOf } from './store.ts'
import { accountsOf } from './store-grant.ts'

/** What sending knows of a mailbox: numbers of today, and until when the provider told it to wait. */
export interface MailboxCapacity {
  readonly limit: number
  readonly used: number
  readonly usedElsewhere: number
  readonly reserved: number
  readonly waiting: number
  readonly throttledUntil?: Temporal.Instant
}

/** Numbers by mailbox id; a mailbox without any has sent nothing. */
export type Capacities = (
  tx: Tx,
  mailboxIds: readonly string[],
) => Promise<ReadonlyMap<string, MailboxCapacity>>

/** How the server learns of new mail, by mailbox id; a mailbox without is not read. */
export type Learnings = (tx: Tx, mailboxIds: readonly string[]) => Promise<ReadonlyMap<string, Learning>>

/** What other domains know of mailboxes. */
export interface FromElsewhere {
  /** Numbers of today, from sending. */
  readonly capacities: Capacities
  /** The forecast, from sending. */
  readonly leaving: Leaving
  /** From receiving. */
  readonly learnings: Learnings
}

interface Beside {
  readonly actor: Actor
  readonly now: Temporal.Instant
  readonly ownerName: string | undefined
  readonly defaultId: string | undefined
  readonly capacity: MailboxCapacity | undefined
  readonly account: string | undefined
  readonly learning: Learning | undefined
}

/** The rows of Connected Emails, as this person sees them. */
export async function presentAll(
  elsewhere: FromElsewhere,
  tx: Tx,
  actor: Actor,
  mailboxes: readonly Mailbox[],
): Promise<z.input<typeof Shown>[]> {
  const ids = mailboxes.map((mailbox) => mailbox.id)
  const capacities = await elsewhere.capacities(tx, ids)
  const learnings = await elsewhere.learnings(tx, ids)
  const owners = mailboxes.map((mailbox) => mailbox.ownerId)
  const names = await memberNames(tx, owners)
  const defaultId = await defaultOf(tx, actor.personId)
  const now = await databaseNow(tx)
  const accounts = await accountsOf(tx, ids)
  return mailboxes.map((mailbox) => {
    const ownerName = names.get(mailbox.ownerId)
    const { id } = mailbox
    const known = { capacity: capacities.get(id), account: accounts.get(id), learning: learnings.get(id) }
    return present(mailbox, { actor, now, defaultId, ownerName, ...known })
  })
}

function present(mailbox: Mailbox, beside: Beside): z.input<typeof Shown> {
  const { throttledUntil, ...capacity } = beside.capacity ?? {
    limit: mailbox.dailyLimit,
    used: 0,
    usedElsewhere: 0,
    reserved: 0,
    waiting: 0,
  }
  const waits = throttledUntil !== undefined && Temporal.Instant.compare(throttledUntil, beside.now) > 0
  return {
    id: mailbox.id,
    address: mailbox.address,
    endpoint: mailbox.endpoint,
    provider: mailbox.provider,
    level: mailbox.level,
    place: mailbox.place,
    ...(beside.account === undefined ? {} : { account: beside.account }),
    ownerId: mailbox.ownerId,
    ownerName: beside.ownerName ?? '',
    isDefault: mailbox.id === beside.defaultId,
    maySend: maySend(beside.actor, mailbox),
    maySteer: maySteer(beside.actor, mailbox),
    mayShare: mayShare(beside.actor, mailbox),
    displayName: mailbox.displayName,
    signature: mailbox.signature,
    signatureHtml: mailbox.signatureHtml,
    sharing: mailbox.sharing,
    namedMembers: [...mailbox.namedMembers],
    health: mailbox.health === 'active' && waits ? 'throttled' : mailbox.health,
    ...(mailbox.healthReason === undefined ? {} : { healthReason: mailbox.healthReason }),
    ...(waits ? { throttledUntil: throttledUntil.toString() } : {}),
    ...(mailbox.lastCheckedAt === undefined ? {} : { lastCheckedAt: mailbox.lastCheckedAt.toString() }),
    ...(beside.learning === undefined ? {} : { learning: beside.learning }),
    findsChangedSubjects: mailbox.findsChangedSubjects,
    ...(mailbox.disconnectedAt === undefined ? {} : { disconnectedAt: mailbox.disconnectedAt.toString() }),
    zone: mailbox.zone,
    dailyLimit: mailbox.dailyLimit,
    windowFrom: mailbox.windowFrom.toString({ smallestUnit: 'minute' }),
    windowTo: mailbox.windowTo.toString({ smallestUnit: 'minute' }),
    windowDays: [...mailbox.windowDays],
    paceSeconds: mailbox.paceSeconds,
    reserve: mailbox.reserve,
    capacity,
  }
}
