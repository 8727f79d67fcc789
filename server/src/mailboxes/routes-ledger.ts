/** The access log over HTTP: pages, totals by depth, the check of its chain, and the whole of it as JSON lines. */
import { PageQuery, pageOf } from '@kontor/api/common'
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
import type { Mailbox } from './mailbox.ts'
import { maySteer } from './mailbox.ts'
import { mailboxById } from './store.ts'
import { entriesAfter, latestEntries, ledgerTotals, verifyLedger } from './store-ledger.ts'

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
    return database.inWorkspace(actor.workspaceId, async (tx) => {
      const mailbox = await ledgerOwner(tx, actor, c.req.valid('param').id)
      return verifyLedger(tx, mailbox.id)
    })
  })

  routes.get('/workspaces/:workspaceId/mailboxes/:id/ledger.jsonl', guardRole('viewer'), async (c) => {
    const actor = c.get('actor')
    const id = z.uuid().safeParse(c.req.param('id'))
    if (!id.success) throw problem(404, 'not_found')
    const { address } = await database.inWorkspace(actor.workspaceId, (tx) => ledgerOwner(tx, actor, id.data))
    c.header('content-type', 'application/jsonl; charset=utf-8')
    c.header('content-disposition', `attachment; filename="access-log-${fileNameOf(address)}.jsonl"`)
    c.header('cache-control', 'no-store')
    return stream(c, async (out) => {
      for (let after = 0; !out.aborted; ) {
        const entries = await database.inWorkspace(actor.workspaceId, (tx) =>
          entriesAfter(tx, id.data, { after, limit: exportedAtOnce }),
        )
        for (const entry of entries) await out.write(`${JSON.stringify(exported(id.data, entry))}\n`)
        after = entries.at(-1)?.seq ?? after
        if (entries.length < exportedAtOnce) return
      }
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

/** One line of the export: all that the hash of an entry covers, so that the chain can be verified without Kontor. */
function exported(mailboxId: string, entry: Entry): Readonly<Record<string, unknown>> {
  return {
    mailboxId,
    seq: entry.seq,
    at: entry.at.toString({ smallestUnit: 'microsecond' }),
    phase: entry.phase,
    call: entry.call,
    purpose: entry.purpose,
    depth: entry.depth,
    touched: entry.touched,
    touchedKeys: entry.touchedKeys,
    times: entry.times,
    outcome: entry.outcome ?? null,
    previous: hexOf(entry.previous),
    hash: hexOf(entry.hash),
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

function fileNameOf(address: string): string {
  return address.replaceAll(/[^\w.@-]+/g, '-')
}
