/**
 * Unsaved form work that survives leaving the screen and reloading it: kept in this tab's sessionStorage
 * until it is saved or thrown away. Values must survive JSON.
 */
import { useState } from 'react'

const prefix = 'kontor.draft.'

/** State like useState that is kept under `name`; the third value forgets it and goes back to `initial`. */
export function useDraft<T>(name: string, initial: T): [T, (next: T) => void, () => void] {
  const [value, show] = useState<T>(() => (read(name) as T | undefined) ?? initial)
  function set(next: T): void {
    show(next)
    sessionStorage.setItem(prefix + name, JSON.stringify(next))
  }
  function forget(): void {
    show(initial)
    sessionStorage.removeItem(prefix + name)
  }
  return [value, set, forget]
}

/** Forgets what is kept under a name from a screen that does not show it. */
export function forgetDraft(name: string): void {
  sessionStorage.removeItem(prefix + name)
}

function read(name: string): unknown {
  const text = sessionStorage.getItem(prefix + name)
  if (text === null) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
