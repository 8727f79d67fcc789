/**
 * The outbox over HTTP: the timetable, its summary, and what a person may do with its mails.
 */
import { OutboxAct, OutboxActed, OutboxPage, OutboxQuery, OutboxSummary } from '@kontor/api/outbox'
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
import type { Database } from '../platform/db/index.ts'
import { audit } from '../team/index.ts'
import { act } from './acts.ts'
import type { SendingParts } from './parts.ts'
import { summary } from './capacity.ts'
import { waitingPage } from './outbox.ts'
import type { WaitingRow } from './outbox.ts'
import type { OutboxEntry } from './store-outbox.ts'
import { entriesByTime } from './store-outbox.ts'
import type { SubmissionState } from './submission.ts'

export type OutboxRouteParts = Pick<SendingParts, 'emit' | 'ids'> & {
  readonly database: Database
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
const change = workspaceRoute({
  method: 'post',
  path: '/outbox/act',
  summary: 'Cancel, hold, release, put to the front, or settle an unconfirmed mail',
  body: OutboxAct,
  answer: OutboxActed,
})

/** The last instant that a cursor can name: for mails of mailboxes that stand still. */
const timeless = 8.64e15

const statesOf: Readonly<Record<'unconfirmed' | 'held' | 'past', readonly SubmissionState[]>> = {
  unconfirmed: ['in_doubt'],
  held: ['held'],
  past: ['accepted', 'failed', 'cancelled', 'suppressed'],
}

export function outboxRoutes(parts: OutboxRouteParts): OpenAPIHono<Env> {
  const routes = createRoutes()
  serve(routes, list, async (c) => {
    const { section, cursor, limit, ...filter } = c.req.valid('query')
    const most = pageLimit(limit)
    return await parts.database.inWorkspace(c.get('actor').workspaceId, async (tx) => {
      if (section === 'waiting') {
        const place = decodeCursor(cursor, z.tuple([z.number(), z.uuid(), z.number().int()]))
        const after =
          place === undefined
            ? undefined
            : { at: place[0] === timeless ? Infinity : place[0], id: place[1], count: place[2] }
        const page = await waitingPage(tx, filter, { after, limit: most })
        const { next } = page
        return {
          rows: page.rows.map(waitingRow),
          total: page.total,
          ...(next === undefined
            ? {}
            : { next: encodeCursor([Math.min(next.at, timeless), next.id, next.count]) }),
        }
      }
      const place = decodeCursor(cursor, z.tuple([z.string(), z.uuid()]))
      const before = place === undefined ? undefined : { at: place[0], id: place[1] }
      const rows = await entriesByTime(
        tx,
        { ...filter, states: statesOf[section] },
        { before, limit: most + 1 },
      )
      const page = cutPage(rows, most, (row) => [(row.settledAt ?? row.enqueuedAt).toString(), row.id])
      return { ...page, rows: page.rows.map((row) => settledRow(row, parts.traits(row.provider))) }
    })
  })
  serve(routes, overview, async (c) => {
    const found = await parts.database.inWorkspace(c.get('actor').workspaceId, summary)
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
  serve(routes, change, async (c) => {
    const actor = c.get('actor')
    const { ids, act: what } = c.req.valid('json')
    return await parts.database.inWorkspace(actor.workspaceId, async (tx) => {
      const refused: { id: string; code: string }[] = []
      for (const id of [...new Set(ids)].toSorted()) {
        const code = await act(parts, tx, { id, what, by: actor.name })
        if (code !== undefined) refused.push({ id, code })
      }
      await audit(tx, { actor, action: `outbox.${what}`, detail: { ids, refused: refused.length } })
      return { done: new Set(ids).size - refused.length, refused }
    })
  })
  return routes
}

function rowOf(entry: OutboxEntry) {
  return {
    id: entry.id,
    kind: entry.kind,
    state: entry.state,
    mailboxId: entry.mailboxId,
    mailboxAddress: entry.mailboxAddress,
    contactId: entry.contactId,
    to: entry.to,
    toName: entry.toName,
    subject: entry.subject,
    ...(entry.campaignId === undefined ? {} : { campaignId: entry.campaignId }),
    ...(entry.campaignName === undefined ? {} : { campaignName: entry.campaignName }),
    enqueuedAt: entry.enqueuedAt.toString(),
    ...(entry.authorName === undefined ? {} : { authorName: entry.authorName }),
  }
}

function waitingRow({ entry, expected }: WaitingRow) {
  const at = expected.at
  return {
    ...rowOf(entry),
    ...(at === undefined || at === 0 || at === Infinity ? {} : { expectedAt: instantText(at) }),
    ...(expected.position === 0 ? {} : { position: expected.position }),
    reason: entry.state === 'leased' ? { code: 'sending' } : expected.reason,
  }
}

function settledRow(entry: OutboxEntry, traits: ProviderTraits | undefined) {
  const url =
    entry.state === 'in_doubt' ? traits?.sentSearchUrl({ to: entry.to, subject: entry.subject }) : undefined
  return {
    ...rowOf(entry),
    reason: reasonOf(entry),
    ...(entry.acceptedAt === undefined ? {} : { acceptedAt: entry.acceptedAt.toString() }),
    ...(entry.doubts === 0 ? {} : { doubts: entry.doubts }),
    ...(url === undefined ? {} : { sentSearchUrl: url }),
  }
}

function reasonOf(entry: OutboxEntry) {
  if (entry.state === 'in_doubt') {
    const code = entry.level === 'send_only' ? 'in_doubt_send_only' : 'in_doubt_looking'
    return { code, ...(entry.reason?.values === undefined ? {} : { values: entry.reason.values }) }
  }
  if (entry.state === 'accepted') return { code: 'accepted' }
  return entry.reason ?? { code: entry.state }
}

function instantText(milliseconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(milliseconds)).toString()
}
