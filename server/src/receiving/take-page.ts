/**
 * One page of identifiers: sort, read what is ours, and store it together with the position, in one transaction that
 * begins by proving the place of the pull. What could not be read is set aside in the same transaction, so that it is
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
import type { OpenedMailbox, ReceivingParts } from './parts.ts'
import type { OwnChange } from './sort-changes.ts'
import { sortChanges } from './sort-changes.ts'
import { countRecovered } from './store-outage.ts'
import type { MailboxRef } from './store-position.ts'
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

/** Matches, reads and stores one page, together with the position. */
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
  const fetched: Fetched[] = []
  const unread = new Map<string, { change: OwnChange; why: SetAsideReason }>()
  for (const change of missing) unread.set(change.providerMessageId, { change, why: 'gone' })
  for (const change of ours) {
    const one = await fetchRaw(pulling, change)
    if ('fetched' in one) fetched.push(one.fetched)
    else if ('failure' in one) return { ok: false, stop: lostPlace(place) ?? one.failure }
    else unread.set(change.providerMessageId, { change, why: one.why })
  }
  // the transaction may run twice, so it counts for itself
  const stored = await parts.database.inWorkspace(mailbox.workspaceId, async (tx) => {
    const aside = new Map(unread)
    let captured = 0
    if (!(await advance.move(tx))) return false
    for (const one of fetched) {
      const result = await capture(parts, tx, mailbox, one)
      if (result.outcome === 'captured' && result.kind !== 'own') captured += 1
      if (result.outcome === 'unsettled') aside.set(one.providerMessageId, { change: one, why: 'unsettled' })
    }
    await keepUnmatched(tx, mailbox.workspaceId, mailbox.mailboxId, unmatched)
    for (const { change, why } of aside.values()) {
      await setAside(tx, mailbox.workspaceId, mailbox.mailboxId, { ...change, failure: why })
    }
    await advance.settle?.(tx, new Set(aside.keys()))
    if (captured > 0) await countRecovered(tx, mailbox.mailboxId, captured)
    return true
  })
  if (!stored) {
    place.lose()
    return { ok: false, stop: { kind: 'place_lost' } }
  }
  return { ok: true }
}

async function fetchRaw(
  pulling: Pulling,
  change: Change,
): Promise<{ fetched: Fetched } | { failure: ProviderFailure } | { why: SetAsideReason }> {
  const { parts, provider } = pulling
  const raw = await provider.raw(change.providerMessageId, callSignal(pulling))
  if (!raw.ok) {
    const { kind } = raw.failure
    if (kind === 'not_found') return { why: 'gone' }
    if (kind === 'transient' || kind === 'rejected') return { why: kind }
    return { failure: raw.failure }
  }
  try {
    const read = await parts.read(raw.value.raw)
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
    return { why: 'unreadable' }
  }
}
