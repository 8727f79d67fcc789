/** The access log over HTTP: pages, totals by depth, the check of its chain, and the whole of it as JSON lines. */
import { PageQuery, pageOf } from '@kontor/api/common'
import { endLine } from '@kontor/api/ledger/export'
import { LedgerCheck, LedgerEntry, LedgerSummary } from '@kontor/api/mailboxes'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import type { Env, OpenAPIHono } from '../http-kit/index.ts'
import {
  cutPage,
  decodeCursor,
  guardRole,
  pageLimit,
  problem,
  serve,
  workspaceRoute,
} from '../http-kit/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import type { LedgerEntry as Entry } from './ledger-chain.ts'
import { hexOf, lineOf } from './ledger-chain.ts'
import type { Mailbox } from './mailbox.ts'
import { maySteer } from './mailbox.ts'
import { mailboxById } from './store.ts'
import { entriesAfter, latestEntries, ledgerEnd, ledgerTotals, verifyLedger } from './store-ledger.ts'

const ledger = workspaceRoute({
  method: 'get',
  path: '/mailboxes/{id}/ledger',
  summary: 'The access log of a mailbox, latest first',
  query: PageQuery,
  answer: pageOf(LedgerEntry),
})
const summary = workspaceRoute({
  method: 'get',
  path: '/mailboxes/{id}/ledger/summary',
  summary: 'How much was touched in the last 30 days, by depth',
  answer: LedgerSummary,
})
const check = workspaceRoute({
  method: 'get',
  path: '/mailboxes/{id}/ledger/check',
  summary: 'Verify the chain of the access log',
  answer: LedgerCheck,
})
const summaryDays = 30
const exportedAtOnce = 1_000

/** Adds the routes of the access log. */
export function serveLedger(routes: OpenAPIHono<Env>, { database }: { readonly database: Database }): void {
  serve(routes, ledger, async (c) => {
    const actor = c.get('actor')
    const { cursor, limit } = c.req.valid('query')
    const most = pageLimit(limit)
    const before = decodeCursor(cursor, z.tuple([z.number().int()]))?.[0]
    return database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailbox = await ledgerOwner(tx, actor, c.req.valid('param').id)
      const entries = await latestEntries(tx, mailbox.id, { before, limit: most + 1 })
      const page = cutPage(entries, most, (entry) => [entry.seq])
      return { ...page, rows: page.rows.map(shown) }
    })
  })

  serve(routes, summary, async (c) => {
    const actor = c.get('actor')
    return database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailbox = await ledgerOwner(tx, actor, c.req.valid('param').id)
      const since = (await databaseNow(tx)).subtract({ hours: 24 * summaryDays })
      return { since: since.toString(), ...(await ledgerTotals(tx, mailbox.id, since)) }
    })
  })

  serve(routes, check, async (c) => {
    const actor = c.get('actor')
    return database.atOneMoment(actor.workspaceId, async (tx) => {
      const mailbox = await ledgerOwner(tx, actor, c.req.valid('param').id)
      const { breaks: _each, ...result } = await verifyLedger(tx, mailbox.id)
      return result
    })
  })

  routes.get('/workspaces/:workspaceId/mailboxes/:id/ledger.jsonl', guardRole('viewer'), async (c) => {
    const actor = c.get('actor')
    const id = z.uuid().safeParse(c.req.param('id'))
    if (!id.success) throw problem(404, 'not_found')
    const { address, now, ...end } = await database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailbox = await ledgerOwner(tx, actor, id.data)
      return { ...(await ledgerEnd(tx, mailbox.id)), address: mailbox.address, now: await databaseNow(tx) }
    })
    c.header('content-type', 'application/jsonl; charset=utf-8')
    c.header('content-disposition', `attachment; filename="access-log-${fileNameOf(address)}.jsonl"`)
    c.header('cache-control', 'no-store')
    return stream(c, async (out) => {
      for (let after = 0; !out.aborted; ) {
        const entries = await database.inWorkspace(actor.workspaceId, (tx) =>
          entriesAfter(tx, id.data, { after, until: end.entries, limit: exportedAtOnce }),
        )
        for (const entry of entries) await out.write(`${JSON.stringify(lineOf(id.data, entry))}\n`)
        after = entries.at(-1)?.seq ?? after
        if (entries.length < exportedAtOnce) break
      }
      await out.write(`${endLine({ ...end, mailboxId: id.data, address, at: now.toString() })}\n`)
    })
  })
}

/** The access log outlives the connection, so a disconnected mailbox still shows its own. */
async function ledgerOwner(tx: Tx, actor: Actor, id: string): Promise<Mailbox> {
  const mailbox = await mailboxById(tx, id)
  if (mailbox === undefined) throw problem(404, 'not_found')
  if (!maySteer(actor, mailbox)) throw problem(403, 'forbidden')
  return mailbox
}

function shown({ at, hash, outcome, ...entry }: Entry): z.input<typeof LedgerEntry> {
  return {
    ...entry,
    at: at.toString(),
    hash: hexOf(hash),
    ...(outcome === undefined ? {} : { outcome }),
  }
}

function fileNameOf(address: string): string {
  return address.replaceAll(/[^\w.@-]+/g, '-')
}
