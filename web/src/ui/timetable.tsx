/**
 * The timetable: the list by which Kontor is recognised. Every row begins with the same gutter of 72 px with
 * right-aligned tabular figures; the future is in ink, the past in grey.
 */
import type { HTMLAttributes, ReactElement, ReactNode, Ref } from 'react'
import styles from './timetable.module.css'

export function Timetable({
  label,
  children,
}: {
  readonly label: string
  readonly children: ReactNode
}): ReactElement {
  return (
    <ul className={styles['timetable']} aria-label={label}>
      {children}
    </ul>
  )
}

interface DayProps {
  readonly title: ReactNode
  /** A figure in the gutter, for instance how many leave on that day. */
  readonly figure?: ReactNode
  readonly meta?: ReactNode
}

/** The heading of a day (or of another group). An `li` of its own. */
export function DayHead({ title, figure, meta }: DayProps): ReactElement {
  return (
    <li className={styles['day']}>
      <span>{figure}</span>
      <span>
        {title}
        {meta ? <small>{meta}</small> : null}
      </span>
    </li>
  )
}

interface RowProps extends Omit<HTMLAttributes<HTMLLIElement>, 'className'> {
  /** Right-aligned figures: a time, a date, a count. */
  readonly gutter: ReactNode
  readonly past?: boolean
  /** The row that the keyboard stands on, or that is open beside the list. */
  readonly current?: boolean
  /** `open`: a row of many lines, whose figure stands by the first. */
  readonly height?: 'normal' | 'tall' | 'open'
  /** The row reacts to the pointer as a whole. */
  readonly linked?: boolean
  readonly children: ReactNode
  readonly ref?: Ref<HTMLLIElement>
}

export function TimetableRow({
  gutter,
  past,
  current,
  height,
  linked,
  children,
  ...rest
}: RowProps): ReactElement {
  return (
    <li
      {...rest}
      className={`${styles['row']} ${linked ? (styles['linked'] ?? '') : ''}`}
      data-past={past ? 'true' : undefined}
      data-current={current ? 'true' : undefined}
      data-height={height ?? 'normal'}
    >
      <span className={styles['gutter']}>{gutter}</span>
      <div className={styles['content']}>{children}</div>
    </li>
  )
}
