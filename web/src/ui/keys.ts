/**
 * Keys of a screen. A key is ignored while somebody types, while a dialog is open, and with Ctrl, Alt or Meta.
 * Names are KeyboardEvent.key in lower case: 'j', 'arrowdown', 'escape', '?'.
 */
import { useEffect, useRef } from 'react'

export type KeyActs = Readonly<Record<string, (event: KeyboardEvent) => void>>

/** True when keys belong to a field or a dialog and not to the screen. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role="dialog"], [role="menu"]') !== null
  )
}

/** Binds keys while mounted. A checkbox does not count as typing: lists stay steerable while selecting. */
export function useKeys(acts: KeyActs, enabled = true): void {
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  useEffect(() => {
    if (!enabled) return undefined
    function press(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      const checkbox = event.target instanceof HTMLInputElement && event.target.type === 'checkbox'
      if (isTyping(event) && !checkbox) return
      latest.current[event.key.toLowerCase()]?.(event)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [enabled])
}
