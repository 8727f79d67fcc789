/**
 * Owns what an operator's machines ask: /health (the process lives, and with `ask` whose it is), /ready (it can serve: the database answers) and
 * /metrics, which is told to private networks only.
 */
import type { Hono } from 'hono'
import { sql } from 'kysely'
import { isPrivate, problem, problemOf } from '../http-kit/index.ts'
import type { Env } from '../http-kit/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Metrics } from '../platform/metrics/index.ts'

const longestAsk = 100

export function mountHealth(
  app: Hono<Env>,
  parts: {
    readonly database: Database
    readonly metrics: Metrics
    readonly healthProof: (ask: string) => string
  },
): void {
  app.get('/health', (c) => {
    const ask = c.req.query('ask')?.slice(0, longestAsk)
    const answer = ask === undefined ? {} : { answer: parts.healthProof(ask) }
    return c.json({ ok: true, ...answer }, 200, { 'cache-control': 'no-store' })
  })
  app.get('/ready', async (c) => {
    try {
      await parts.database.inSystem((tx) => sql`select 1`.execute(tx))
    } catch (error) {
      const { problem: refusal, unexpected } = problemOf(error)
      throw unexpected ? problem(503, 'not_ready') : refusal
    }
    return c.json({ ok: true }, 200, { 'cache-control': 'no-store' })
  })
  app.get('/metrics', (c) => {
    if (!isPrivate(c.get('clientAddress'))) throw problem(404, 'not_found')
    return c.text(parts.metrics.exposition(), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    })
  })
}
