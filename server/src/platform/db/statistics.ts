/**
 * Owns the planner's knowledge of tables that have just grown: autovacuum renews it within a minute, and until then lists
 * are planned as if they were short.
 */
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Tables } from './tables.ts'

const many = 500

/**
 * After so many new rows in these tables their statistics are renewed, unless they had ten times as many before or have not
 * grown to four times their size since.
 */
export async function noteGrowth(
  tx: Transaction<Tables>,
  rows: number,
  tables: readonly string[],
): Promise<void> {
  if (rows < many) return
  const { rows: grown } = await sql<{ name: string }>`select relname as name from pg_class
    where oid = any (${[...tables]}::regclass[]) and reltuples < ${10 * rows}
      and pg_relation_size(oid) > 4 * relpages * current_setting('block_size')::bigint`.execute(tx)
  // whoever else is at it does it for us
  for (const { name } of grown) await sql`analyze (skip_locked) ${sql.table(name)}`.execute(tx)
}
