/**
 * What can be done with mails of each part of the outbox, in which group of a menu it stands, and whether it is asked
 * about first. Pure.
 */
import type { OutboxDeed, OutboxRow, WayOut } from '@kontor/api/outbox'

export type Part = 'waiting' | 'held' | 'past'
/** A deed that needs to know more first, or one that is done at once. */
export type Asked = 'cancel' | 'send_again' | 'now' | 'schedule' | 'promise' | 'move'

/** Does it; `counted`: how many mails it is about, where that is known better now than before it was asked. */
export type Run = (deed: OutboxDeed, counted?: number) => void

export interface Offer {
  readonly label:
    | Asked
    | 'take_back'
    | 'hold'
    | 'release'
    | 'front'
    | 'unschedule'
    | 'unpromise'
    | 'new_address'
  /** Done at once. */
  readonly deed?: OutboxDeed
  readonly ask?: Asked
  readonly problem?: boolean
}

const cancel: Offer = { label: 'cancel', ask: 'cancel', problem: true }
const hold: Offer = { label: 'hold', deed: { act: 'hold' } }
const front: Offer = { label: 'front', deed: { act: 'front' } }
const release: Offer = { label: 'release', deed: { act: 'release' } }
const newAddress: Offer = { label: 'new_address', deed: { act: 'new_address' } }
const move: Offer = { label: 'move', ask: 'move' }
const schedule: Offer = { label: 'schedule', ask: 'schedule' }
const promise: Offer = { label: 'promise', ask: 'promise' }
const now: Offer = { label: 'now', ask: 'now' }
const sendAgain: Offer = { label: 'send_again', ask: 'send_again' }

/** The menu of one mail: groups from the harmless to the final. */
export function offersFor(row: OutboxRow, part: Part): readonly (readonly Offer[])[] {
  if (part === 'past') return [[sendAgain]]
  if (part === 'held') return [[release, move], [cancel]]
  if (row.state !== 'queued') return []
  if (row.reason.code === 'undo') return [[{ label: 'take_back', deed: { act: 'cancel' } }], [hold, schedule]]
  const direct = row.kind === 'direct'
  return [
    [front, hold],
    [
      schedule,
      ...(row.notBefore ? [{ label: 'unschedule', deed: { act: 'schedule', at: null } } as const] : []),
      ...(direct ? [] : [promise]),
      ...(row.promisedFor ? [{ label: 'unpromise', deed: { act: 'promise', date: null } } as const] : []),
      ...(direct ? [] : [now]),
    ],
    [move],
    [cancel],
  ]
}

/** Beside the selection: what is done most, and the rest behind "More". */
export function offersForMany(part: Part): {
  readonly beside: readonly Offer[]
  readonly more: readonly Offer[]
} {
  switch (part) {
    case 'waiting':
      return { beside: [front, hold], more: [schedule, promise, now, move] }
    case 'held':
      return { beside: [release], more: [newAddress, move] }
    case 'past':
      return { beside: [sendAgain], more: [] }
  }
}

/** The way out that stands beside a held mail: an act, or the place where its condition is mended. */
export function firstWayOut(row: OutboxRow): WayOut | undefined {
  return row.waysOut?.find(
    (way) =>
      way !== 'open_server' &&
      (way !== 'open_contact' || row.contactId !== undefined) &&
      (way !== 'open_campaign' || row.campaignId !== undefined),
  )
}
