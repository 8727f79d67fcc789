/**
 * The outbox over HTTP: the timetable, its summary, and what a person may do with its mails.
 */
import { Instant } from '@kontor/api/common'
import { OutboxPage, OutboxQuery, OutboxSummary } from '@kontor/api/outbox'
import { z } from 'zod'
import {
  createRoutes,
  cutPage,
  decodeCursor,
  encodeCursor,
  pageLimit,
  serve,
  workspaceRoute,
} from '../http-kit/index.ts'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import type { ProviderTraits } from '../mailboxes/provider.ts'
import { databaseNow, instantText } from '../platform/clock/index.ts'
import { summary } from './capacity.ts'
import { waitingPage } from './outbox.ts'
import type { Place } from './page-after.ts'
import type { ActRouteParts } from './routes-act.ts'
import { serveActs, statesOf } from './routes-act.ts'
import { serveDecisions } from './routes-decision.ts'
import { settledRow, waitingRow } from './routes-present.ts'
import { entriesByTime, newestByTime } from './store-outbox.ts'

export type OutboxRouteParts = ActRouteParts & {
  readonly traits: (provider: 'gmail' | 'microsoft' | 'imap') => ProviderTraits | undefined
}

const list = workspaceRoute({
  method: 'get',
  path: '/outbox',
  summary: 'Mails that wait, are held, unconfirmed or past',
  query: OutboxQuery,
  answer: OutboxPage,
})
const overview = workspaceRoute({
  method: 'get',
  path: '/outbox/summary',
  summary: 'How much waits, and the capacity of each mailbox',
  answer: OutboxSummary,
})

export function outboxRoutes(parts: OutboxRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  serve(routes, list, async (c) => {
    const { section, cursor, limit, ...wanted } = c.req.valid('query')
    const most = pageLimit(limit)
    const { workspaceId, personId } = c.get('actor')
    const filter = { ...wanted, reader: personId }
    return await parts.database.inWorkspace(workspaceId, async (tx) => {
      const asOf = (await databaseNow(tx)).toString()
      if (section === 'waiting') {
        const page = await waitingPage(tx, filter, { after: placeOf(cursor), limit: most })
        return {
          rows: page.rows.map(waitingRow),
          total: page.total,
          asOf,
          ...(page.next === undefined ? {} : { next: cursorOf(page.next) }),
        }
      }
      const place = decodeCursor(cursor, z.tuple([Instant, z.uuid(), z.number().int()]))
      const chosen = { ...filter, states: statesOf[section] }
      const limits = { limit: most + 1, most: section === 'past' ? mostCounted : undefined }
      // counted once for all pages
      const { entries, count } =
        place === undefined
          ? await newestByTime(tx, chosen, limits)
          : {
              entries: await entriesByTime(tx, chosen, { ...limits, before: { at: place[0], id: place[1] } }),
              count: place[2],
            }
      const page = cutPage(entries, most, (row) => [
        (row.settledAt ?? row.enqueuedAt).toString(),
        row.id,
        count,
      ])
      const uncounted = section === 'past' && count > mostCounted
      return {
        ...page,
        rows: page.rows.map((row) => settledRow(row, parts.traits(row.provider))),
        total: uncounted ? mostCounted : count,
        ...(uncounted ? { uncounted } : {}),
        asOf,
      }
    })
  })
  serve(routes, overview, async (c) => {
    const { workspaceId, personId } = c.get('actor')
    const found = await parts.database.inWorkspace(workspaceId, (tx) => summary(tx, personId))
    const lastAt = Math.max(0, ...found.mailboxes.map((mailbox) => mailbox.lastAt ?? 0))
    return {
      waiting: found.waiting,
      held: found.held,
      unconfirmed: found.unconfirmed,
      ...(lastAt === 0 ? {} : { lastAt: instantText(lastAt) }),
      mailboxes: found.mailboxes.map(({ lastAt: at, ...mailbox }) => ({
        ...mailbox,
        ...(at === undefined ? {} : { lastAt: instantText(at) }),
      })),
    }
  })
  serveActs(routes, parts)
  serveDecisions(routes, parts)
  return routes
}

/** Past mails grow without end: so many are counted, and of more it is said that there are more. */
const mostCounted = 10_000

/** The last instant that a cursor can name: for mails of mailboxes that stand still. */
const timeless = 8.64e15

function cursorOf({ at, id, count }: Place): string {
  return encodeCursor([Math.min(at, timeless), id, count])
}

function placeOf(cursor: string | undefined): Place | undefined {
  const place = decodeCursor(cursor, z.tuple([z.number(), z.uuid(), z.number().int()]))
  if (place === undefined) return undefined
  const [at, id, count] = place
  return { at: at === timeless ? Infinity : at, id, count }
}
