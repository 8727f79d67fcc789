/**
 * When a mailbox is looked at next. Pure.
 *
 * A busy mailbox is looked at often and a quiet one seldom: after a tenth of the time for which nothing came or left. Where
 * the provider tells of what comes, looking is only the net beneath; a kept connection tells of the inbox alone, so that its net
 * is closer. After a notice the mailbox is looked at again within seconds, because a notice may come before what it tells of can
 * be seen.
 */
import type { ProviderFailure } from '../mailboxes/provider.ts'
import type { Position, PullEnd } from './store-position.ts'

interface Span {
  readonly least: number
  readonly most: number
}

/** Seconds between two looks: with the provider silent, with its notices of everything, and with a connection to the inbox. */
export interface Polling {
  readonly silent: Span
  readonly notices: Span
  readonly connection: Span
}

/** The longest is shorter than what counts as an outage, so that a gap in looking is never hidden by it. */
export const usualPolling: Polling = {
  silent: { least: 5, most: 120 },
  notices: { least: 60, most: 540 },
  connection: { least: 60, most: 120 },
}

/** So long between two looks, whatever else is known. */
export function fixedPolling(seconds: number): Polling {
  const span = { least: seconds, most: seconds }
  return { silent: span, notices: span, connection: span }
}

/** Between two looks while they fail: a stumble is over at once, an outage is not asked about all the time. */
const failing: Span = { least: 5, most: 30 }
/** What a provider says to wait is waited; one that says longer is asked once an hour. */
const toldToWait: Span = { least: 1, most: 3600 }
const quietShare = 10
/** Seconds after a notice at which a look is owed to it, beside the one at once. A kept connection tells what can be seen. */
const looksAfterNotice = { notices: [0.5, 1, 2, 4, 10], connection: [1, 3, 10] } as const

/** A look by date is not through, and goes on in the next pull. */
export interface GivesWay {
  readonly kind: 'gives_way'
}

/** What follows a pull that came to its end, that left a look by date for later, or that stopped. */
export function afterPull(
  polling: Polling,
  position: Position,
  pulled: { readonly stop: ProviderFailure | GivesWay | undefined; readonly found: boolean },
  now: Temporal.Instant,
): PullEnd {
  const { stop, found } = pulled
  if (stop?.kind === 'gives_way') return { ok: true, checked: false, found, nextInSeconds: 0, waits: false }
  if (stop === undefined) {
    const usual = found ? spanOf(polling, position).least : untilUsual(polling, position, now)
    // also after something was found: it may not be what the notice told of
    const nextInSeconds = Math.min(usual, untilOwed(position, now))
    return { ok: true, checked: true, found, nextInSeconds, waits: false }
  }
  const failed = { ok: false, checked: false, found }
  if (stop.kind === 'throttled' || stop.kind === 'quota_day') {
    const seconds = now.until(stop.until).total('seconds')
    return { ...failed, nextInSeconds: within(seconds, toldToWait), waits: true }
  }
  return { ...failed, nextInSeconds: within(failingSeconds(position, now), failing), waits: false }
}

/** Whether a look by date that this pull is in the middle of gives way: new mail waits for it no longer than for any look. */
export function givesWay(polling: Polling, position: Position, now: Temporal.Instant): boolean {
  const seconds = position.now.until(now).total('seconds')
  return seconds >= polling.silent.least || untilOwed(position, now) === 0
}

/** Until the first look that is owed to a notice and was not begun in time by this one; whoever else asks for looks delays none. */
function untilOwed({ toldAt, toldBy, now: begun }: Position, now: Temporal.Instant): number {
  const owed = looksAfterNotice[toldBy ?? 'notices']
    .map((seconds) => toldAt?.add({ milliseconds: seconds * 1000 }))
    .find((at) => at !== undefined && Temporal.Instant.compare(at, begun) > 0)
  return owed === undefined ? Infinity : Math.max(0, now.until(owed).total('seconds'))
}

/** A stumble right after the provider said to wait is no outage of that long. */
function failingSeconds({ failingSince, waitedUntil }: Position, now: Temporal.Instant): number {
  const since = waitedUntil ?? failingSince
  return since === undefined ? 0 : since.until(now).total('seconds')
}

/** The usual pause of a mailbox in which nothing came or left for so long. */
function untilUsual(polling: Polling, position: Position, now: Temporal.Instant): number {
  return within(position.foundAt.until(now).total('seconds') / quietShare, spanOf(polling, position))
}

function spanOf(polling: Polling, { toldBy }: Position): Span {
  return polling[toldBy ?? 'silent']
}

function within(seconds: number, { least, most }: Span): number {
  return Math.min(most, Math.max(least, seconds))
}
