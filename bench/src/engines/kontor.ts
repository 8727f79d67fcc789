/**
 * Kontor's outbox: the product's own lease and a settlement fenced by it, as kontor_app under row-level security. This
 * is the bare path (lease and settle); intent, attempt, ledger and event come on top in the product.
 */
import { sql } from 'kysely'
import type pg from 'pg'
import { openDatabase } from '../../../server/src/platform/db/index.ts'
import type { Database } from '../../../server/src/platform/db/index.ts'
import { silentLog } from '../../../server/src/platform/log/index.ts'
import { lease } from '../../../server/src/sending/lease.ts'
import type { Lease } from '../../../server/src/sending/store-lease.ts'
import type { BenchDatabase } from '../database.ts'
import type { Engine, Load, Mail } from '../load.ts'

const workspace = '00000000-0000-7000-8000-000000000001'
const person = '00000000-0000-7000-8000-000000000002'
const contact = '00000000-0000-7000-8000-000000000003'

export function kontor(database: BenchDatabase, wish: { loops: number; batch: number }): Engine {
  return {
    name: wish.batch === 1 ? 'kontor' : `kontor, ${wish.batch} at once`,
    idiom: `the product's lease of ${wish.batch} and a settlement fenced by the lease id, ${wish.loops} loops`,
    fill: (load) => fill(database.admin, load),
    async dispatch(referee, stop) {
      const keys = await keysOf(database.admin)
      await using product = openDatabase({
        url: database.appUrl,
        applicationName: 'kontor bench',
        log: silentLog,
      })
      const claims: number[] = []
      const began = performance.now()
      const loop = async (worker: string): Promise<void> => {
        while (!referee.done && !stop.aborted) {
          const start = performance.now()
          const leases = await lease(product, { mailboxes: wish.batch, ttlSeconds: 120, worker })
          claims.push(performance.now() - start)
          for (const one of leases) {
            const mail = keys.get(one.submissionId)
            if (mail !== undefined) referee.send(mail)
          }
          if (leases.length > 0) await settle(product, leases)
        }
      }
      await Promise.all(Array.from({ length: wish.loops }, (_, i) => loop(`bench-${i}`)))
      const seconds = (performance.now() - began) / 1000
      return { seconds, claims: claims.toSorted((a, b) => a - b) }
    },
  }
}

// The settlement and the alarm clock of its mailbox.
async function settle(product: Database, leased: readonly Lease[]): Promise<void> {
  await product.inWorkspace(workspace, async (tx) => {
    await sql`with settled as (
        update submission s set state = 'accepted', accepted_at = kontor_now(), settled_at = kontor_now(), lease_id = null, lease_until = null
        from unnest(${leased.map((one) => one.submissionId)}::uuid[], ${leased.map((one) => one.leaseId)}::uuid[]) as l(id, lease_id)
        where s.workspace_id = ${workspace} and s.id = l.id and s.state = 'leased' and s.lease_id = l.lease_id
        returning s.mailbox_id)
      update mailbox_schedule x set next_at = kontor_now() from settled
      where x.workspace_id = ${workspace} and x.mailbox_id = settled.mailbox_id`.execute(tx)
  })
}

async function keysOf(admin: pg.Pool): Promise<Map<string, Mail>> {
  const { rows } = await admin.query<{ id: string; key: string; rank: number }>(
    'select id, key, rank from submission',
  )
  return new Map(
    rows.map(({ id, key, rank }) => {
      const [mailbox, n] = key.split(' ').map(Number)
      return [id, { mailbox: mailbox ?? 0, rank, n: n ?? 0 }]
    }),
  )
}

export async function fill(admin: pg.Pool, load: Load): Promise<void> {
  await admin.query(`
    insert into person (id, name, address, address_key) values ('${person}', 'Bench', 'b@bench.example', 'b@bench.example');
    insert into workspace (workspace_id, name, mode, zone) values ('${workspace}', 'Bench', 'practice', 'UTC');
    insert into contact (workspace_id, id, name) values ('${workspace}', '${contact}', 'Somebody');`)
  await admin.query(
    `with box as (
       insert into mailbox (workspace_id, id, endpoint, provider, practice, level, address, address_key, owner_id, zone, daily_limit, pace_seconds, reserve, window_from, window_to)
       select $1, uuidv7(), 'practice-google', 'gmail', true, 'full', 'm' || i || '@bench.example', 'm' || i || '@bench.example', $2, 'UTC', $4, 0, 0, '00:00', '23:59'
       from generate_series(0, $3::int - 1) i returning id, address_key),
     cap as (
       insert into address_cap (address_key, zone, owner_limit, day_starts_at, day_ends_at, base_ends_at)
       select address_key, 'UTC', $4, date_trunc('day', kontor_now()), date_trunc('day', kontor_now()) + interval '1 day',
         date_trunc('day', kontor_now()) + interval '1 day' from box)
     select count(*) from box`,
    [workspace, person, load.mailboxes, load.cap],
  )
  await admin.query(
    `insert into mailbox_schedule (workspace_id, mailbox_id, address_key, next_at)
     select m.workspace_id, m.id, m.address_key, kontor_now() from mailbox m`,
  )
  await admin.query(
    `insert into submission (workspace_id, id, mailbox_id, key, kind, rank, contact_id, to_address, to_key, enqueued_at, position_at)
     select m.workspace_id, uuidv7(), m.id, substring(m.address from 2 for position('@' in m.address) - 2) || ' ' || n,
       (array['invitation', 'approval', 'bulk', 'rejection'])[n % 4 + 1], n % 4 + 1, $1, 'x@bench.example', 'x@bench.example',
       kontor_now(), kontor_now() + n * interval '1 millisecond'
     from mailbox m, generate_series(0, $2::int - 1) n order by m.id, n`,
    [contact, load.mailsPerMailbox],
  )
  await admin.query('vacuum analyze')
}
