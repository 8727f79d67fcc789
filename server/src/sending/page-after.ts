/**
 * A page of rows in the order of their time, after a place that may be gone: rows leave while people read. Pure.
 */

export interface Place {
  readonly at: number
  readonly id: string
  /** How many rows stood up to it, itself included. */
  readonly count: number
}

/**
 * Up to `limit` rows after the place, and one more when there are more. A place whose row is gone is found again by its
 * time, and among rows of one time by its number. Reads no further than it must.
 */
export function pageAfter<Row extends { readonly at: number; readonly id: string }>(
  rows: Iterable<Row>,
  after: Place | undefined,
  limit: number,
): Row[] {
  const page: Row[] = []
  const sameTime: Row[] = []
  let earlier = 0
  let reached = after === undefined
  for (const row of rows) {
    if (after === undefined || reached) page.push(row)
    else if (row.at < after.at) earlier += 1
    else if (row.at === after.at) {
      sameTime.push(row)
      reached = row.id === after.id
    } else {
      page.push(...sameTime.slice(Math.max(0, after.count - earlier)), row)
      reached = true
    }
    if (page.length > limit) break
  }
  if (after !== undefined && !reached) page.push(...sameTime.slice(Math.max(0, after.count - earlier)))
  return page.slice(0, limit + 1)
}
