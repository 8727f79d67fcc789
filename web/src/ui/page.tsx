/** The frame of a screen: one title, what belongs to it, its acts; sections under hairlines; tabs that are links. */
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'
import styles from './page.module.css'

interface PageProps {
  readonly title: string
  /** A short line beside the title: counts, states. */
  readonly meta?: ReactNode
  readonly acts?: ReactNode
  /** A link to where this screen belongs. */
  readonly back?: ReactNode
  readonly width?: 'narrow' | 'normal' | 'full'
  readonly children: ReactNode
}

/** A screen. Sets the window's title and moves the reader's focus to the heading when the screen is new. */
export function Page({ title, meta, acts, back, width, children }: PageProps): ReactElement {
  const heading = useTitle(title)
  const widthClass = width === 'narrow' ? styles['narrow'] : width === 'full' ? styles['full'] : ''
  return (
    <div className={`${styles['page']} ${widthClass ?? ''}`}>
      {back ? <div className={styles['back']}>{back}</div> : null}
      <header className={styles['head']}>
        <h1 className={styles['title']} tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {meta ? <div className={styles['meta']}>{meta}</div> : null}
        {acts ? <div className={styles['acts']}>{acts}</div> : null}
      </header>
      {children}
    </div>
  )
}

/** Names the window after the screen; for screens that draw their own heading. */
export function useTitle(title: string): React.RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} – Kontor`
  }, [title])
  useEffect(() => {
    // nothing inside the screen has it
    if (document.activeElement?.contains(heading.current)) heading.current?.focus({ preventScroll: true })
  }, [])
  return heading
}

interface SectionProps {
  readonly title: string
  readonly meta?: ReactNode
  readonly acts?: ReactNode
  readonly children: ReactNode
  readonly id?: string
}

export function Section({ title, meta, acts, children, id }: SectionProps): ReactElement {
  return (
    <section className={styles['section']} id={id} aria-label={title}>
      <header className={styles['sectionHead']}>
        <h2 className={styles['sectionTitle']}>{title}</h2>
        {meta ? <div className={styles['meta']}>{meta}</div> : null}
        {acts ? <div className={styles['acts']}>{acts}</div> : null}
      </header>
      {children}
    </section>
  )
}

/** Tabs as navigation: its children are router links, or buttons with aria-current="true". */
export function TabBar({
  label,
  children,
}: {
  readonly label: string
  readonly children: ReactNode
}): ReactElement {
  const bar = useRef<HTMLElement>(null)
  const shown = useRef<Element>(null)
  // where the tabs do not fit side by side, the open one is in sight; the page itself stays where it is
  useEffect(() => {
    const open = bar.current?.querySelector('[aria-current], [data-status="active"]')
    if (!open || !bar.current || open === shown.current) return
    shown.current = open
    const [whole, part] = [bar.current.getBoundingClientRect(), open.getBoundingClientRect()]
    bar.current.scrollLeft += part.left + part.width / 2 - whole.left - whole.width / 2
  })
  return (
    <nav aria-label={label} className={styles['tabs']} ref={bar}>
      {children}
    </nav>
  )
}
