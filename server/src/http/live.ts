/**
 * Owns `GET /workspaces/{w}/live`: server-sent events (WHATWG HTML §9.2) that name what changed and carry no content.
 * The id of an event is its position in the feed; a browser that lost the connection resumes after it.
 *
 * A stream ends when the session is over: looked at each minute, and at once when a session or a membership of the
 * person ends anywhere. It also ends when the page does not keep up, and when the process stops.
 */
import { OpenAPIHono } from '@hono/zod-openapi'
import { findActor, guardRole } from '../http-kit/index.ts'
import type { Env } from '../http-kit/index.ts'
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import { feedHead } from '../platform/events/index.ts'
import type { Log } from '../platform/log/index.ts'
import type { Metrics } from '../platform/metrics/index.ts'
import { sessionChannel } from '../team/index.ts'
import type { Sessions } from '../team/index.ts'
import type { LiveFeed } from './live-feed.ts'
import { parsePosition, positionText } from './live-feed.ts'

export type LiveParts = {
  readonly database: Database
  readonly sessions: Sessions
  readonly feed: LiveFeed
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
}
export type LiveRoutes = AsyncDisposable & { readonly routes: OpenAPIHono<Env> }

type Page = { readonly personId: string; readonly check: () => Promise<void>; readonly end: () => void }

const beatMs = 15_000
const beatsPerCheck = 4
/** Events a page may be behind before it is cut off; it resumes where it was. */
const mostWaiting = 1000

export function liveRoutes(parts: LiveParts): LiveRoutes {
  const pages = new Set<Page>()
  const routes = new OpenAPIHono<Env>()
  const listening = parts.database.listen(sessionChannel, (personId) => {
    for (const page of pages) if (personId === '' || personId === page.personId) void page.check()
  })

  routes.get('/workspaces/:workspaceId/live', guardRole('viewer'), async (c) => {
    const { personId, workspaceId } = c.get('actor')
    const cookie = c.req.header('cookie')
    // before the page is answered: what happens from then on is told
    const after =
      parsePosition(c.req.header('last-event-id')) ??
      (await parts.database.inWorkspace(workspaceId, feedHead))
    const over = new AbortController()
    const encoder = new TextEncoder()
    let unfollow: (() => Promise<void>) | undefined
    let cancelled = false

    const page: Page = {
      personId,
      end: () => over.abort(),
      async check() {
        try {
          const session = await parts.sessions.read(cookie)
          const actor =
            session === undefined ? undefined : await findActor(parts.database, workspaceId, session.personId)
          if (actor === undefined) over.abort()
        } catch (error) {
          parts.log.warn({ error }, 'a live session could not be checked; it is looked at again')
        }
      },
    }

    const body = new ReadableStream<Uint8Array>(
      {
        start(stream) {
          const write = (text: string) => {
            if (over.signal.aborted) return
            if ((stream.desiredSize ?? 0) <= -mostWaiting) return over.abort()
            stream.enqueue(encoder.encode(text))
          }
          over.signal.addEventListener('abort', () => {
            pages.delete(page)
            parts.metrics.gauge('kontor_live_pages', pages.size)
            void unfollow?.()
            if (!cancelled) stream.close()
          })
          pages.add(page)
          parts.metrics.gauge('kontor_live_pages', pages.size)
          write('retry: 2000\n\n')
          unfollow = parts.feed.follow(
            workspaceId,
            {
              take: ({ type, subject, position }) => {
                const told = JSON.stringify(subject === undefined ? { type } : { type, subject })
                write(`id: ${positionText(position)}\ndata: ${told}\n\n`)
              },
            },
            after,
          )
          void beat(write, page, over.signal)
        },
        cancel() {
          cancelled = true
          over.abort()
        },
      },
      { highWaterMark: 0 },
    )
    return new Response(body, {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  })

  async function beat(write: (text: string) => void, page: Page, signal: AbortSignal): Promise<void> {
    for (let beats = 1; !signal.aborted; beats++) {
      await parts.clock.sleep(beatMs, signal)
      if (beats % beatsPerCheck === 0) await page.check()
      write(':\n\n')
    }
  }

  return {
    routes,
    async [Symbol.asyncDispose]() {
      await listening[Symbol.asyncDispose]()
      for (const page of pages) page.end()
    },
  }
}
