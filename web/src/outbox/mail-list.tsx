/**
 * The timetable of mails, drawn only where it is looked at, so that tens of thousands scroll like a hundred. J and K
 * walk, X selects, Shift with X selects from the last one on. One row is the current one: that which has the focus, or had
 * it last; when it leaves, the one that comes into its place is. The next page is asked for before its end is reached.
 */
import type { OutboxDeed, OutboxRow } from '@kontor/api/outbox'
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useHere } from '../client/session.ts'
import { useKeys } from '../ui/keys.ts'
import { type Chosen, isChosen, nothing, toggled } from './choice.ts'
import { useCurrentRow } from './current-row.ts'
import type { Asked, Part } from './deeds.ts'
import { type Line, linesOf } from './lines.ts'
import { MailLine } from './mail-line.tsx'
import styles from './outbox.module.css'

interface MailListProps {
  readonly rows: readonly OutboxRow[]
  readonly part: Part
  readonly complete: boolean
  readonly more: () => void
  readonly chosen: Chosen
  /** Absent for people who may not act. */
  readonly choose: ((chosen: Chosen) => void) | undefined
  readonly act: (row: OutboxRow, deed: OutboxDeed) => void
  readonly ask: (row: OutboxRow, ask: Asked) => void
}

const ahead = 60

export function MailList(props: MailListProps): ReactElement {
  const { rows, part, complete, more, chosen, choose, act, ask } = props
  const { t } = useTranslation('outbox')
  const times = useTimes()
  const { zone } = useHere()
  // drawn anew with every step of scrolling, and every line asks a calendar
  const lines = useMemo(() => linesOf(rows, times.dayKey), [rows, zone])
  const place = useRef<HTMLUListElement>(null)
  const [margin, setMargin] = useState(0)
  const { current, setCurrent, focusOn, focusEvents } = useCurrentRow(lines, place)
  const heads = lines.flatMap((line, index) => (line.kind === 'day' ? [index] : []))
  const pinned = useRef(0)

  // what stands above comes later, grows and goes
  useLayoutEffect(() => {
    const watch = new ResizeObserver(() => {
      setMargin((place.current?.getBoundingClientRect().top ?? 0) + scrollY)
    })
    watch.observe(document.body)
    return () => watch.disconnect()
  }, [])
  const list = useWindowVirtualizer({
    count: lines.length,
    estimateSize: (index) => (lines[index]?.kind === 'day' ? 43 : 37),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 12,
    scrollMargin: margin,
    scrollPaddingStart: 104,
    scrollPaddingEnd: 72,
    rangeExtractor: (range) => {
      pinned.current = heads.findLast((head) => head <= range.startIndex) ?? 0
      // what has the focus stays drawn, wherever the window is
      const kept = lines.findIndex((line) => line.key === current)
      const drawn = [pinned.current, ...(kept < 0 ? [] : [kept]), ...defaultRangeExtractor(range)]
      return [...new Set(drawn)].toSorted((a, b) => a - b)
    },
  })
  const visible = list.getVirtualItems()
  const last = list.range?.endIndex ?? 0
  useEffect(() => {
    if (!complete && last > lines.length - ahead) more()
  })

  const walk = useWalk(lines, current, (line, index) => {
    focusOn(line)
    list.scrollToIndex(index, { align: 'auto' })
  })
  function toggle(id: string, extend: 'one' | 'range'): void {
    choose?.(toggled(chosen, rows, id, extend === 'range' ? (current ?? id) : undefined))
    setCurrent(id)
  }
  useKeys({
    j: () => walk(1),
    k: () => walk(-1),
    x: () => {
      if (current) toggle(current, 'one')
    },
    escape: () => {
      if (!chosen.all && chosen.ids.size === 0) return
      choose?.(nothing)
      if (current) focusOn(current)
    },
  })

  return (
    <ul
      ref={place}
      className={styles['list']}
      aria-label={t('list')}
      style={{ height: list.getTotalSize() }}
      {...focusEvents}
    >
      {visible.map((at) => {
        const line = lines[at.index]
        if (!line) return null
        const stuck = at.index === pinned.current
        return (
          <li
            key={at.key}
            ref={list.measureElement}
            tabIndex={line.kind === 'mail' ? -1 : undefined}
            data-index={at.index}
            className={styles['slot']}
            data-stuck={stuck ? 'true' : undefined}
            aria-setsize={complete ? lines.length : -1}
            aria-posinset={at.index + 1}
            style={stuck ? undefined : { transform: `translateY(${at.start - list.options.scrollMargin}px)` }}
          >
            {line.kind === 'day' ? (
              <Day line={line} complete={complete || at.index !== heads.at(-1)} />
            ) : (
              <MailLine
                row={line.row}
                part={part}
                current={line.key === current}
                selected={isChosen(chosen, line.key)}
                aligned={choose !== undefined}
                toggle={
                  choose && line.row.state !== 'leased' ? (extend) => toggle(line.key, extend) : undefined
                }
                act={choose ? (deed) => act(line.row, deed) : undefined}
                ask={choose ? (asked) => ask(line.row, asked) : undefined}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** Moves to the next or previous mail, over headings. */
function useWalk(
  lines: readonly Line[],
  current: string | undefined,
  go: (key: string, index: number) => void,
): (by: 1 | -1) => void {
  return (by) => {
    const from = lines.findIndex((line) => line.key === current)
    for (let index = from + by; index >= 0 && index < lines.length; index += by) {
      const line = lines[index]
      if (line?.kind !== 'mail') continue
      go(line.key, index)
      return
    }
  }
}

interface DayProps {
  readonly line: Line & { readonly kind: 'day' }
  readonly complete: boolean
}

function Day({ line, complete }: DayProps): ReactElement {
  const { t } = useTranslation('outbox')
  const times = useTimes()
  return (
    <div className={styles['day']}>
      <small>{line.expected ? t('about') : ''}</small>
      <span>
        {line.sending ? t('sendingNow') : line.at ? times.day(line.at) : t('undated')}
        <small>{complete ? t('day', { count: line.count }) : t('loaded', { count: line.count })}</small>
      </span>
    </div>
  )
}
