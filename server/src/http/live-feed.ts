/**
 * Owns the reading of the live feed: one loop per workspace that somebody looks at, however many pages look. It reads
 * the event table past the position of the slowest page, woken by the database's hint and at least once a second, so
 * that a lost hint costs a second and no event. Each page gets every event once, in order.
 *
 * Refuses: content. Pages are told type and subject of what happened and ask for the rest themselves.
 */
import type { Database } from '../platform/db/index.ts'
import { eventChannel, readEvents } from '../platform/events/index.ts'
import type { FeedEvent, FeedPosition } from '../platform/events/index.ts'
import type { Log } from '../platform/log/index.ts'
import { startLoop } from '../platform/loop/index.ts'

export type LivePage = {
  /** Takes one event. Must not wait: a slow page must not hold up the others. */
  readonly take: (event: FeedEvent) => void
}
export type LiveFeed = AsyncDisposable & {
  /** Follows the feed of a workspace from a position. The function returned ends it. */
  follow(workspaceId: string, page: LivePage, after: FeedPosition): () => Promise<void>
}
type Reader = { position: FeedPosition; readonly page: LivePage }
type Desk = { readonly readers: Set<Reader>; readonly wake: EventTarget; readonly loop: AsyncDisposable }

const pollMs = 1000
const batch = 200

export function openLiveFeed(parts: {
  readonly database: Database
  readonly log: Log
  readonly pollMs?: number
}): LiveFeed {
  const { database, log } = parts
  const desks = new Map<string, Desk>()
  const listening = database.listen(eventChannel, (workspaceId) => {
    for (const [id, desk] of desks) {
      if (workspaceId === '' || workspaceId === id) desk.wake.dispatchEvent(new Event('wake'))
    }
  })

  async function deliver(workspaceId: string, readers: ReadonlySet<Reader>): Promise<'again' | 'idle'> {
    const after = slowest(readers)
    if (after === undefined) return 'idle'
    const events = await database.inWorkspace(workspaceId, (tx) => readEvents(tx, { after, limit: batch }))
    for (const event of events) {
      for (const reader of readers) {
        if (!isAfter(event.position, reader.position)) continue
        reader.position = event.position
        reader.page.take(event)
      }
    }
    return events.length === batch ? 'again' : 'idle'
  }

  function deskOf(workspaceId: string): Desk {
    const known = desks.get(workspaceId)
    if (known !== undefined) return known
    const readers = new Set<Reader>()
    const wake = new EventTarget()
    const loop = startLoop({
      name: 'live feed',
      idleMs: parts.pollMs ?? pollMs,
      log,
      wake,
      run: () => deliver(workspaceId, readers),
    })
    const desk = { readers, wake, loop }
    desks.set(workspaceId, desk)
    return desk
  }

  return {
    follow(workspaceId, page, position) {
      const desk = deskOf(workspaceId)
      const reader = { position, page }
      desk.readers.add(reader)
      desk.wake.dispatchEvent(new Event('wake'))
      return async () => {
        desk.readers.delete(reader)
        if (desk.readers.size > 0 || desks.get(workspaceId) !== desk) return
        desks.delete(workspaceId)
        await desk.loop[Symbol.asyncDispose]()
      }
    },
    async [Symbol.asyncDispose]() {
      await listening[Symbol.asyncDispose]()
      const open = [...desks.values()]
      desks.clear()
      await Promise.all(open.map((desk) => desk.loop[Symbol.asyncDispose]()))
    },
  }
}

/** `{xid}-{seq}`, the id of a server-sent event. */
export function positionText({ xid, seq }: FeedPosition): string {
  return `${xid}-${seq}`
}

export function parsePosition(text: string | undefined): FeedPosition | undefined {
  const match = /^(\d{1,19})-(\d{1,15})$/.exec(text ?? '')
  return match === null ? undefined : { xid: match[1] ?? '0', seq: Number(match[2]) }
}

function isAfter(left: FeedPosition, right: FeedPosition): boolean {
  const leftXid = BigInt(left.xid)
  const rightXid = BigInt(right.xid)
  return leftXid === rightXid ? left.seq > right.seq : leftXid > rightXid
}

function slowest(readers: ReadonlySet<Reader>): FeedPosition | undefined {
  let position: FeedPosition | undefined
  for (const reader of readers) {
    if (position === undefined || isAfter(position, reader.position)) position = reader.position
  }
  return position
}
