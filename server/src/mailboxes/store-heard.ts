/**
 * What was last heard at the door of an endpoint: the last knock that was taken, the last that was not and why. For
 * whoever set it up and wants to know whether it works. It names no mailbox and belongs to no workspace.
 */
import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '../platform/db/index.ts'
import { json } from '../platform/db/index.ts'
import type { KnockRefusal } from './provider.ts'

export interface Heardness {
  readonly takenAt: Temporal.Instant | undefined
  readonly refused: (KnockRefusal & { readonly at: Temporal.Instant }) | undefined
}

const keyOf = (endpoint: string, what: 'taken' | 'refused') => `push.${endpoint}.${what}`
const Refusal = z.object({
  fault: z.enum(['unsigned', 'audience', 'account', 'keys_away']),
  said: z.string(),
})

/** Notes a knock that was taken, or (`why`) one that was not. */
export async function noteHeard(database: Database, endpoint: string, why?: KnockRefusal): Promise<void> {
  const key = keyOf(endpoint, why === undefined ? 'taken' : 'refused')
  await database.inSystem((tx) =>
    sql`insert into server_setting (key, value) values (${key}, ${json(why ?? true)})
      on conflict (key) do update set value = excluded.value, updated_at = kontor_now()`.execute(tx),
  )
}

export async function heardAt(database: Database, endpoint: string): Promise<Heardness> {
  const keys = { taken: keyOf(endpoint, 'taken'), refused: keyOf(endpoint, 'refused') }
  const { rows } = await database.inSystem((tx) =>
    sql<{ key: string; value: unknown; updated_at: Temporal.Instant }>`
      select key, value, updated_at from server_setting where key in (${keys.taken}, ${keys.refused})`.execute(
      tx,
    ),
  )
  const at = (key: string) => rows.find((row) => row.key === key)
  const refused = at(keys.refused)
  const why = Refusal.safeParse(refused?.value)
  return {
    takenAt: at(keys.taken)?.updated_at,
    refused: refused && why.success ? { ...why.data, at: refused.updated_at } : undefined,
  }
}
