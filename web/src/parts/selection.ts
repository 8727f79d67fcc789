/**
 * Who is selected in a long list: people one by one, or everybody who fits what the list shows, with some taken out
 * again. Kept in this tab, so that looking at somebody's page, or writing to them, loses nothing.
 */
import { useDraft } from '../client/draft.ts'

export type Chosen<Filter> =
  | { readonly ids: readonly string[] }
  | { readonly everyone: Filter; readonly total: number; readonly except: readonly string[] }

export interface Selection<Filter> {
  readonly chosen: Chosen<Filter>
  readonly count: number
  readonly has: (id: string) => boolean
  readonly toggle: (id: string) => void
  /** Chooses these besides those chosen already, or takes them out again. */
  readonly set: (ids: readonly string[], wanted: boolean) => void
  readonly everyone: (filter: Filter, total: number) => void
  readonly clear: () => void
}

export const nobody: { readonly ids: readonly string[] } = { ids: [] }

/** As the server takes it. */
export function audienceOf<Filter>(
  chosen: Chosen<Filter>,
): { ids: string[] } | { everyone: Filter; except: string[] } {
  return 'ids' in chosen
    ? { ids: [...chosen.ids] }
    : { everyone: chosen.everyone, except: [...chosen.except] }
}

export function countOf(chosen: Chosen<unknown>): number {
  return 'ids' in chosen ? chosen.ids.length : Math.max(0, chosen.total - chosen.except.length)
}

export function isChosen(chosen: Chosen<unknown>, id: string): boolean {
  return 'ids' in chosen ? chosen.ids.includes(id) : !chosen.except.includes(id)
}

/** The choice after some were added or taken out. */
export function changed<Filter>(
  chosen: Chosen<Filter>,
  ids: readonly string[],
  wanted: boolean,
): Chosen<Filter> {
  if ('ids' in chosen) return { ids: wanted ? union(chosen.ids, ids) : without(chosen.ids, ids) }
  return { ...chosen, except: wanted ? without(chosen.except, ids) : union(chosen.except, ids) }
}

function union(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set([...one, ...other])]
}

function without(one: readonly string[], other: readonly string[]): readonly string[] {
  const gone = new Set(other)
  return one.filter((id) => !gone.has(id))
}

export function useSelection<Filter>(name: string): Selection<Filter> {
  const [chosen, keep, forget] = useDraft<Chosen<Filter>>(`selected.${name}`, nobody)
  return {
    chosen,
    count: countOf(chosen),
    has: (id) => isChosen(chosen, id),
    toggle: (id) => keep(changed(chosen, [id], !isChosen(chosen, id))),
    set: (ids, wanted) => keep(changed(chosen, ids, wanted)),
    everyone: (filter, total) => keep({ everyone: filter, total, except: [] }),
    clear: forget,
  }
}
