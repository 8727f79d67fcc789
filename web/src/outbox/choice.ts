/**
 * Which mails are chosen: some by hand, or all that match the filters, also those that no page has shown yet. Pure.
 */
import type { WholeChoice, OutboxChoice, OutboxDeed, OutboxRow, OutboxSection } from '@kontor/api/outbox'
import type { OutboxFilter } from './asks.ts'

export type Chosen =
  | { readonly all: false; readonly ids: ReadonlySet<string> }
  /** Mails that were there at this time; what comes later is not meant. */
  | { readonly all: true; readonly before: string }

export const nothing: Chosen = { all: false, ids: new Set() }

export function isChosen(chosen: Chosen, id: string): boolean {
  return chosen.all || chosen.ids.has(id)
}

/** Mails that left the list meanwhile are no longer chosen. */
export function countOf(chosen: Chosen, rows: readonly OutboxRow[], total: number): number {
  if (chosen.all) return total
  return rows.filter((row) => chosen.ids.has(row.id)).length
}

/** One more or one less; with `from`, everything between the two as well. After "all", those shown minus the one. */
export function toggled(chosen: Chosen, rows: readonly OutboxRow[], id: string, from?: string): Chosen {
  const ids = new Set(chosen.all ? rows.map((row) => row.id) : chosen.ids)
  const order = rows.filter((row) => row.state !== 'leased').map((row) => row.id)
  const [start = -1, end = -1] = [order.indexOf(from ?? ''), order.indexOf(id)].toSorted((a, b) => a - b)
  if (from !== undefined && start >= 0) for (const one of order.slice(start, end + 1)) ids.add(one)
  else if (!ids.delete(id)) ids.add(id)
  return { all: false, ids }
}

/** What is asked of the server, in requests of one step each; of named mails a step is a few hundred. */
export function choicesOf(
  chosen: Chosen,
  rows: readonly OutboxRow[],
  section: OutboxSection,
  filter: OutboxFilter,
): OutboxChoice[] {
  const choice = wholeChoice(chosen, rows, section, filter)
  if (!('ids' in choice)) return [choice]
  return inSteps(choice.ids, step)
}

/** Those that go to the front go together, so that their order stays; more than a request takes, the last ones first. */
export function stepsFor(act: OutboxDeed['act'], choices: readonly OutboxChoice[]): OutboxChoice[] {
  const ids = choices.flatMap((choice) => ('ids' in choice ? choice.ids : []))
  return act === 'front' && ids.length > 0 ? inSteps(ids, mostIds).toReversed() : [...choices]
}

function inSteps(ids: readonly string[], size: number): OutboxChoice[] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, i) => ({
    ids: ids.slice(i * size, (i + 1) * size),
  }))
}

/** The same in one piece, for a plan. */
export function wholeChoice(
  chosen: Chosen,
  rows: readonly OutboxRow[],
  section: OutboxSection,
  { mailboxId, campaignId, kind, q }: OutboxFilter,
): WholeChoice {
  if (chosen.all) return { matching: { section, mailboxId, campaignId, kind, q, before: chosen.before } }
  return { ids: rows.flatMap((row) => (chosen.ids.has(row.id) ? [row.id] : [])) }
}

const step = 200
const mostIds = 1000
