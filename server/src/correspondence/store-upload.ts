/** Statements on files on their way up, and on those that are here. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { releaseFiles } from './store-erase.ts'

export interface Upload {
  readonly id: string
  readonly filename: string
  readonly contentType: string
  readonly size: number
  /** Once everything is here. */
  readonly sha256?: string
}

interface UploadRow {
  id: string
  filename: string
  content_type: string
  size: number
  sha256: string | null
}

function uploadOf(row: UploadRow): Upload {
  return {
    id: row.id,
    filename: row.filename,
    contentType: row.content_type,
    size: row.size,
    ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
  }
}

export async function insertUpload(tx: Tx, upload: Upload & { readonly by: string }): Promise<void> {
  await sql`insert into upload (workspace_id, id, filename, content_type, size, sha256, uploaded_by)
    values (kontor_workspace(), ${upload.id}, ${upload.filename}, ${upload.contentType}, ${upload.size},
      decode(${upload.sha256 ?? null}, 'hex'), ${upload.by}) on conflict do nothing`.execute(tx)
}

export async function uploadsById(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Upload>> {
  const { rows } =
    await sql<UploadRow>`select id, filename, content_type, size, encode(sha256, 'hex') as sha256
    from upload where id = any (${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, uploadOf(row)]))
}

/** The same piece again changes nothing. */
export async function insertPiece(
  tx: Tx,
  uploadId: string,
  { n, content }: { readonly n: number; readonly content: Uint8Array },
): Promise<void> {
  await sql`insert into upload_piece (workspace_id, upload_id, n, content)
    values (kontor_workspace(), ${uploadId}, ${n}, ${Buffer.from(content)}) on conflict do nothing`.execute(
    tx,
  )
}

/** How many bytes have come, in how many pieces, and whether none is missing between. */
export async function piecesOf(tx: Tx, uploadId: string): Promise<{ bytes: number; whole: boolean }> {
  const { rows } = await sql<{ bytes: number; whole: boolean }>`
    select coalesce(sum(octet_length(content)), 0)::bigint as bytes, coalesce(max(n) + 1, 0) = count(*) as whole
    from upload_piece where upload_id = ${uploadId}`.execute(tx)
  return rows[0] ?? { bytes: 0, whole: true }
}

export async function* readPieces(tx: Tx, uploadId: string): AsyncGenerator<Uint8Array> {
  for (let n = 0; ; n++) {
    const { rows } = await sql<{ content: Buffer }>`select content from upload_piece
      where upload_id = ${uploadId} and n = ${n}`.execute(tx)
    const row = rows[0]
    if (row === undefined) return
    yield row.content
  }
}

/** The upload, locked, so that it is finished once. */
export async function lockUpload(tx: Tx, id: string): Promise<Upload | undefined> {
  const { rows } =
    await sql<UploadRow>`select id, filename, content_type, size, encode(sha256, 'hex') as sha256
    from upload where id = ${id} for update`.execute(tx)
  return rows[0] === undefined ? undefined : uploadOf(rows[0])
}

export async function finishUpload(tx: Tx, id: string, sha256: string): Promise<void> {
  await sql`update upload set sha256 = decode(${sha256}, 'hex') where id = ${id}`.execute(tx)
  await sql`delete from upload_piece where upload_id = ${id}`.execute(tx)
}

/** Forgets an upload that no draft holds, with its file unless a letter or a text keeps it. */
export async function deleteUpload(tx: Tx, id: string): Promise<void> {
  const { rows } = await sql<{ sha256: Buffer | null }>`delete from upload u where u.id = ${id}
    and not exists (select 1 from draft_file d where d.workspace_id = u.workspace_id and d.upload_id = u.id) returning u.sha256`.execute(
    tx,
  )
  await releaseFiles(
    tx,
    rows.map((row) => row.sha256),
  )
}

export async function staleUploads(
  tx: Tx,
  before: Temporal.Instant,
  limit: number,
): Promise<{ workspaceId: string; uploadId: string }[]> {
  const { rows } = await sql<{ workspace_id: string; upload_id: string }>`
    select workspace_id, upload_id from stale_uploads(${before}, ${limit})`.execute(tx)
  return rows.map((row) => ({ workspaceId: row.workspace_id, uploadId: row.upload_id }))
}
