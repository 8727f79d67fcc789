/** Order and words of a person's time line. The state of a mail says more than its kind, so it is the word shown. */
import type { TimelineEntry } from '@kontor/api/contacts'
import { instant } from '../client/clock.ts'

const states = [
  'queued',
  'leased',
  'accepted',
  'failed',
  'in_doubt',
  'held',
  'cancelled',
  'suppressed',
  'approved',
  'rejected',
  'applied',
  'applied_openly',
  'declined',
  'withdrawn',
  'reply',
  'auto_reply',
  'bounce',
  'complaint',
  'own',
] as const

export type EntryWord = `timeline.state.${(typeof states)[number]}` | `timeline.kind.${TimelineEntry['kind']}`

/** Key of the word for an entry: its state where the page has a word for it, otherwise its kind. */
export function entryWord(entry: TimelineEntry): EntryWord {
  const state = states.find((known) => known === entry.state)
  return state ? `timeline.state.${state}` : `timeline.kind.${entry.kind}`
}

/** Latest first, whether it is still to come or past: reading down goes back in time. */
export function newestFirst(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return entries.toSorted((a, b) => instant(b.at) - instant(a.at))
}
