/**
 * B6: which sent mail does this one answer? Ten million known ids, and inbound mail of which sixty in a hundred answer
 * nothing of ours and some look as if they did. Speed, and in the same run how many were found and how many wrongly.
 *
 * Kontor sorts pages of identifiers as a pull does, in a mailbox whose provider has no thread ids (IMAP), so that every
 * mail is asked for its headers, and a page is looked up in one transaction. Each of its mails counts with the time of all of
 * it. The other rules are own ports (matching/rules.ts), which know no pages.
 */
import pg from 'pg'
import type { OpenedMailbox } from '../../server/src/receiving/parts.ts'
import { sortChanges } from '../../server/src/receiving/sort-changes.ts'
import type { Bench, Contender, Run } from './bench.ts'
import type { BenchDatabase } from './database.ts'
import { freshDatabase } from './database.ts'
import { workspace } from './engines/kontor-ground.ts'
import { percentile } from './load.ts'
import { fillSent, mailboxes, perThread } from './matching/ground.ts'
import type { Inbound, Kind } from './matching/inbound.ts'
import { inbound, kinds } from './matching/inbound.ts'
import { rules } from './matching/rules.ts'
import { benchDatabase } from './programs/parts.ts'

const pageSize = 100
/** Pages at once, and mails of a page at once, as a pull has it; for everybody. */
const pagesAtOnce = 4
const mailsAtOnce = 3
const connections = pagesAtOnce * mailsAtOnce

interface Ground {
  readonly database: BenchDatabase
  readonly mailboxIds: readonly string[]
  readonly perBox: number
}

/** Finds the threads of a page of one mailbox, and says how long each took. */
type Matcher = (mailboxId: string, page: readonly Inbound[]) => Promise<readonly Found[]>

interface Found {
  readonly thread: string | undefined
  readonly ms: number
}

let ground: Promise<Ground> | undefined
let runs = 0

export const matchingBench: Bench = {
  line: 'Matching: which of ten million sent mails does this one answer, if any',
  numbers: { sent: 10_000_000, inbound: 5_000 },
  contenders: ({ sent = 0, inbound: mails = 0 }) => {
    const contender = (
      idiom: string,
      open: (at: Ground) => Promise<Matcher & AsyncDisposable>,
    ): Contender => ({
      idiom,
      run: async () => await once(await (ground ??= prepared(sent)), open, mails),
    })
    return {
      kontor: contender("the product's sorting of a page, by headers alone, looked up at once", kontor),
      ...Object.fromEntries(
        Object.keys(rules).map((name) => [
          name,
          contender('own port of its rules', (at) => ported(at, name)),
        ]),
      ),
    }
  },
  async end() {
    await (await ground)?.database[Symbol.asyncDispose]()
  },
}

async function prepared(sent: number): Promise<Ground> {
  const database = await freshDatabase()
  await fillSent(database.admin, sent)
  const { rows } = await database.admin.query<{ id: string }>(
    'select id from bench_box order by n limit $1',
    [mailboxes],
  )
  return {
    database,
    mailboxIds: rows.map(({ id }) => id),
    perBox: Math.floor(sent / perThread / 2 / mailboxes),
  }
}

async function once(
  at: Ground,
  open: (at: Ground) => Promise<Matcher & AsyncDisposable>,
  mails: number,
): Promise<Run> {
  await using match = await open(at)
  const first = 1_000_000 * ++runs
  const pages = Array.from({ length: Math.ceil(mails / pageSize) }, (_, page) => {
    const box = page % mailboxes
    return Array.from({ length: pageSize }, (__, n) => inbound(first + page * pageSize + n, box, at.perBox))
  })
  const found = new Map<Inbound, Found>()
  const queue = [...pages]
  const began = performance.now()
  const pull = async (): Promise<void> => {
    for (let page = queue.shift(); page !== undefined; page = queue.shift()) {
      const results = await match(at.mailboxIds[page[0]?.box ?? 0] ?? '', page)
      for (const [n, mail] of page.entries()) found.set(mail, results[n] ?? { thread: undefined, ms: 0 })
    }
  }
  await Promise.all(Array.from({ length: pagesAtOnce }, pull))
  const seconds = (performance.now() - began) / 1000
  const times = [...found.values()].map(({ ms }) => ms).toSorted((a, b) => a - b)
  return {
    figures: {
      perSecond: found.size / seconds,
      p50Ms: percentile(times, 0.5),
      p99Ms: percentile(times, 0.99),
      ...judged(found),
    },
  }
}

function judged(found: ReadonlyMap<Inbound, Found>): Record<string, number> {
  const all = [...found].map(([mail, { thread }]) => ({ ...mail, thread }))
  const answers = all.filter(({ truth }) => truth !== undefined)
  const named = answers.filter(({ kind }) => kind !== 'headersLost')
  const right = (list: typeof all): number => list.filter(({ truth, thread }) => thread === truth).length
  const taken = all.filter(({ thread }) => thread !== undefined)
  const foreign = all.filter(({ truth }) => truth === undefined)
  const shareOf = (kind: Kind): number => {
    const list = all.filter((one) => one.kind === kind)
    return right(list) / Math.max(1, list.length)
  }
  return {
    precision: right(taken) / Math.max(1, taken.length),
    recall: right(answers) / answers.length,
    recallOfNamed: right(named) / named.length,
    foreign: foreign.length,
    foreignTaken: foreign.filter(({ thread }) => thread !== undefined).length,
    wrongThread: answers.filter(({ truth, thread }) => thread !== undefined && thread !== truth).length,
    ...Object.fromEntries(Object.keys(kinds).map((kind) => [`right_${kind}`, shareOf(kind as Kind)])),
  }
}

async function kontor({ database }: Ground): Promise<Matcher & AsyncDisposable> {
  const product = benchDatabase(database.appUrl, connections)
  const match: Matcher = async (mailboxId, page) => {
    const times: number[] = []
    const timed = Object.create(product, {
      inWorkspace: {
        async value(...of: Parameters<typeof product.inWorkspace>) {
          const began = performance.now()
          const result = await product.inWorkspace(...of)
          times.push(performance.now() - began)
          return result
        },
      },
    }) as typeof product
    const provider = {
      traits: { threadId: 'none' },
      async threadHeaders(id: string) {
        const { inReplyTo = '', references = '' } = page[Number(id)] ?? {}
        return { ok: true, value: { messageId: `<in${id}@elsewhere.example>`, inReplyTo, references } }
      },
    } as unknown as OpenedMailbox
    const changes = page.map((_, n) => ({ providerMessageId: `${n}`, own: false }))
    const looking = { provider, findsChangedSubjects: true, until: () => AbortSignal.timeout(600_000) }
    const sorted = await sortChanges(
      { database: timed },
      { workspaceId: workspace, mailboxId },
      looking,
      changes,
    )
    if (!sorted.ok) throw new Error(sorted.failure.kind)
    const threads = new Map(sorted.value.ours.map((one) => [Number(one.providerMessageId), one.threadId]))
    // two transactions: what is held and which threads are known, then the headers of the page
    const ms = times.reduce((sum, one) => sum + one, 0)
    return page.map((_, n) => ({ thread: threads.get(n), ms }))
  }
  return Object.assign(match, { [Symbol.asyncDispose]: async () => await product[Symbol.asyncDispose]() })
}

async function ported({ database }: Ground, name: string): Promise<Matcher & AsyncDisposable> {
  const pool = new pg.Pool({ connectionString: database.adminUrl, max: connections })
  const rule = rules[name]
  const find = async (mailboxId: string, mail: Inbound): Promise<Found> => {
    const began = performance.now()
    const thread = await rule?.(pool, mailboxId, mail)
    return { thread, ms: performance.now() - began }
  }
  const match: Matcher = async (mailboxId, page) => {
    const found: Found[] = []
    for (let from = 0; from < page.length; from += mailsAtOnce) {
      const group = page.slice(from, from + mailsAtOnce)
      found.push(...(await Promise.all(group.map((mail) => find(mailboxId, mail)))))
    }
    return found
  }
  return Object.assign(match, { [Symbol.asyncDispose]: async () => await pool.end() })
}
