/**
 * Live updates: the server names what changed, the page asks again for what that concerns. An event carries
 * no content. Bursts are gathered for a quarter of a second, long lists asked seldom (long-list.ts); after a lost
 * connection everything is asked anew.
 */
import { LiveEvent } from '@kontor/api/live'
import { type Query, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { after, now } from './clock.ts'
import { restOf } from './long-list.ts'

/** First word of an event's type → areas of the cache (see Here.key) that it concerns. */
const concerns: Readonly<Record<string, readonly string[]>> = {
  submission: ['outbox', 'conversations', 'campaigns', 'contacts', 'mailboxes', 'results'],
  outbox: ['outbox', 'conversations', 'campaigns', 'mailboxes'],
  mailbox: ['mailboxes', 'outbox'],
  message: ['conversations', 'contacts', 'campaigns', 'results'],
  reply: ['conversations', 'contacts', 'campaigns'],
  conversation: ['conversations', 'contacts'],
  note: ['conversations'],
  notice: ['notices'],
  presence: ['conversations'],
  campaign: ['campaigns', 'outbox'],
  member: ['campaigns', 'contacts', 'results'],
  launch: ['launches', 'campaigns', 'outbox'],
  application: ['campaigns', 'contacts'],
  follow: ['followUps', 'campaigns'],
  template: ['templates'],
  import: ['imports', 'contacts'],
  contact: ['contacts', 'conversations', 'campaigns', 'letters'],
  team: ['team'],
  invitation: ['team'],
}

/** Areas that an event type concerns; undefined means all of them. */
export function areasOf(type: string): readonly string[] | undefined {
  return concerns[type.split(/[._:-]/, 1)[0] ?? '']
}

/** Listens to the workspace while mounted. */
export function useLive(workspaceId: string): void {
  const client = useQueryClient()
  useEffect(() => {
    const source = new EventSource(`/api/v1/workspaces/${workspaceId}/live`)
    let wanted = new Set<string>()
    let everything = false
    let callOff: (() => void) | undefined
    let callOffLong: (() => void) | undefined
    let opened = false

    function refetch(): void {
      callOff = undefined
      const areas = wanted
      const all = everything
      wanted = new Set()
      everything = false
      const concerned = ({ queryKey: [workspace, area] }: Query): boolean =>
        (workspace === workspaceId && (all || areas.has(String(area)))) || (all && workspace === 'session')
      const present = now()
      const later = client
        .getQueryCache()
        .findAll({ type: 'active', predicate: concerned })
        .flatMap((query) => ({ query, rest: restOf(query.state, present) }))
        .filter(({ rest }) => rest > 0)
      const resting = new Set(later.map(({ query }) => query))
      void client.invalidateQueries({ predicate: (query) => concerned(query) && !resting.has(query) })
      callOffLong?.()
      if (later.length === 0) return
      const again = later.map(({ query }) => String(query.queryKey[1]))
      callOffLong = after(Math.min(...later.map(({ rest }) => rest)), () => gather(again))
    }
    function gather(areas: readonly string[] | undefined): void {
      if (areas) for (const area of areas) wanted.add(area)
      else everything = true
      callOff ??= after(250, refetch)
    }

    source.addEventListener('message', ({ data: text }: MessageEvent<string>) => {
      const event = readEvent(text)
      if (event) gather(areasOf(event.type))
    })
    source.addEventListener('open', () => {
      if (opened) gather(undefined)
      opened = true
    })
    return () => {
      source.close()
      callOff?.()
      callOffLong?.()
    }
  }, [client, workspaceId])
}

function readEvent(text: string): LiveEvent | undefined {
  try {
    return LiveEvent.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
