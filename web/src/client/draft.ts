/**
 * Unsaved form work that survives leaving the screen and reloading it: kept in this tab's sessionStorage
 * until it is saved or thrown away. Values must survive JSON.
 */
import { useRef, useState } from 'react'

const prefix = 'kontor.draft.'

/**
 * State that is kept under `name`: the value, how it becomes another (told from the latest one, so that two changes in a
 * row do not lose each other), and how it is forgotten and goes back to `initial`.
 */
export function useDraft<T>(name: string, initial: T): [T, (next: T | ((now: T) => T)) => void, () => void] {
  const [value, show] = useState<T>(() => (read(name) as T | undefined) ?? initial)
  const latest = useRef(value)
  function set(next: T | ((now: T) => T)): void {
    latest.current = typeof next === 'function' ? (next as (now: T) => T)(latest.current) : next
    show(latest.current)
    sessionStorage.setItem(prefix + name, JSON.stringify(latest.current))
  }
  function forget(): void {
    latest.current = initial
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
