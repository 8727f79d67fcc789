/** Owns the step of the product's clock for stories and tests; mounted only when the clock may be stepped. */
import { OpenAPIHono } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { z } from 'zod'
import { brokenField } from '../http-kit/index.ts'
import type { Env } from '../http-kit/index.ts'
import type { Database } from '../platform/db/index.ts'

const Step = z.object({
  stepSeconds: z
    .number()
    .min(0)
    .max(40 * 24 * 3600),
})

/** `POST /test-clock {stepSeconds}` → `{now}`. */
export function testClockRoutes(parts: { readonly database: Database }): OpenAPIHono<Env> {
  const routes = new OpenAPIHono<Env>()
  routes.post('/test-clock', async (c) => {
    const step = Step.safeParse(await c.req.json().catch(() => undefined))
    if (!step.success) throw brokenField('stepSeconds', 'invalid_type')
    const { rows } = await parts.database.inSystem((tx) =>
      sql<{ now: Temporal.Instant }>`
        select kontor_step_clock(make_interval(secs => ${step.data.stepSeconds})) as now`.execute(tx),
    )
    return c.json({ now: rows[0]?.now.toString() })
  })
  return routes
}
