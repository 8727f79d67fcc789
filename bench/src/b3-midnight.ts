/**
 * B3: the day rolls over. All mails wait because every mailbox has used up its day; at midnight all of them may leave
 * again. What does that cost, and how long does nobody send?
 *
 * Kontor counts per address and begins an address's day when its first mail is leased, so that nothing that waits is
 * written. A queue that gives each job its own moment must move them all, in the way its documentation has for many.
 */
import type { Bench, Contender, Run } from './bench.ts'
import { analyzeFilled, freshDatabase, walBytes } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { fill } from './engines/kontor-ground.ts'
import type { Load } from './load.ts'
import { mails } from './load.ts'
import { bullmq } from './peers/bullmq.ts'
import { graphile } from './peers/graphile.ts'
import type { PeerIdiom } from './peers/peer.ts'
import { tomorrow } from './peers/peer.ts'
import { pgBoss } from './peers/pg-boss.ts'
import { redisLacks } from './peers/redis.ts'
import { benchDatabase } from './programs/parts.ts'
import { lease } from '../../server/src/sending/lease.ts'

const mailboxes = 1000
const atOnce = 100
const cap = 1
/** What moves jobs one by one gets so many times fewer of them. */
const oneByOne = 50

export const midnightBench: Bench = {
  line: 'Roll-over of a day: all mails wait, at midnight all may leave',
  numbers: { mails: 1_000_000 },
  contenders({ mails: wanted = 0 }) {
    const beside = (peer: PeerIdiom, table: string, how: string, fewer = 1): Contender => ({
      idiom: `${how}; ${peer.idiom}`,
      run: () => peerMidnight(peer, table, wanted / fewer),
    })
    const changeDelay = 'changeDelay of every job, 200 at once'
    return {
      kontor: {
        idiom: `the product's lease of ${atOnce} until each of the ${mailboxes} mailboxes has its first mail of the day`,
        run: () => kontorMidnight(wanted),
      },
      'graphile-worker': beside(
        graphile(),
        'graphile_worker._private_jobs',
        'reschedule_jobs of 5,000 at once',
      ),
      'pg-boss': beside(pgBoss(), 'pgboss.job', 'one UPDATE of start_after'),
      bullmq: beside(bullmq({ over: 'postgres' }), 'bullmq.job', changeDelay, oneByOne),
      'bullmq-redis': {
        ...beside(bullmq({ over: 'redis' }), '', changeDelay, oneByOne),
        lacks: redisLacks,
      },
    }
  },
}

function loadOf(wanted: number) {
  return { mailboxes, mailsPerMailbox: Math.ceil(wanted / mailboxes), cap }
}

async function kontorMidnight(wanted: number): Promise<Run> {
  await using database = await freshDatabase()
  const { admin } = database
  await using product = benchDatabase(database.appUrl)
  const load = loadOf(wanted)
  await fill(admin, load)
  await admin.query('update address_cap set used = owner_limit')
  const take = () => lease(product, { mailboxes: atOnce, ttlSeconds: 120, worker: 'bench' })
  while ((await take()).length > 0);
  await admin.query(
    `update clock_offset set value = value + ((select max(day_ends_at) from address_cap) - kontor_now()) + interval '1 second'`,
  )
  return await measured(database, 'submission', load, async (first) => {
    let leased = 0
    for (let leases = await take(); leases.length > 0; leases = await take()) {
      first()
      leased += leases.length
    }
    if (leased !== mailboxes) throw new Error(`${leased} mailboxes began their day`)
    return { sent: leased, movedAt: performance.now() }
  })
}

async function peerMidnight({ open }: PeerIdiom, table: string, wanted: number): Promise<Run> {
  await using database = await freshDatabase()
  await using peer = await open(database)
  const load = loadOf(wanted)
  await peer.add(mails(load), tomorrow())
  await analyzeFilled(database.admin)
  const begun = Promise.withResolvers<void>()
  return await measured(database, table, load, async (first) => {
    await peer.rollOver(new Date())
    const movedAt = performance.now()
    let sent = 0
    await using _ = await peer.work(async () => {
      sent += 1
      first()
      begun.resolve()
      return 'done'
    })
    await begun.promise
    return { sent, movedAt }
  })
}

/** Seconds until all may leave again, and until the first does; what was written for it, in bytes and in rows that still wait. */
async function measured(
  { admin }: BenchDatabase,
  table: string,
  load: Load,
  midnight: (first: () => void) => Promise<{ sent: number; movedAt: number }>,
): Promise<Run> {
  const { rows } = await admin.query<{ xid: string }>('select pg_current_xact_id()::text as xid')
  const wal = await walBytes(admin)
  const began = performance.now()
  let firstAt = 0
  const { sent, movedAt } = await midnight(() => {
    firstAt ||= performance.now()
  })
  const walWritten = (await walBytes(admin)) - wal
  const mailsWaiting = load.mailboxes * load.mailsPerMailbox
  const rewritten =
    table === ''
      ? mailsWaiting
      : Number(
          (
            await admin.query<{ n: string }>(
              `select count(*)::text as n from ${table} where xmin::text::bigint >= $1::bigint`,
              [rows[0]?.xid],
            )
          ).rows[0]?.n,
        ) - sent
  return {
    figures: {
      seconds: (movedAt - began) / 1000,
      firstAfterMs: firstAt - began,
      ...(table === '' ? {} : { walBytes: walWritten }),
      rowsRewritten: Math.max(0, rewritten),
      mails: mailsWaiting,
    },
  }
}
