/**
 * An act on many mails, step by step: how far it is, a way to stop, and what became of it. What a stopped act has done
 * stays done; the rest is as it was.
 */
import { OutboxActed, type OutboxChoice, type OutboxDeed } from '@kontor/api/outbox'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'
import { stepsFor } from './choice.ts'

export interface ActingOutcome {
  readonly act: OutboxDeed['act']
  readonly done: number
  /** How many were left as they are, by the code of why. */
  readonly refused: Readonly<Record<string, number>>
  readonly stopped: boolean
}

export interface Acting {
  readonly running:
    | { readonly act: OutboxDeed['act']; readonly handled: number; readonly total: number }
    | undefined
  readonly outcome: ActingOutcome | undefined
  readonly error: Error | undefined
  readonly run: (choices: readonly OutboxChoice[], deed: OutboxDeed, total: number) => Promise<void>
  readonly stop: () => void
  readonly forget: () => void
}

export function useActing(): Acting {
  const here = useHere()
  const client = useQueryClient()
  const [running, setRunning] = useState<Acting['running']>()
  const [outcome, setOutcome] = useState<ActingOutcome>()
  const [error, setError] = useState<Error>()
  const stopping = useRef(false)

  async function run(choices: readonly OutboxChoice[], deed: OutboxDeed, total: number): Promise<void> {
    stopping.current = false
    setOutcome(undefined)
    setError(undefined)
    let done = 0
    const refused: Record<string, number> = {}
    const waiting = stepsFor(deed.act, choices)
    try {
      for (let choice = waiting.shift(); choice && !stopping.current; choice = waiting.shift()) {
        setRunning({ act: deed.act, handled: done + sum(refused), total })
        const step = await api.post(here.path('/outbox/act'), OutboxActed, { choice, deed })
        done += step.done
        for (const { code } of step.refused) refused[code] = (refused[code] ?? 0) + 1
        if (step.next && !('ids' in choice)) waiting.push({ ...choice, after: step.next })
      }
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)))
    }
    setOutcome({ act: deed.act, done, refused, stopped: stopping.current })
    setRunning(undefined)
    await client.invalidateQueries({ queryKey: here.key('outbox') })
  }

  return {
    running,
    outcome,
    error,
    run,
    stop: () => {
      stopping.current = true
    },
    forget: () => {
      setOutcome(undefined)
      setError(undefined)
    },
  }
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, count) => all + count, 0)
}
