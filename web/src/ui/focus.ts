/**
 * Where the focus goes when what has it is taken away: to the nearest place around it that can have it, so that a
 * keyboard goes on from there and not from the top of the page.
 */
import { type RefObject, useEffect, useRef } from 'react'

/** The element itself, then what it lies in and can have the focus, from the inside outwards. */
export function placesAround(element: Element | null): readonly HTMLElement[] {
  const places: HTMLElement[] = []
  for (let at = element; at && at !== document.body; at = at.parentElement)
    if (at instanceof HTMLElement && (at === element || at.hasAttribute('tabindex'))) places.push(at)
  return places
}

/** Gives the focus to the first of these that is still there and takes it. */
export function focusNearest(places: readonly HTMLElement[]): void {
  for (const place of places) {
    if (!place.isConnected) continue
    place.focus({ preventScroll: true })
    if (place === document.activeElement) return
  }
}

/** Keeps the focus inside an area that can have it itself. */
export function useFocusKept(): RefObject<HTMLElement | null> {
  const area = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = area.current
    if (!element) return undefined
    const end = new AbortController()
    let places: readonly HTMLElement[] = []
    const watch = new MutationObserver(() => {
      if (places[0]?.isConnected === false && document.activeElement === document.body) focusNearest(places)
    })
    watch.observe(element, { childList: true, subtree: true })
    document.addEventListener(
      'focusin',
      ({ target }) => (places = element.contains(target as Node) ? placesAround(target as Element) : []),
      end,
    )
    // who clicks beside everything wants the focus nowhere
    document.addEventListener('pointerdown', () => (places = []), { signal: end.signal, capture: true })
    return () => {
      end.abort()
      watch.disconnect()
    }
  }, [])
  return area
}
