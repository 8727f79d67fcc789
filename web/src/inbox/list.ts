/**
 * The list of conversations as the page shows it: which filters stand in the address,
 * which headings go between the rows, and which row comes next. Draws nothing, fetches nothing.
 */
import { TeamState } from '@kontor/api/inbox'
import type { ConversationRow, InboxQuery } from '@kontor/api/inbox'

/** What a person narrowed the list to; lives in the address so that back and a copied link keep it. */
export interface InboxFilter {
  readonly who?: 'mine' | 'unassigned'
  readonly state?: TeamState
  readonly campaign?: string
  readonly q?: string
}

export type ListLine =
  | { readonly kind: 'heading'; readonly state: TeamState }
  | { readonly kind: 'row'; readonly row: ConversationRow }

/** Reads a filter from an address; what is not understood is left out, so an old link still opens. */
export function readFilter(search: Readonly<Record<string, unknown>>): InboxFilter {
  const state = TeamState.safeParse(search['state'])
  const { who, campaign, q } = search
  return {
    ...(who === 'mine' || who === 'unassigned' ? { who } : {}),
    ...(state.success ? { state: state.data } : {}),
    ...(typeof campaign === 'string' && campaign !== '' ? { campaign } : {}),
    ...(typeof q === 'string' && q !== '' ? { q } : {}),
  }
}

export function toQuery(filter: InboxFilter): InboxQuery {
  return {
    ...(filter.who ? { who: filter.who } : {}),
    ...(filter.state ? { state: filter.state } : {}),
    ...(filter.campaign ? { campaignId: filter.campaign } : {}),
    ...(filter.q ? { q: filter.q } : {}),
  }
}

export function isNarrowed(filter: InboxFilter): boolean {
  return Object.keys(filter).length > 0
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
