/**
 * The list of conversations as the page shows it: which filters stand in the address,
 * which headings go between the rows, and which row comes next. Draws nothing, fetches nothing.
 */
import { EntryKind, TeamState } from '@kontor/api/inbox'
import type { ConversationRow, InboxQuery } from '@kontor/api/inbox'

/** What a person narrowed the list to; lives in the address so that back and a copied link keep it. */
export interface InboxFilter {
  readonly who?: 'mine' | 'unassigned' | 'mentioned'
  readonly snoozed?: true
  readonly state?: TeamState
  readonly campaign?: string
  readonly mailbox?: string
  readonly kind?: EntryKind
  readonly q?: string
}

export type ListLine =
  | { readonly kind: 'heading'; readonly state: TeamState }
  | { readonly kind: 'row'; readonly row: ConversationRow }

const whos = ['mine', 'unassigned', 'mentioned'] as const

/** Reads a filter from an address; what is not understood is left out, so an old link still opens. */
export function readFilter(search: Readonly<Record<string, unknown>>): InboxFilter {
  const state = TeamState.safeParse(search['state'])
  const kind = EntryKind.safeParse(search['kind'])
  const who = whos.find((one) => one === search['who'])
  const { campaign, mailbox, q, snoozed } = search
  return {
    ...(who === undefined ? {} : { who }),
    ...(snoozed === true || snoozed === 'true' ? { snoozed: true } : {}),
    ...(state.success ? { state: state.data } : {}),
    ...(typeof campaign === 'string' && campaign !== '' ? { campaign } : {}),
    ...(typeof mailbox === 'string' && mailbox !== '' ? { mailbox } : {}),
    ...(kind.success ? { kind: kind.data } : {}),
    ...(typeof q === 'string' || typeof q === 'number' ? readQuestion(String(q)) : {}),
  }
}

function readQuestion(q: string): { readonly q?: string } {
  return q.trim() === '' ? {} : { q }
}

export function toQuery(filter: InboxFilter): InboxQuery {
  return {
    ...(filter.who ? { who: filter.who } : {}),
    ...(filter.snoozed ? { snoozed: 'true' } : {}),
    ...(filter.state ? { state: filter.state } : {}),
    ...(filter.campaign ? { campaignId: filter.campaign } : {}),
    ...(filter.mailbox ? { mailboxId: filter.mailbox } : {}),
    ...(filter.kind ? { kind: filter.kind } : {}),
    ...(filter.q ? { q: filter.q } : {}),
  }
}

export function isNarrowed(filter: InboxFilter): boolean {
  return Object.keys(filter).length > 0
}

/** How many of the folded filters are set: what cannot be seen must at least be counted. */
export function foldedFilters({ campaign, mailbox, kind, snoozed, who }: InboxFilter): number {
  const set = [campaign, mailbox, kind, snoozed, who === 'mentioned' ? who : undefined]
  return set.filter((one) => one !== undefined).length
}

/** Rows arrive sorted by team state; a heading opens each state that has rows. */
export function withHeadings(rows: readonly ConversationRow[]): ListLine[] {
  return rows.flatMap((row, at): ListLine[] => {
    const line: ListLine = { kind: 'row', row }
    return rows[at - 1]?.teamState === row.teamState
      ? [line]
      : [{ kind: 'heading', state: row.teamState }, line]
  })
}

/** The conversation `step` rows away; from none chosen, the first one. Stays put at either end. */
export function neighbour(
  rows: readonly ConversationRow[],
  chosen: string | undefined,
  step: 1 | -1,
): string | undefined {
  const at = rows.findIndex((row) => row.id === chosen)
  if (at === -1) return rows[0]?.id
  return rows[at + step]?.id
}
