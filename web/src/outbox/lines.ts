/** The outbox as lines of a timetable: a heading for each day, then its mails. Pure. */
import type { OutboxRow } from '@kontor/api/outbox'
import { byDay } from '../parts/by-day.ts'

export type Line =
  | {
      readonly kind: 'day'
      readonly key: string
      readonly at: string | undefined
      readonly count: number
      /** Its times lie ahead. */
      readonly expected: boolean
      /** These are on their way. */
      readonly sending: boolean
    }
  | { readonly kind: 'mail'; readonly key: string; readonly row: OutboxRow }

/** The time that a row stands under: when it leaves, when it left, or when it was last touched; none while unknown. */
export function timeOf(row: OutboxRow): string | undefined {
  return row.expectedAt ?? row.settledAt ?? (row.state === 'held' ? row.enqueuedAt : undefined)
}

const onTheirWay = 'now'

export function linesOf(rows: readonly OutboxRow[], dayKey: (iso: string) => string): Line[] {
  const groups = byDay(rows, (row) => {
    const at = timeOf(row)
    if (row.state === 'leased') return onTheirWay
    return at ? dayKey(at) : ''
  })
  return groups.flatMap((group, index): Line[] => [
    {
      kind: 'day',
      key: `day-${index}-${group.day}`,
      at: group.rows[0] ? timeOf(group.rows[0]) : undefined,
      count: group.rows.length,
      expected: group.rows.some((row) => row.expectedAt !== undefined),
      sending: group.day === onTheirWay,
    },
    ...group.rows.map((row): Line => ({ kind: 'mail', key: row.id, row })),
  ])
}

/** The mail that comes into the place of one that left: the next one after it that is still there, or else the last. */
export function heirOf(key: string, before: readonly Line[], lines: readonly Line[]): string | undefined {
  const place = before.findIndex((line) => line.key === key)
  const left = new Set(lines.flatMap((line) => (line.kind === 'mail' ? [line.key] : [])))
  return before.slice(place + 1).find((line) => left.has(line.key))?.key ?? [...left].at(-1)
}
