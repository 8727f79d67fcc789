/** Kontor's outbox among noisy neighbours: fresh mails come through the product's own door, leases and settlements as in B1. */
import { setTimeout as pause } from 'node:timers/promises'
import { defineEvents } from '../../../server/src/platform/events/index.ts'
import { systemIds as ids } from '../../../server/src/platform/ids/index.ts'
import { createEnqueue } from '../../../server/src/sending/index.ts'
import { lease } from '../../../server/src/sending/lease.ts'
import type { Neighbour } from '../b2-neighbour.ts'
import { cap, rank } from '../b2-neighbour.ts'
import type { BenchDatabase } from '../database.ts'
import { analyzeFilled } from '../database.ts'
import { benchDatabase } from '../programs/parts.ts'
import { contact, fillMailboxes, workspace } from './kontor-ground.ts'
import { settle } from './kontor.ts'

const loops = 2
const atOnce = 16
const idleMs = 5
const toAddress = 'x@people.practice.example'

export async function kontorNeighbour(database: BenchDatabase): Promise<Neighbour> {
  const { admin } = database
  const product = benchDatabase(database.appUrl)
  const { emit } = defineEvents({ ids })
  const enqueue = createEnqueue({ ids, emit })
  const places = new Map<string, number>()
  const boxes: string[] = []
  return {
    async prepare({ mailboxes, noisy, exhausted, waiting }) {
      await fillMailboxes(admin, { mailboxes, cap })
      const { rows } = await admin.query<{ id: string; place: number }>(
        `select id, substring(address from 2 for position('@' in address) - 2)::int as place from mailbox order by 2`,
      )
      for (const { id, place } of rows) places.set((boxes[place] = id), place)
      await admin.query(
        `insert into submission (workspace_id, id, mailbox_id, key, kind, rank, contact_id, to_address, to_key, subject, enqueued_at, position_at)
         select $1, uuidv7(), ($2::uuid[])[w.mailbox + 1], 'waiting ' || w.i, 'bulk', $3, $4, $5, $5, 'Waiting', kontor_now(),
           kontor_now() + w.i * interval '1 microsecond'
         from unnest($6::int[]) with ordinality as w(mailbox, i)`,
        [workspace, boxes, rank, contact, toAddress, waiting.map(({ mailbox }) => mailbox)],
      )
      if (exhausted)
        await admin.query(
          'update address_cap c set used = owner_limit from mailbox m where m.address_key = c.address_key and m.id = any($1::uuid[])',
          [boxes.slice(0, noisy)],
        )
      await analyzeFilled(admin)
    },
    async work(left) {
      let over = false
      const loop = async (worker: string): Promise<void> => {
        while (!over) {
          const leases = await lease(product, { mailboxes: atOnce, ttlSeconds: 120, worker })
          for (const { mailboxId } of leases) left({ mailbox: places.get(mailboxId) ?? 0, rank, n: 0 })
          if (leases.length > 0) await settle(product, leases)
          else await pause(idleMs)
        }
      }
      const running = Promise.all(Array.from({ length: loops }, (_, i) => loop(`bench-${i}`)))
      return {
        async [Symbol.asyncDispose]() {
          over = true
          await running
        },
      }
    },
    async add(fresh) {
      const requests = fresh.map(({ mailbox, n }) => ({
        key: `fresh ${mailbox} ${n}`,
        mailboxId: boxes[mailbox] ?? '',
        kind: 'bulk' as const,
        contactId: contact,
        toAddress,
        toName: 'Somebody',
        subject: 'Fresh',
        text: 'Hello',
      }))
      const outcome = await product.inWorkspace(workspace, (tx) => enqueue(tx, requests))
      if (!outcome.ok) throw new Error(outcome.reason.code)
    },
    [Symbol.asyncDispose]: async () => await product[Symbol.asyncDispose](),
  }
}
