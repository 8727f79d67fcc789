/**
 * Tells the brand that the brief was opened: once, and only after the page was visible for three seconds in a row.
 * Mail scanners open links but show them to nobody. The page says so in one sentence.
 */
import { useEffect, useRef } from 'react'
import { useDocumentVisibility, useTimeout } from '@mantine/hooks'
import { tellViewed } from './use-brief-link.ts'

const visibleForMs = 3000

export function useViewed(token: string, watching: boolean): void {
  const visibility = useDocumentVisibility()
  const told = useRef(false)
  const timer = useTimeout(() => {
    if (told.current) return
    told.current = true
    void tellViewed(token)
  }, visibleForMs)
  const { start, clear } = timer
  useEffect(() => {
    if (!watching || visibility !== 'visible') return undefined
    start()
    return clear
  }, [watching, visibility, start, clear])
}
