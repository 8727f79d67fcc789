/**
 * Statements on imports: the parts of a file, its lines as they were read, and what became of each. Whoever goes on with
 * an import holds its row, so that no line is taken twice.
 */
import { sql } from 'kysely'
import { records } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { CsvLine, Separator } from './import/csv.ts'
import type { Encoding } from './import/decode.ts'
import type { ImportWish } from './import/wish.ts'

export type ImportState = 'sent' | 'read' | 'running' | 'done' | 'stopped'
export type LineOutcome = 'added' | 'filled' | 'known' | 'failed'

export interface ContactImport {
  readonly id: string
  readonly fileName: string
  readonly encoding?: Encoding
  readonly separator?: Separator
  readonly wish?: ImportWish
  readonly state: ImportState
  readonly lines: number
  readonly added: number
  readonly filled: number
  readonly known: number
  readonly failed: number
  readonly createdAt: Temporal.Instant
}

interface ImportRow {
  id: string
  file_name: string
  encoding: Encoding | null
  separator: Separator | null
  wish: ImportWish | null
  state: ImportState
  lines: number
  added: number
  filled: number
  known: number
  failed: number
  created_at: Temporal.Instant
}

const columns = sql`i.id, i.file_name, i.encoding, i.separator, i.wish, i.state, i.lines, i.added, i.filled, i.known,
  i.failed, i.created_at`

function importOf(row: ImportRow): ContactImport {
  return {
    id: row.id,
    fileName: row.file_name,
    ...(row.encoding === null ? {} : { encoding: row.encoding }),
    ...(row.separator === null ? {} : { separator: row.separator }),
    ...(row.wish === null ? {} : { wish: row.wish }),
    state: row.state,
    lines: row.lines,
    added: row.added,
    filled: row.filled,
    known: row.known,
    failed: row.failed,
    createdAt: row.created_at,
  }
}

export async function insertImport(
  tx: Tx,
  workspaceId: string,
  { id, fileName, createdBy }: { readonly id: string; readonly fileName: string; readonly createdBy: string },
): Promise<void> {
  await sql`insert into contact_import (workspace_id, id, file_name, created_by)
    values (${workspaceId}, ${id}, ${fileName}, ${createdBy})`.execute(tx)
}

/** An import; with `locked` nobody else changes it until the transaction ends. */
export async function importById(
  tx: Tx,
  id: string,
  held: 'shown' | 'locked' = 'shown',
): Promise<ContactImport | undefined> {
  const { rows } = await sql<ImportRow>`
    select ${columns} from contact_import i where i.id = ${id} ${held === 'locked' ? sql`for update` : sql``}`.execute(
    tx,
  )
  return rows[0] === undefined ? undefined : importOf(rows[0])
}

/** The newest imports that were started. */
export async function importRows(tx: Tx, limit: number): Promise<readonly ContactImport[]> {
  const { rows } = await sql<ImportRow>`
    select ${columns} from contact_import i where i.state in ('running', 'done', 'stopped')
    order by i.created_at desc, i.id desc limit ${limit}`.execute(tx)
  return rows.map(importOf)
}

/** A part sent again replaces the one that was there. */
export async function putPart(
  tx: Tx,
  workspaceId: string,
  { importId, n, content }: { readonly importId: string; readonly n: number; readonly content: Uint8Array },
): Promise<void> {
  await sql`insert into contact_import_part (workspace_id, import_id, n, content)
    values (${workspaceId}, ${importId}, ${n}, ${Buffer.from(content)})
    on conflict (workspace_id, import_id, n) do update set content = excluded.content`.execute(tx)
}

export async function partsOf(tx: Tx, importId: string): Promise<Uint8Array> {
  const { rows } = await sql<{ content: Buffer }>`
    select content from contact_import_part where import_id = ${importId} order by n`.execute(tx)
  return Buffer.concat(rows.map((row) => row.content))
}

/** The lines of the file as it was read; those of an earlier reading are forgotten, and so are its parts. */
export async function writeLines(
  tx: Tx,
  workspaceId: string,
  importId: string,
  read: { readonly encoding: Encoding; readonly separator: Separator; readonly lines: readonly CsvLine[] },
): Promise<void> {
  const chunk = 5000
  for (let at = 0; at < read.lines.length; at += chunk) {
    await sql`
      insert into contact_import_line (workspace_id, import_id, line, cells)
      select ${workspaceId}, ${importId}, r.line, r.cells
      from json_to_recordset(${records(read.lines.slice(at, at + chunk))}) as r(line int, cells text[])`.execute(
      tx,
    )
  }
  await sql`update contact_import set state = 'read', encoding = ${read.encoding}, separator = ${read.separator},
      lines = ${read.lines.length} where id = ${importId}`.execute(tx)
  await sql`delete from contact_import_part where import_id = ${importId}`.execute(tx)
}

/** Lines in their order, behind one; all of them, or those that nobody has looked at. */
export async function linesAfter(
  tx: Tx,
  importId: string,
  { after, limit, open }: { readonly after: number; readonly limit: number; readonly open: boolean },
): Promise<readonly CsvLine[]> {
  const { rows } = await sql<{ line: number; cells: string[] }>`
    select line, cells from contact_import_line
    where import_id = ${importId} and line > ${after} ${open ? sql`and outcome is null` : sql``}
    order by line limit ${limit}`.execute(tx)
  return rows
}

/** Says what is wished for; from here on the import runs. The first line is taken out when it names the columns. */
export async function startLines(tx: Tx, importId: string, wish: ImportWish): Promise<void> {
  await sql`update contact_import set state = 'running', wish = ${JSON.stringify(wish)}::jsonb where id = ${importId}`.execute(
    tx,
  )
  if (wish.headed) {
    await sql`update contact_import_line set outcome = 'known'
      where import_id = ${importId} and line = (select min(line) from contact_import_line where import_id = ${importId})`.execute(
      tx,
    )
  }
}

export interface LineNote {
  readonly line: number
  readonly outcome: LineOutcome
  readonly code?: string
  readonly detail?: string
  readonly contactId?: string
}

/** Notes what became of lines, and adds them to the figures. */
export async function noteLines(tx: Tx, importId: string, notes: readonly LineNote[]): Promise<void> {
  await sql`
    with noted as (
      update contact_import_line l set outcome = r.outcome, code = r.code, detail = r.detail, contact_id = r."contactId"
      from json_to_recordset(${records(notes)})
        as r(line int, outcome text, code text, detail text, "contactId" uuid)
      where l.import_id = ${importId} and l.line = r.line and l.outcome is null
      returning l.outcome)
    update contact_import set
      added = added + (select count(*) from noted where outcome = 'added'),
      filled = filled + (select count(*) from noted where outcome = 'filled'),
      known = known + (select count(*) from noted where outcome = 'known'),
      failed = failed + (select count(*) from noted where outcome = 'failed')
    where id = ${importId}`.execute(tx)
}

export async function setImportState(
  tx: Tx,
  id: string,
  { from, to }: { readonly from: ImportState; readonly to: ImportState },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update contact_import set state = ${to} where id = ${id} and state = ${from} returning id`.execute(tx)
  return rows.length > 0
}

/** Contacts that an earlier line of this import was about: contact → line. */
export async function earlierLines(
  tx: Tx,
  importId: string,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ contact_id: string; line: number }>`
    select contact_id, min(line) as line from contact_import_line
    where import_id = ${importId} and contact_id = any(${[...contactIds]}::uuid[]) group by contact_id`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.contact_id, row.line]))
}

export interface FailedLine extends CsvLine {
  readonly code: string
  readonly detail: string
  readonly contactId?: string
}

export async function failedLines(
  tx: Tx,
  importId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly FailedLine[]> {
  const { rows } = await sql<{
    line: number
    cells: string[]
    code: string
    detail: string | null
    contact_id: string | null
  }>`
    select line, cells, code, detail, contact_id from contact_import_line
    where import_id = ${importId} and outcome = 'failed' and line > ${after} order by line limit ${limit}`.execute(
    tx,
  )
  return rows.map(({ detail, contact_id: contactId, ...row }) => ({
    ...row,
    detail: detail ?? '',
    ...(contactId === null ? {} : { contactId }),
  }))
}
