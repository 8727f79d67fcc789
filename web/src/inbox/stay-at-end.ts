/**
 * Keeps the end of the history in sight: on opening, when a message arrives, and when the answer desk grows.
 * Somebody who has scrolled up to read is left where they are, except when a new message counts the version up.
 */
import { useEffect, useRef, type RefObject } from 'react'

const nearPx = 48

export function useStayAtEnd(version: number): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = scroller.current
    if (box) box.scrollTop = box.scrollHeight
  }, [version])
  useEffect(() => {
    const box = scroller.current
    if (!box) return undefined
    let atEnd = true
    function look(): void {
      if (box) atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx
    }
    const watch = new ResizeObserver(() => {
      if (atEnd) box.scrollTop = box.scrollHeight
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
