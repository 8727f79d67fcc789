/**
 * The row on which somebody stands in the timetable of mails: the one that has the focus, or had it last. When its mail
 * leaves, the one that comes into its place is the current one, and has the focus if the other had it.
 */
import { type FocusEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { heirOf, type Line } from './lines.ts'

interface CurrentRow {
  readonly current: string | undefined
  /** It is the current one from now on; the focus stays where it is. */
  readonly setCurrent: (key: string) => void
  /** It is the current one and gets the focus, as soon as it is drawn. */
  readonly focusOn: (key: string) => void
  /** For the list that holds the rows, each of which carries its place as `data-index`. */
  readonly focusEvents: {
    readonly onFocus: (event: FocusEvent) => void
    readonly onBlur: (event: FocusEvent) => void
  }
}

export function useCurrentRow(lines: readonly Line[], list: RefObject<HTMLElement | null>): CurrentRow {
  const [current, setCurrent] = useState<string>()
  const before = useRef(lines)
  const inside = useRef(false)
  const wanted = useRef<string>(undefined)

  useLayoutEffect(() => {
    const index = lines.findIndex((line) => line.key === current)
    if (current !== undefined && index < 0) {
      const next = heirOf(current, before.current, lines)
      before.current = lines
      if (inside.current && document.activeElement === document.body) wanted.current = next
      setCurrent(next)
      return
    }
    before.current = lines
    if (current === undefined || wanted.current !== current) return
    const row = list.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)
    if (!row) return
    wanted.current = undefined
    row.focus({ preventScroll: true })
  })

  return {
    current,
    setCurrent,
    focusOn: (key) => {
      wanted.current = key
      setCurrent(key)
    },
    focusEvents: {
      onFocus: ({ target }) => {
        inside.current = true
        const row = target.closest<HTMLElement>('[data-index]')
        const line = lines[Number(row?.dataset['index'] ?? -1)]
        if (line?.kind === 'mail') setCurrent(line.key)
      },
      onBlur: ({ relatedTarget }) => {
        inside.current = relatedTarget !== null && list.current?.contains(relatedTarget) === true
      },
    },
  }
}
