/**
 * One page of identifiers: sort, read what is ours, and store it, the last of it together with the position, in
 * transactions that begin by proving the place of the pull. What could not be read is set aside with them, so that it is
 * neither skipped nor in the way.
 */
import type { SetAsideReason } from '../correspondence/index.ts'
import { setAside } from '../correspondence/index.ts'
import type { Change, ProviderFailure } from '../mailboxes/provider.ts'
import { deadline } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Fetched } from './capture.ts'
import { capture } from './capture.ts'
import type { Place } from './keep-place.ts'
import type { HowMuch, OpenedMailbox, ReceivingParts } from './parts.ts'
import { askedAtOnce, inGroups } from './side-by-side.ts'
import type { OwnChange, Sorted } from './sort-changes.ts'
import { sortChanges } from './sort-changes.ts'
import { countRecovered } from './store-outage.ts'
import type { MailboxRef } from './store-position.ts'
import { renewPull } from './store-position.ts'
import { keepUnmatched } from './store-unmatched.ts'

/** Where one pull works. */
export interface Pulling {
  readonly parts: ReceivingParts
  readonly mailbox: MailboxRef
  readonly provider: OpenedMailbox
  readonly place: Place
  readonly findsChangedSubjects: boolean
}

/** Why a pull stops before its end: the provider said so, or somebody else has the mailbox. */
export type Stop = ProviderFailure | { readonly kind: 'place_lost' }

export type Taken = { readonly ok: true } | { readonly ok: false; readonly stop: Stop }

/** What a page does to the position. */
export interface Advance {
  /** Moves it and proves the place, first in the transaction; false when somebody else has the mailbox. */
  readonly move: (tx: Tx) => Promise<boolean>
  /** Last in the transaction, with the ids that could not be stored. */
  readonly settle?: (tx: Tx, unread: ReadonlySet<string>) => Promise<void>
  /** Ids of messages that broke a limit whenever they were read as a whole. */
  readonly tooMuch?: ReadonlySet<string>
}

const callMilliseconds = 30_000

/** Undefined while the place is held. */
export function lostPlace(place: Place): Stop | undefined {
  return place.lost.aborted ? { kind: 'place_lost' } : undefined
}

/** The deadline of one call, which ends early when the place is lost. */
export function callSignal({ place }: Pulling): AbortSignal {
  return AbortSignal.any([deadline(callMilliseconds), place.lost])
}

/**
 * Matches, reads and stores one page, a few messages at a time, so that the first is visible while the others are still
 * read; the position moves with the last of them. What was stored before a stop is known when the page is read again.
 */
export async function takePage(
  pulling: Pulling,
  changes: readonly Change[],
  advance: Advance,
): Promise<Taken> {
  const { parts, mailbox, place } = pulling
  const until = () => callSignal(pulling)
  const { provider, findsChangedSubjects } = pulling
  const sorted = await sortChanges(parts, mailbox, { provider, findsChangedSubjects, until }, changes)
  if (!sorted.ok) return { ok: false, stop: lostPlace(place) ?? sorted.failure }
  const { ours, unmatched, missing } = sorted.value
  const aside = new Map<string, Aside>()
  for (const change of missing) aside.set(change.providerMessageId, { change, why: 'gone' })
  const groups = inGroups(ours, askedAtOnce)
  if (groups.length === 0) groups.push([])
  const howMuch = ({ providerMessageId }: Change) =>
    advance.tooMuch?.has(providerMessageId) === true ? 'beginning' : 'whole'
  for (const [n, group] of groups.entries()) {
    const read = await Promise.all(group.map((change) => fetchRaw(pulling, change, howMuch(change))))
    const failure = read.find((one) => 'failure' in one)?.failure
    for (const one of read) if ('why' in one) aside.set(one.change.providerMessageId, one)
    const fetched = read.flatMap((one) => ('fetched' in one ? [one.fetched] : []))
    const ends = n === groups.length - 1 && failure === undefined
    const unsettled = await store(pulling, {
      fetched,
      ...(ends ? { end: { advance, unmatched, aside } } : {}),
    })
    if (unsettled === undefined) {
      place.lose()
      return { ok: false, stop: { kind: 'place_lost' } }
    }
    for (const one of unsettled) aside.set(one.change.providerMessageId, one)
    if (failure !== undefined) return { ok: false, stop: lostPlace(place) ?? failure }
  }
  return { ok: true }
}

interface Aside {
  readonly change: OwnChange
  readonly why: SetAsideReason
}

interface ReadGroup {
  readonly fetched: readonly Fetched[]
  /** Comes with the last messages of a page. */
  readonly end?: {
    readonly advance: Advance
    readonly unmatched: Sorted['unmatched']
    /** What could not be read of the whole page. */
    readonly aside: ReadonlyMap<string, Aside>
  }
}

/** What cannot be stored yet; undefined when somebody else has the mailbox and nothing was written. */
async function store(
  { parts, mailbox, place }: Pulling,
  { fetched, end }: ReadGroup,
): Promise<readonly Aside[] | undefined> {
  const { workspaceId, mailboxId } = mailbox
  // the transaction may run twice, so it counts for itself
  return await parts.database.inWorkspace(workspaceId, async (tx) => {
    const unsettled: Aside[] = []
    let replies = 0
    const held = end === undefined ? renewPull(tx, mailboxId, place.pullId) : end.advance.move(tx)
    if (!(await held)) return undefined
    const results = await capture(parts, tx, mailbox, fetched)
    for (const [n, change] of fetched.entries()) {
      const result = results[n]
      if (result?.outcome === 'captured' && result.kind === 'reply') replies += 1
      if (result?.outcome === 'unsettled') unsettled.push({ change, why: 'unsettled' })
    }
    if (replies > 0) await countRecovered(tx, mailboxId, replies)
    if (end === undefined) return unsettled
    await keepUnmatched(tx, workspaceId, mailboxId, end.unmatched)
    const all = [...end.aside.values(), ...unsettled]
    for (const { change, why } of all) await setAside(tx, workspaceId, mailboxId, { ...change, failure: why })
    await end.advance.settle?.(tx, new Set(all.map(({ change }) => change.providerMessageId)))
    return unsettled
  })
}

async function fetchRaw(
  pulling: Pulling,
  change: Change,
  how: HowMuch,
): Promise<{ readonly fetched: Fetched } | { readonly failure: ProviderFailure } | Aside> {
  const { parts, provider } = pulling
  const raw = await provider.raw(change.providerMessageId, callSignal(pulling))
  if (!raw.ok) {
    const { kind } = raw.failure
    if (kind === 'not_found') return { change, why: 'gone' }
    if (kind === 'transient' || kind === 'rejected') return { change, why: kind }
    return { failure: raw.failure }
  }
  try {
    const read = await parts.read(raw.value.raw, how)
    const providerThreadId = raw.value.providerThreadId ?? change.providerThreadId
    return {
      fetched: {
        providerMessageId: change.providerMessageId,
        ...(providerThreadId === undefined ? {} : { providerThreadId }),
        own: change.own || raw.value.own,
        raw: raw.value.raw,
        receivedAt: raw.value.receivedAt,
        read,
      },
    }
  } catch (error) {
    parts.log.warn(
      { error, message: change.providerMessageId },
      'a message could not be read and was set aside',
    )
    return { change, why: 'unreadable' }
  }
}
