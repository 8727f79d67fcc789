/**
 * Every statement on the access log. The head of a mailbox is locked for each entry, so that the chain has one order.
 *
 * Looks for new mail that find nothing would drown the log: each is counted in the head before it is made, and the
 * count of an hour becomes one entry as soon as something is written in a later hour.
 */
import type { Break } from '@kontor/api/ledger/chain'
import { ChainCheck } from '@kontor/api/ledger/chain'
import { sql } from 'kysely'
import { records } from '../platform/db/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { LedgerContent, LedgerEntry } from './ledger-chain.ts'
import { entryHash, hexOf, lineOf, sha256Hex } from './ledger-chain.ts'

export type NewLedgerEntry = Omit<LedgerContent, 'seq' | 'at' | 'touched' | 'touchedKeys'>

/** Messages that a call asks about or brought, and how their ids are hashed under the mailbox's own key. */
export interface Touched {
  readonly providerIds: readonly string[]
  /** The sealed key of a mailbox that has none yet. */
  freshKey(): string
  hash(sealedKey: string, providerIds: readonly string[]): readonly string[]
}

interface Head {
  readonly mailboxId: string
  readonly seq: number
  readonly hash: Buffer
  readonly pollHour: Temporal.Instant | undefined
  readonly polls: number
  readonly idKey: string | undefined
}

export const pollPurpose = 'pull'
export const pollCall = 'changesSince'

/** An entry of a mailbox, and the messages that it names. */
export interface Entering {
  readonly mailboxId: string
  readonly entry: NewLedgerEntry
  readonly touched?: Touched
}

/** Adds one entry to the chain. */
export async function appendEntry(
  tx: Tx,
  ids: Ids,
  mailboxId: string,
  entry: NewLedgerEntry,
  touched?: Touched,
): Promise<void> {
  await appendEntries(tx, ids, [{ mailboxId, entry, ...(touched === undefined ? {} : { touched }) }])
}

/** Adds entries to the chains of their mailboxes, in this order and under one lock of each head. */
export async function appendEntries(tx: Tx, ids: Ids, entering: readonly Entering[]): Promise<void> {
  const of = Map.groupBy(entering, ({ mailboxId }) => mailboxId)
  const links: Link[] = []
  for (const { now, head: locked } of await lockHeads(tx, [...of.keys()])) {
    const { mailboxId } = locked
    let { idKey, ...head } = await foldPolls(tx, ids, locked, hourOf(now))
    const contents = (of.get(mailboxId) ?? []).map(({ entry, touched }) => {
      if (touched === undefined || touched.providerIds.length === 0)
        return { ...entry, at: now, touched: 0, touchedKeys: [] }
      idKey ??= touched.freshKey()
      const touchedKeys = touched.hash(idKey, touched.providerIds)
      return { ...entry, at: now, touched: touchedKeys.length, touchedKeys }
    })
    links.push(linked(ids, { ...head, idKey }, contents))
  }
  await append(tx, links)
}

/** Counts a look for new mail before it is made. */
export async function countPoll(tx: Tx, ids: Ids, mailboxId: string): Promise<void> {
  const { head, now } = await lockHead(tx, mailboxId)
  const hour = hourOf(now)
  await foldPolls(tx, ids, head, hour)
  await sql`
    update ledger_head set poll_hour = ${hour.toString()}, polls = polls + 1
    where workspace_id = (select kontor_workspace()) and mailbox_id = ${mailboxId}`.execute(tx)
}

/** Writes the looks that were only counted so far; for the end of a mailbox. */
export async function closePolls(tx: Tx, ids: Ids, mailboxId: string): Promise<void> {
  await foldPolls(tx, ids, (await lockHead(tx, mailboxId)).head, undefined)
}

/** Entries before a place in the chain, latest first. */
export async function latestEntries(
  tx: Tx,
  mailboxId: string,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
): Promise<readonly LedgerEntry[]> {
  const { rows } = await sql<EntryRow>`
    select ${entryColumns} from ledger_entry
    where workspace_id = (select kontor_workspace()) and mailbox_id = ${mailboxId}
      and (${before ?? null}::bigint is null or seq < ${before ?? null}::bigint)
    order by seq desc limit ${limit}`.execute(tx)
  return rows.map(entryOf)
}

/** How much was touched since an instant, by the depth of the calls; what was sent stands apart. */
export async function ledgerTotals(
  tx: Tx,
  mailboxId: string,
  since: Temporal.Instant,
): Promise<{ identifiers: number; threadHeaders: number; opened: number; sent: number }> {
  const { rows } = await sql<{ identifiers: number; threadHeaders: number; opened: number; sent: number }>`
    select coalesce(sum(touched) filter (where depth = 'identifiers'), 0)::int as identifiers,
      coalesce(sum(touched) filter (where depth = 'thread_headers'), 0)::int as "threadHeaders",
      coalesce(sum(touched) filter (where depth = 'content'), 0)::int as opened,
      coalesce(sum(touched) filter (where call = 'send'), 0)::int as sent
    from ledger_entry
    where workspace_id = (select kontor_workspace()) and mailbox_id = ${mailboxId} and phase = 'after'
      and at >= ${since}`.execute(tx)
  return rows[0] ?? { identifiers: 0, threadHeaders: 0, opened: 0, sent: 0 }
}

/** Entries after a place in the chain, oldest first: for an export of the whole. */
export async function entriesAfter(
  tx: Tx,
  mailboxId: string,
  { after, until, limit }: { readonly after: number; readonly until: number; readonly limit: number },
): Promise<readonly LedgerEntry[]> {
  const { rows } = await sql<EntryRow>`
    select ${entryColumns} from ledger_entry
    where workspace_id = (select kontor_workspace()) and mailbox_id = ${mailboxId}
      and seq > ${after} and seq <= ${until}
    order by seq limit ${limit}`.execute(tx)
  return rows.map(entryOf)
}

/** The end of the chain: how many entries, the seal of the last, and how many looks are not an entry yet. */
export async function ledgerEnd(
  tx: Tx,
  mailboxId: string,
): Promise<{ entries: number; seal: string; looks: number }> {
  const head = await readHead(tx, mailboxId)
  return { entries: head?.seq ?? 0, seal: hexOf(head?.hash ?? Buffer.alloc(0)), looks: head?.polls ?? 0 }
}

/** The sealed key of the mailbox's id hashes; undefined when there is none (any more). */
export async function keptLedgerKey(tx: Tx, mailboxId: string): Promise<string | undefined> {
  return (await readHead(tx, mailboxId))?.idKey
}

/** Every mailbox of the installation, across workspaces: ids only. */
export async function everyMailbox(
  database: Database,
): Promise<{ workspaceId: string; mailboxId: string }[]> {
  const { rows } = await database.call((db) =>
    sql<{ workspace_id: string; mailbox_id: string }>`select * from every_mailbox()`.execute(db),
  )
  return rows.map((row) => ({ workspaceId: row.workspace_id, mailboxId: row.mailbox_id }))
}

/** Destroys the key of the id hashes: from then on they name nothing. The chain itself stays whole. */
export async function destroyLedgerKey(tx: Tx, mailboxId: string): Promise<void> {
  await sql`update ledger_head set id_key = null
    where workspace_id = (select kontor_workspace()) and mailbox_id = ${mailboxId}`.execute(tx)
}

export interface LedgerCheck {
  readonly ok: boolean
  readonly entries: number
  /** First place in the chain that does not fit. */
  readonly brokenAt?: number
  readonly breaks: readonly Break[]
}

const checkedAtOnce = 1_000

/**
 * Walks the whole chain of a mailbox and compares its end with what the head remembers. `tx` sees one moment, or an
 * entry written meanwhile would look like one behind the end. `see` is shown every entry.
 */
export async function verifyLedger(
  tx: Tx,
  mailboxId: string,
  see: (entry: LedgerEntry) => void = () => {},
): Promise<LedgerCheck> {
  const check = new ChainCheck(mailboxId, sha256Hex)
  for (let at: Pick<EntryRow, 'seq' | 'id'> | undefined = { seq: 0, id: noId }; at !== undefined; ) {
    const rows: readonly EntryRow[] = await entriesFrom(tx, mailboxId, at)
    for (const entry of rows.map(entryOf)) {
      check.take(lineOf(mailboxId, entry))
      see(entry)
    }
    at = rows.length < checkedAtOnce ? undefined : rows.at(-1)
  }
  const head = await ledgerEnd(tx, mailboxId)
  check.end(head)
  const { breaks, entries } = check
  const [first] = breaks
  return { ok: breaks.length === 0, entries, ...(first === undefined ? {} : { brokenAt: first.at }), breaks }
}

const noId = '00000000-0000-0000-0000-000000000000'

// by number and id: a number that stands twice is met twice
async function entriesFrom(
  tx: Tx,
  mailboxId: string,
  after: Pick<EntryRow, 'seq' | 'id'>,
): Promise<readonly EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select ${entryColumns} from ledger_entry
    where workspace_id = (select kontor_workspace()) and mailbox_id = ${mailboxId}
      and (seq, id) > (${after.seq}::bigint, ${after.id}::uuid)
    order by seq, id limit ${checkedAtOnce}`.execute(tx)
  return rows
}

async function foldPolls(tx: Tx, ids: Ids, head: Head, hour: Temporal.Instant | undefined): Promise<Head> {
  const { mailboxId } = head
  if (head.polls === 0 || head.pollHour === undefined) return head
  if (hour !== undefined && Temporal.Instant.compare(head.pollHour, hour) === 0) return head
  const link = linked(ids, head, [
    {
      at: head.pollHour,
      phase: 'before',
      call: pollCall,
      purpose: pollPurpose,
      depth: 'identifiers',
      touched: 0,
      touchedKeys: [],
      times: head.polls,
      outcome: undefined,
    },
  ])
  await append(tx, [link])
  await sql`
    update ledger_head set polls = 0, poll_hour = null
    where workspace_id = (select kontor_workspace()) and mailbox_id = ${mailboxId}`.execute(tx)
  return { ...link.head, polls: 0, pollHour: undefined }
}

/** Entries that are linked to the end of a chain, and the head behind them. */
interface Link {
  readonly head: Head
  readonly rows: readonly unknown[]
}

function linked(ids: Ids, head: Head, contents: readonly Omit<LedgerContent, 'seq'>[]): Link {
  let { seq, hash } = head
  const { mailboxId } = head
  const rows = contents.map((content) => {
    const entry = { ...content, seq: ++seq }
    const previous = hash
    hash = entryHash(mailboxId, previous, entry)
    return { ...entry, id: ids.uuid(), mailboxId, previous: hexOf(previous), hash: hexOf(hash) }
  })
  return { head: { ...head, seq, hash }, rows }
}

async function append(tx: Tx, links: readonly Link[]): Promise<void> {
  const heads = links.map(({ head: { mailboxId, seq, hash, idKey } }) => ({
    mailboxId,
    seq,
    hash: hexOf(hash),
    idKey,
  }))
  await sql`
    with written as (
      insert into ledger_entry (workspace_id, id, mailbox_id, seq, at, phase, call, purpose, depth, touched,
                                touched_keys, times, outcome, previous, hash)
      select (select kontor_workspace()), id, "mailboxId", seq, at, phase, call, purpose, depth, touched, "touchedKeys", times,
        outcome, decode(previous, 'hex'), decode(hash, 'hex')
      from json_to_recordset(${records(links.flatMap(({ rows }) => rows))}) as e(id uuid, "mailboxId" uuid, seq bigint,
        at timestamptz, phase text, call text, purpose text, depth text, touched int, "touchedKeys" text[], times int,
        outcome text, previous text, hash text))
    update ledger_head h set seq = n.seq, hash = decode(n.hash, 'hex'), id_key = n."idKey"
    from json_to_recordset(${records(heads)}) as n("mailboxId" uuid, seq bigint, hash text, "idKey" text)
    where h.workspace_id = (select kontor_workspace()) and h.mailbox_id = n."mailboxId"
      and h.mailbox_id = any(${heads.map(({ mailboxId }) => mailboxId)}::uuid[])`.execute(tx)
}

interface Locked {
  readonly head: Head
  readonly now: Temporal.Instant
}

async function lockHead(tx: Tx, mailboxId: string): Promise<Locked> {
  const [locked] = await lockHeads(tx, [mailboxId])
  if (locked === undefined) throw new Error(`${mailboxId} has no access log`)
  return locked
}

/** In the order of the mailboxes, so that no two wait for each other; those that are missing are begun. */
async function lockHeads(tx: Tx, mailboxIds: readonly string[]): Promise<readonly Locked[]> {
  const wanted = mailboxIds.toSorted()
  const lock = async () => {
    const { rows } = await sql<HeadRow & { now: Temporal.Instant }>`
      select ${headColumns}, (select kontor_now()) as now from ledger_head
      where workspace_id = (select kontor_workspace()) and mailbox_id = any(${wanted}::uuid[])
      order by mailbox_id for update`.execute(tx)
    return rows.map((row) => ({ head: headOf(row), now: row.now }))
  }
  const locked = await lock()
  if (locked.length === wanted.length) return locked
  await sql`
    insert into ledger_head (workspace_id, mailbox_id)
    select (select kontor_workspace()), id from unnest(${wanted}::uuid[]) as m(id) order by id
    on conflict do nothing`.execute(tx)
  const all = await lock()
  if (all.length < wanted.length) throw new Error(`a mailbox of ${wanted.join(', ')} has no access log`)
  return all
}

async function readHead(tx: Tx, mailboxId: string): Promise<Head | undefined> {
  const { rows } = await sql<HeadRow>`select ${headColumns} from ledger_head
    where workspace_id = (select kontor_workspace()) and mailbox_id = ${mailboxId}`.execute(tx)
  return rows[0] === undefined ? undefined : headOf(rows[0])
}

interface HeadRow {
  mailbox_id: string
  seq: number
  hash: Buffer
  poll_hour: Temporal.Instant | null
  polls: number
  id_key: string | null
}

const headColumns = sql`mailbox_id, seq, hash, poll_hour, polls, id_key`

function headOf({
  mailbox_id: mailboxId,
  seq,
  hash,
  poll_hour: pollHour,
  polls,
  id_key: idKey,
}: HeadRow): Head {
  return { mailboxId, seq, hash, pollHour: pollHour ?? undefined, polls, idKey: idKey ?? undefined }
}

interface EntryRow {
  id: string
  seq: number
  at: Temporal.Instant
  phase: LedgerEntry['phase']
  call: string
  purpose: string
  depth: LedgerEntry['depth']
  touched: number
  touched_keys: string[]
  times: number
  outcome: string | null
  previous: Buffer
  hash: Buffer
}

const entryColumns = sql`
  id, seq, at, phase, call, purpose, depth, touched, touched_keys, times, outcome, previous, hash`

function entryOf(row: EntryRow): LedgerEntry {
  const { id: _id, touched_keys: touchedKeys, outcome, ...rest } = row
  return { ...rest, touchedKeys, outcome: outcome ?? undefined }
}

function hourOf(instant: Temporal.Instant): Temporal.Instant {
  return instant.round({ smallestUnit: 'hour', roundingMode: 'floor' })
}
