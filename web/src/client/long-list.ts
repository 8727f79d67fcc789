/**
 * Lists that are read page by page are asked again one page after the other, all of them. A short one follows every
 * change; a long one is asked at most once for as many seconds as it has pages, and never while its next page comes. Pure.
 */
export interface Listed {
  readonly data: unknown
  /** When it was last read, epoch milliseconds. */
  readonly dataUpdatedAt: number
  readonly fetchStatus: string
  readonly fetchMeta: unknown
}

const shortPages = 2
const msPerPage = 1000
const msForNextPage = 500

/** Milliseconds until it may be asked again; 0: at once. */
export function restOf({ data, dataUpdatedAt, fetchStatus, fetchMeta }: Listed, present: number): number {
  const pages = pagesIn(data)
  if (pages === 0) return 0
  if (fetchStatus === 'fetching' && (fetchMeta as { fetchMore?: unknown } | null)?.fetchMore !== undefined)
    return msForNextPage
  return pages <= shortPages ? 0 : Math.max(0, dataUpdatedAt + pages * msPerPage - present)
}

function pagesIn(data: unknown): number {
  const pages = (data as { pages?: unknown } | undefined)?.pages
  return Array.isArray(pages) ? pages.length : 0
}
