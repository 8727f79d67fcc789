/**
 * Keeps a letter as a draft that the team shares. Typed words stand here at once, in this tab's storage within the same
 * moment, and on the server a little later; leaving the page sends what is left. A draft that a colleague has changed
 * meanwhile is never written over: the person decides.
 */
import { Draft } from '@kontor/api/inbox'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Done } from '@kontor/api/common'
import { after } from '../../client/clock.ts'
import { api, ProblemError } from '../../client/http.ts'
import { useHere } from '../../client/session.ts'
import type { Letter } from './letter.ts'
import { isBlank, letterOf, saveOf } from './letter.ts'

const restMs = 700
const prefix = 'kontor.letter.'

export interface DraftPlace {
  readonly contactId: string
  readonly campaignId?: string | undefined
}

interface Held {
  readonly letter: Letter
  readonly draftId: string | undefined
  readonly revision: number
}

export interface SharedDraft {
  readonly letter: Letter
  readonly change: (next: Partial<Letter> | ((letter: Letter) => Partial<Letter>)) => void
  readonly draftId: string | undefined
  /** Who changed it elsewhere; undefined while nobody did. */
  readonly clash: string | undefined
  readonly takeTheirs: () => void
  readonly keepMine: () => void
  /** `saving` until the server has what stands here. */
  readonly state: 'saved' | 'saving' | 'unsaved'
  /** Resolves when nothing is on its way, with the draft's id. Call before sending. */
  readonly settle: () => Promise<string | undefined>
  /** Forgets the draft here and on the server. */
  readonly discard: () => void
  /** Forgets it here alone: the server's is gone with the mail. */
  readonly forget: () => void
}

/** `name` is the place in this tab; `server` the draft as the server has it, `start` the letter when there is none. */
export function useSharedDraft(
  name: string,
  place: DraftPlace,
  { server, start }: { readonly server: Draft | undefined; readonly start: Letter },
): SharedDraft {
  const here = useHere()
  const client = useQueryClient()
  const [held, show] = useState<Held>(() => begin(name, server, start))
  const [clash, setClash] = useState<string>()
  const [state, setState] = useState<SharedDraft['state']>('saved')
  const now = useRef(held)
  const running = useRef<Promise<void> | undefined>(undefined)
  const waiting = useRef<(() => void) | undefined>(undefined)
  const dirty = useRef(false)
  const gone = useRef(false)

  function put(next: Held): void {
    now.current = next
    show(next)
  }
  function change(next: Partial<Letter> | ((letter: Letter) => Partial<Letter>)): void {
    const before = now.current.letter
    const letter = { ...before, ...(typeof next === 'function' ? next(before) : next) }
    gone.current = false
    put({ ...now.current, letter })
    remember(name, now.current)
    dirty.current = true
    setState('unsaved')
    waiting.current?.()
    waiting.current = after(restMs, () => void save())
  }
  async function save(): Promise<void> {
    waiting.current?.()
    waiting.current = undefined
    await running.current
    if (!dirty.current || gone.current) return
    const { letter, draftId, revision } = now.current
    if (draftId === undefined && isBlank(letter)) {
      dirty.current = false
      setState('saved')
      return
    }
    dirty.current = false
    setState('saving')
    const words = saveOf(letter)
    const asked =
      draftId === undefined
        ? api.post(here.path('/drafts'), Draft, { ...words, ...placeOf(place) })
        : api.put(here.path(`/drafts/${draftId}`), Draft, { ...words, revision })
    running.current = asked.then(
      (draft) => {
        if (gone.current) return
        put({ ...now.current, draftId: draft.id, revision: draft.revision })
        if (!dirty.current) {
          sessionStorage.removeItem(prefix + name)
          setState('saved')
        }
      },
      (error: unknown) => {
        dirty.current = true
        setState('unsaved')
        if (error instanceof ProblemError && error.code === 'draft_changed')
          setClash(String(error.values['by'] ?? ''))
        else if (error instanceof ProblemError && error.status === 404)
          put({ ...now.current, draftId: undefined, revision: 0 })
        else waiting.current = after(restMs * 8, () => void save())
      },
    )
    await running.current
    running.current = undefined
  }
  function leave(): void {
    if (dirty.current && !gone.current && clash === undefined) void save()
  }
  const latest = useRef({ leave })
  latest.current = { leave }
  useEffect(() => {
    const hide = (): void => latest.current.leave()
    window.addEventListener('pagehide', hide)
    document.addEventListener('visibilitychange', hide)
    return () => {
      window.removeEventListener('pagehide', hide)
      document.removeEventListener('visibilitychange', hide)
      hide()
    }
  }, [])

  // What a colleague did to the draft comes with the next look at the conversation.
  const known = held.draftId === undefined || server === undefined ? undefined : server
  useEffect(() => {
    if (!known || known.id !== now.current.draftId || known.revision <= now.current.revision) return
    if (running.current !== undefined) return
    if (dirty.current) setClash(known.changedByName)
    else put({ letter: letterOf(known), draftId: known.id, revision: known.revision })
  }, [known])

  function end(): void {
    gone.current = true
    dirty.current = false
    waiting.current?.()
    sessionStorage.removeItem(prefix + name)
    setClash(undefined)
    setState('saved')
    put({ letter: start, draftId: undefined, revision: 0 })
  }
  return {
    letter: held.letter,
    change,
    draftId: held.draftId,
    clash,
    state,
    takeTheirs: () => {
      setClash(undefined)
      dirty.current = false
      sessionStorage.removeItem(prefix + name)
      setState('saved')
      if (server) put({ letter: letterOf(server), draftId: server.id, revision: server.revision })
    },
    keepMine: () => {
      setClash(undefined)
      put({ ...now.current, ...(server ? { draftId: server.id, revision: server.revision } : {}) })
      dirty.current = true
      void save()
    },
    settle: async () => {
      await save()
      return now.current.draftId
    },
    discard: () => {
      const { draftId } = now.current
      end()
      if (draftId !== undefined)
        void api
          .remove(here.path(`/drafts/${draftId}`), Done)
          .catch(() => undefined)
          .finally(() => void client.invalidateQueries({ queryKey: here.key('conversations') }))
    },
    forget: end,
  }
}

function placeOf({ contactId, campaignId }: DraftPlace): { contactId: string; campaignId?: string } {
  return campaignId === undefined ? { contactId } : { contactId, campaignId }
}

function begin(name: string, server: Draft | undefined, start: Letter): Held {
  const kept = recall(name)
  const fresh =
    server === undefined
      ? undefined
      : { letter: letterOf(server), draftId: server.id, revision: server.revision }
  if (
    kept !== undefined &&
    (fresh === undefined ||
      ((kept.draftId ?? fresh.draftId) === fresh.draftId && kept.revision >= fresh.revision))
  )
    return {
      ...kept,
      draftId: kept.draftId ?? fresh?.draftId,
      revision: Math.max(kept.revision, fresh?.revision ?? 0),
    }
  return fresh ?? { letter: start, draftId: undefined, revision: 0 }
}

function remember(name: string, held: Held): void {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify(held))
  } catch {
    // a full storage loses nothing that the server will not have in a moment
  }
}

function recall(name: string): Held | undefined {
  const text = sessionStorage.getItem(prefix + name)
  if (text === null) return undefined
  try {
    const held = JSON.parse(text) as Held
    return typeof held.letter.subject === 'string' ? held : undefined
  } catch {
    return undefined
  }
}

/** Whether this tab holds words for a place that the server may not have yet. */
export function holdsWords(name: string): boolean {
  const held = recall(name)
  return held !== undefined && !isBlank(held.letter)
}
