/**
 * Keeps what came last in sight: on opening, when a message arrives, and when the answer desk grows. That is the end of the
 * history, or the beginning of its last entry when there is no room for all of it. Somebody who has scrolled away to read
 * is left where they are, except when a new message counts the version up.
 */
import { useEffect, useRef, type RefObject } from 'react'

const nearPx = 48

export function useStayAtEnd(version: number): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (scroller.current) rest(scroller.current)
  }, [version])
  useEffect(() => {
    const box = scroller.current
    if (!box) return undefined
    let resting = true
    function look(): void {
      if (box) resting = Math.abs(placeOf(box) - box.scrollTop) < nearPx
    }
    const watch = new ResizeObserver(() => {
      if (resting) rest(box)
    })
    box.addEventListener('scroll', look, { passive: true })
    watch.observe(box)
    // a layout that is measured, an image that has come
    if (box.firstElementChild) watch.observe(box.firstElementChild)
    return () => {
      box.removeEventListener('scroll', look)
      watch.disconnect()
    }
  }, [])
  return scroller
}

function rest(box: HTMLElement): void {
  box.scrollTop = placeOf(box)
}

function placeOf(box: HTMLElement): number {
  const end = box.scrollHeight - box.clientHeight
  const last = box.querySelector(':scope > ol > :last-child')
  if (last === null) return end
  return Math.min(end, box.scrollTop + last.getBoundingClientRect().top - box.getBoundingClientRect().top)
}
