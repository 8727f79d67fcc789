/**
 * Kontor's outbox: the product's own lease and a settlement fenced by it, as kontor_app under row-level security. This
 * is the bare path (lease and settle); intent, attempt, ledger and event come on top in the product.
 */
import { setTimeout as rest } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { lastly, openDatabase } from '../../../server/src/platform/db/index.ts'
import type { Database } from '../../../server/src/platform/db/index.ts'
import { silentLog } from '../../../server/src/platform/log/index.ts'
import { lease } from '../../../server/src/sending/lease.ts'
import type { Lease } from '../../../server/src/sending/store-lease.ts'
import type { BenchDatabase } from '../database.ts'
import type { Engine, Referee } from '../load.ts'
import { fill, workspace } from './kontor-ground.ts'

export function kontor(database: BenchDatabase, wish: { loops: number; batch: number }): Engine {
  return {
    idiom: `the product's lease of ${wish.batch} and a settlement fenced by the lease id, ${wish.loops} loops`,
    fill: (load) => fill(database.admin, load),
    async dispatch(referee, stop) {
      await using product = openDatabase({
        url: database.appUrl,
        applicationName: 'kontor bench',
        log: silentLog,
      })
      const claims: number[] = []
      const leased: string[] = []
      const wanted = referee.wanted - referee.sent
      const began = performance.now()
      const loop = async (worker: string): Promise<void> => {
        while (leased.length < wanted && !stop.aborted) {
          const start = performance.now()
          const leases = await lease(product, { mailboxes: wish.batch, ttlSeconds: 120, worker })
          claims.push(performance.now() - start)
          leased.push(...leases.map(({ submissionId }) => submissionId))
          if (leases.length > 0) await settle(product, leases)
          // as the dispatcher does, which also hears when a mailbox wakes
          else await rest(5)
        }
      }
      await Promise.all(Array.from({ length: wish.loops }, (_, i) => loop(`bench-${i}`)))
      const seconds = (performance.now() - began) / 1000
      await tellReferee(database.admin, referee, leased)
      return { seconds, claims: claims.toSorted((a, b) => a - b) }
    },
  }
}

/** The settlement and the alarm clock of its mailbox. */
export async function settle(product: Database, leased: readonly Lease[]): Promise<void> {
  await product.inWorkspace(workspace, async (tx) => {
    await lastly(
      tx,
      sql`with settled as (
        update submission s set state = 'accepted', accepted_at = (select kontor_now()), settled_at = (select kontor_now()), lease_id = null, lease_until = null
        from unnest(${leased.map((one) => one.submissionId)}::uuid[], ${leased.map((one) => one.leaseId)}::uuid[]) as l(id, lease_id)
        where s.workspace_id = ${workspace} and s.id = l.id and s.state = 'leased' and s.lease_id = l.lease_id
        returning s.mailbox_id)
      update mailbox_schedule x set next_at = (select kontor_now()) from settled
      where x.workspace_id = ${workspace} and x.mailbox_id = settled.mailbox_id`,
    )
  })
}

async function tellReferee(admin: pg.Pool, referee: Referee, leased: readonly string[]): Promise<void> {
  const { rows } = await admin.query<{ key: string; rank: number }>(
    `select s.key, s.rank from unnest($1::uuid[]) with ordinality as l(id, n) join submission s on s.id = l.id order by l.n`,
    [leased],
  )
  for (const { key, rank } of rows) {
    const [mailbox = 0, n = 0] = key.split(' ').map(Number)
    referee.send({ mailbox, rank, n })
  }
}
