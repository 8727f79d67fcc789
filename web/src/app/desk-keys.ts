/** Keys that work on every screen: Ctrl or Command K, `?`, and G followed by a letter within a second and a half. */
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { after } from '../client/clock.ts'
import { useKeys } from '../ui/keys.ts'

interface Openers {
  readonly keys: () => void
  readonly palette: () => void
}

const destinations = { i: '/inbox', o: '/outbox', c: '/campaigns', p: '/influencers' } as const

export function useDeskKeys({ keys, palette }: Openers): void {
  const navigate = useNavigate()
  const leave = useRef<(() => void) | undefined>(undefined)

  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        palette()
      }
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [palette])

  // Captured before the screen's own keys, so that G then C never also means the screen's C.
  useEffect(() => {
    function second(event: KeyboardEvent): void {
      if (!leave.current) return
      const letter = event.key.toLowerCase()
      leave.current()
      leave.current = undefined
      if (letter in destinations) {
        event.preventDefault()
        event.stopImmediatePropagation()
        void navigate({ to: destinations[letter as keyof typeof destinations] })
      }
    }
    document.addEventListener('keydown', second, { capture: true })
    return () => document.removeEventListener('keydown', second, { capture: true })
  }, [navigate])

  useKeys({
    '?': keys,
    g: () => {
      leave.current?.()
      leave.current = after(1500, () => {
        leave.current = undefined
      })
    },
  })
}
