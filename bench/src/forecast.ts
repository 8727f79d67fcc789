/**
 * The forecast: when each waiting mail leaves, computed by the product from its own tables. All of them, and the first page
 * of the outbox, which walks no further than it shows.
 */
import type { Bench, Run } from './bench.ts'
import { freshDatabase } from './database.ts'
import { fill, workspace } from './engines/kontor-ground.ts'
import { median } from './load.ts'
import { benchDatabase } from './programs/parts.ts'
import type { Tx } from '../../server/src/platform/db/index.ts'
import type { Expected } from '../../server/src/sending/forecast.ts'
import { together } from '../../server/src/sending/forecast.ts'
import { forecastAll, outlooks } from '../../server/src/sending/outlook.ts'

const cap = 300
const page = 50
const times = 7
const dayMs = 86_400_000

export const forecastBench: Bench = {
  line: 'Forecast: the time and the reason of every waiting mail, and the first page of the outbox',
  numbers: { mails: 100_000, mailboxes: 50 },
  contenders: ({ mails = 0, mailboxes = 0 }) => ({
    kontor: {
      idiom: `reads what waits and walks on by the rules of the dispatcher; ${cap} a day each; the median of ${times} times in one process, and the first apart`,
      run: () => once(mails, mailboxes),
    },
  }),
}

async function once(mails: number, mailboxes: number): Promise<Run> {
  await using ground = await freshDatabase()
  await fill(ground.admin, { mailboxes, mailsPerMailbox: Math.ceil(mails / mailboxes), cap })
  await using database = benchDatabase(ground.appUrl)
  const all: number[] = []
  const first: number[] = []
  let told = new Map<string, Expected>()
  for (let n = 0; n <= times; n++) {
    const began = performance.now()
    told = await database.inWorkspace(workspace, (tx) => forecastAll(tx))
    all.push(performance.now() - began)
    const opened = performance.now()
    await database.inWorkspace(workspace, firstPage)
    first.push(performance.now() - opened)
  }
  const ranks = await ranksOf(ground.admin)
  return {
    figures: {
      allMs: median(all.slice(1)),
      firstPageMs: median(first.slice(1)),
      coldMs: all[0] ?? Number.NaN,
      mails: told.size,
    },
    broken: {
      withoutTime:
        mailboxes * Math.ceil(mails / mailboxes) -
        [...told.values()].filter(({ at }) => at !== undefined).length,
      overCap: overCap(told, ranks),
      outOfRank: outOfRank(told, ranks),
    },
  }
}

async function firstPage(tx: Tx): Promise<string[]> {
  const shown: string[] = []
  for (const { id } of together(await outlooks(tx))) {
    shown.push(id)
    if (shown.length === page) break
  }
  return shown
}

interface Known {
  readonly mailbox: string
  readonly rank: number
}

async function ranksOf(admin: {
  query: (text: string) => Promise<{ rows: unknown[] }>
}): Promise<Map<string, Known>> {
  const { rows } = await admin.query('select id, mailbox_id as mailbox, rank from submission')
  return new Map((rows as (Known & { id: string })[]).map((row) => [row.id, row]))
}

/** Days of a mailbox with more mails than its cap. */
function overCap(told: ReadonlyMap<string, Expected>, ranks: ReadonlyMap<string, Known>): number {
  const days = new Map<string, number>()
  for (const { id, at = 0 } of told.values()) {
    const day = `${ranks.get(id)?.mailbox} ${Math.floor(at / dayMs)}`
    days.set(day, (days.get(day) ?? 0) + 1)
  }
  return [...days.values()].filter((count) => count > cap).length
}

/** Mails that are told to leave after one of a lower rank of their mailbox. */
function outOfRank(told: ReadonlyMap<string, Expected>, ranks: ReadonlyMap<string, Known>): number {
  const last = new Map<string, number>()
  let wrong = 0
  for (const { id } of told.values()) {
    const { mailbox = '', rank = 0 } = ranks.get(id) ?? {}
    if (rank < (last.get(mailbox) ?? 0)) wrong += 1
    last.set(mailbox, rank)
  }
  return wrong
}
