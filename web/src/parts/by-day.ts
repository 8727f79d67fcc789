/** Rows under the headings of their days, in the order in which they come. */

export interface DayGroup<T> {
  readonly day: string
  readonly rows: readonly T[]
}

/** Consecutive rows of the same day become one group; `dayOf` may answer '' for rows without a time. */
export function byDay<T>(rows: readonly T[], dayOf: (row: T) => string): DayGroup<T>[] {
  const groups: { day: string; rows: T[] }[] = []
  for (const row of rows) {
    const day = dayOf(row)
    const last = groups.at(-1)
    if (last?.day === day) last.rows.push(row)
    else groups.push({ day, rows: [row] })
  }
  return groups
}
