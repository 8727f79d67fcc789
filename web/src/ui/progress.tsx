/**
 * How far something long is. What it is about is said beside it; readers hear it when it begins, at each quarter and when
 * it stops or ends, not at each step.
 */
import { type ReactElement, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { newsPoint } from './progress-news.ts'
import styles from './progress.module.css'

interface ProgressProps {
  readonly value: number
  readonly max: number
  /** For readers, where no label stands around it. */
  readonly label?: string
}

export function Progress({ value, max, label }: ProgressProps): ReactElement {
  return (
    <progress className={styles['progress']} value={value} max={Math.max(max, value, 1)} aria-label={label} />
  )
}

interface NewsProps {
  readonly value: number
  readonly max: number
  /** Whether it runs, is `stopped` or `done`: each change is news. */
  readonly phase: string
  /** How far it is, in words. */
  readonly sentence: string
}

const over: ReadonlySet<string> = new Set(['done', 'stopped'])

/** Stands there from the beginning to the end, so that readers notice what changes in it. */
export function ProgressNews({ value, max, phase, sentence }: NewsProps): ReactElement {
  const [heard, hear] = useState('')
  const latest = useRef(sentence)
  latest.current = sentence
  const point = newsPoint(phase, value, max)
  // what was over before anybody looked is no news
  const news = useRef(!over.has(phase))
  useEffect(() => {
    if (news.current) hear(latest.current)
    news.current = true
  }, [point])
  return (
    <p className="unseen" role="status">
      {heard}
    </p>
  )
}

interface ActProps {
  readonly busy: boolean
  readonly act: () => void
  readonly children: ReactNode
}

/** The stop or the way on. It keeps the focus while its word changes, and gives it to a {@link ProgressPlace} around it when it goes. */
export function ProgressAct({ busy, act, children }: ActProps): ReactElement {
  const own = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    const button = own.current
    return () => {
      if (button === document.activeElement) button?.closest<HTMLElement>('[data-progress]')?.focus()
    }
  }, [])
  return (
    <Button
      ref={own}
      aria-busy={busy}
      aria-disabled={busy}
      onClick={() => {
        if (!busy) act()
      }}
    >
      {children}
    </Button>
  )
}

/** What stays when the bar and its act are gone. */
export function ProgressPlace(props: {
  readonly className?: string | undefined
  readonly children: ReactNode
}): ReactElement {
  return (
    <div className={props.className} data-progress="true" tabIndex={-1}>
      {props.children}
    </div>
  )
}
