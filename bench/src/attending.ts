/**
 * Kept connections: many mailboxes at Dovecot, one process of the product, a mail to each. With room for all of them, with
 * fewer places than mailboxes, at a server without enough processes for them, and by looking alone.
 */
import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import type { Dovecot } from '../../server/src/testing/dovecot.ts'
import { startDovecot } from '../../server/src/testing/dovecot.ts'
import type { Bench, Contender, Run } from './bench.ts'
import type { Program } from './children.ts'
import { startProgram } from './children.ts'
import { freshDatabase } from './database.ts'
import { fillMailboxes } from './engines/kontor-ground.ts'
import { percentile } from './load.ts'
import type { AttenderSays, AttenderWish } from './programs/attender.ts'

const password = 'practice'
const looksAtOnce = 16
const lookMs = 50
/** Nothing changes any more in the number of connections. */
const steadyMs = 15_000
const longestMs = 20 * 60_000

interface Room {
  readonly mailboxes: number
  /** Connections that the process may keep. */
  readonly places: number
  /** Processes that Dovecot may have for everybody. */
  readonly processes?: number
}

export const attendingBench: Bench = {
  line: 'Kept connections: mailboxes at Dovecot that tell over IDLE, in one process, with and without room',
  numbers: { mailboxes: 200 },
  contenders({ mailboxes = 0 }) {
    const part = Math.floor(mailboxes / 2)
    const way = (idiom: string, room: Omit<Room, 'mailboxes'>): Contender => ({
      idiom,
      lacks: () => (process.platform === 'linux' ? undefined : 'Dovecot and /proc are needed'),
      run: () => once({ mailboxes, ...room }),
    })
    return {
      kontor: way('a place for every mailbox, and a server with room', { places: mailboxes }),
      'half the places': way('KONTOR_IMAP_CONNECTIONS is half of the mailboxes', { places: part }),
      'half the processes': way('the server has processes for half of the mailboxes, and lets others wait', {
        places: mailboxes,
        processes: part,
      }),
      looking: way('KONTOR_IMAP_CONNECTIONS is 0', { places: 0 }),
    }
  },
}

async function once({ mailboxes, places, processes }: Room): Promise<Run> {
  await using ground = await freshDatabase()
  await using dovecot = await startDovecot({
    most: { ofOne: 10, ...(processes === undefined ? {} : { ofAll: processes }) },
  })
  await fillMailboxes(ground.admin, { mailboxes, cap: 300 })
  const addresses = await accounts(ground.admin, dovecot)
  const wish = {
    appUrl: ground.appUrl,
    imapPort: dovecot.port,
    mostAttended: places,
    looksAtOnce,
    password,
    addresses,
  }
  const program = startProgram<AttenderSays>('attender', wish satisfies AttenderWish)
  await program.hear('ready')
  const began = performance.now()
  const kept = await steady(ground.admin)
  const steadyAfterMs = performance.now() - began - steadyMs
  const waits = await deliverAndWait(ground.admin, dovecot, addresses)
  const after = await keptNow(ground.admin)
  const resident = await residentMb(program)
  await program.kill()
  const found = waits.toSorted((a, b) => a - b)
  return {
    figures: {
      foundMs: percentile(found, 0.5),
      foundP99Ms: percentile(found, 0.99),
      slowestMs: found.at(-1) ?? Number.NaN,
      kept,
      keptAfter: after,
      steadyAfterMs,
      residentMb: resident,
    },
    broken: { lost: mailboxes - found.length },
  }
}

/** Makes the accounts and has each mailbox read from now on. */
async function accounts(admin: pg.Pool, dovecot: Dovecot): Promise<Record<string, string>> {
  await admin.query(`update mailbox set endpoint = 'imap', provider = 'imap', practice = false`)
  const { rows } = await admin.query<{ id: string; address: string }>('select id, address from mailbox')
  for (const { address } of rows) await dovecot.setPassword(address, password)
  await admin.query(`insert into mailbox_position (workspace_id, mailbox_id, found_at)
    select workspace_id, id, kontor_now() - interval '1 day' from mailbox`)
  return Object.fromEntries(rows.map(({ id, address }) => [id, address]))
}

/** A mail to each mailbox at once; milliseconds until each was found, of those that were. */
async function deliverAndWait(
  admin: pg.Pool,
  dovecot: Dovecot,
  addresses: Readonly<Record<string, string>>,
): Promise<number[]> {
  await admin.query(`update mailbox_position set found_at = kontor_now() - interval '1 day'`)
  const delivered = new Map<string, number>()
  for (const [id, address] of Object.entries(addresses)) {
    await dovecot.deliver(address, `Message-ID: <${id}@bench.example>\r\nSubject: Hello\r\n\r\nText\r\n`)
    delivered.set(id, performance.now())
  }
  const began = performance.now()
  const waits: number[] = []
  while (delivered.size > 0 && performance.now() - began < longestMs) {
    const { rows } = await admin.query<{ id: string }>(
      `select mailbox_id as id from mailbox_position where found_at > kontor_now() - interval '1 hour'`,
    )
    const now = performance.now()
    for (const { id } of rows) {
      const at = delivered.get(id)
      if (at === undefined) continue
      waits.push(now - at)
      delivered.delete(id)
    }
    await pause(lookMs)
  }
  return waits
}

async function keptNow(admin: pg.Pool): Promise<number> {
  const { rows } = await admin.query<{ kept: number }>(
    'select count(*)::int as kept from mailbox_attendance where stands_since is not null',
  )
  return rows[0]?.kept ?? 0
}

/** How many connections are kept once their number stays the same, and every mailbox was looked at. */
async function steady(admin: pg.Pool): Promise<number> {
  let kept = 0
  for (let since = performance.now(); performance.now() - since < steadyMs; await pause(lookMs)) {
    const { rows } = await admin.query<{ unread: number }>(
      'select count(*)::int as unread from mailbox_position where checked_at is null',
    )
    const now = await keptNow(admin)
    if (now !== kept || (rows[0]?.unread ?? 0) > 0) since = performance.now()
    kept = now
  }
  return kept
}

async function residentMb({ pid }: Pick<Program<AttenderSays>, 'pid'>): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}
