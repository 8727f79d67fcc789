/**
 * Owns files: bytes addressed by their SHA-256 within a workspace, kept in PostgreSQL in chunks of 256 KiB so that
 * backup, transaction and erasure are the database's. The same bytes put twice are stored once.
 *
 * Refuses: names, types and permissions of files; those belong to the row that refers to the blob.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../db/index.ts'

/** SHA-256 in lower-case hex, and the size in bytes. */
export type BlobRef = { readonly sha256: string; readonly size: number }
export type Blobs = {
  /** Stores bytes; putting what is there already changes nothing. */
  put(tx: Tx, workspaceId: string, bytes: Uint8Array): Promise<BlobRef>
  /** All bytes at once; undefined when there is no such blob. */
  get(tx: Tx, workspaceId: string, sha256: string): Promise<Uint8Array | undefined>
  /** Chunk by chunk, one statement each; for downloads. Ends early without a word when there is no such blob. */
  stream(tx: Tx, workspaceId: string, sha256: string): AsyncIterable<Uint8Array>
  /** Forgets a blob. The caller knows that nothing refers to it. */
  remove(tx: Tx, workspaceId: string, sha256: string): Promise<void>
}

const chunkBytes = 256 * 1024

export const blobs: Blobs = { put, get, stream, remove }

async function put(tx: Tx, workspaceId: string, bytes: Uint8Array): Promise<BlobRef> {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const digest = createHash('sha256').update(content).digest()
  const { rows } = await sql`
    insert into blob (workspace_id, sha256, size) values (${workspaceId}, ${digest}, ${content.length})
    on conflict do nothing returning size`.execute(tx)
  if (rows.length > 0) {
    for (let n = 0; n * chunkBytes < content.length; n++) {
      const chunk = content.subarray(n * chunkBytes, (n + 1) * chunkBytes)
      await sql`
        insert into blob_chunk (workspace_id, sha256, n, content)
        values (${workspaceId}, ${digest}, ${n}, ${chunk})`.execute(tx)
    }
  }
  return { sha256: digest.toString('hex'), size: content.length }
}

async function get(tx: Tx, workspaceId: string, sha256: string): Promise<Uint8Array | undefined> {
  const digest = Buffer.from(sha256, 'hex')
  const { rows: found } = await sql`
    select size from blob where workspace_id = ${workspaceId} and sha256 = ${digest}`.execute(tx)
  if (found.length === 0) return undefined
  const { rows } = await sql<{ content: Buffer }>`
    select content from blob_chunk where workspace_id = ${workspaceId} and sha256 = ${digest} order by n`.execute(
    tx,
  )
  return Buffer.concat(rows.map((row) => row.content))
}

async function* stream(tx: Tx, workspaceId: string, sha256: string): AsyncGenerator<Uint8Array> {
  const digest = Buffer.from(sha256, 'hex')
  for (let n = 0; ; n++) {
    const { rows } = await sql<{ content: Buffer }>`
      select content from blob_chunk
      where workspace_id = ${workspaceId} and sha256 = ${digest} and n = ${n}`.execute(tx)
    const row = rows[0]
    if (row === undefined) return
    yield row.content
  }
}

async function remove(tx: Tx, workspaceId: string, sha256: string): Promise<void> {
  const digest = Buffer.from(sha256, 'hex')
  await sql`delete from blob_chunk where workspace_id = ${workspaceId} and sha256 = ${digest}`.execute(tx)
  await sql`delete from blob where workspace_id = ${workspaceId} and sha256 = ${digest}`.execute(tx)
}
