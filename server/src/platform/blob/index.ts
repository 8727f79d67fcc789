/**
 * Owns files: bytes addressed by their SHA-256 within a workspace, kept in PostgreSQL in chunks of 256 KiB so that
 * backup, transaction and erasure are the database's. The same bytes put twice are stored once.
 *
 * Bytes that hold other blobs in base64, as a mail holds its files, are stored around them: a thousand mails with one file
 * are stored with one file.
 *
 * Refuses: names, types and permissions of files; those belong to the row that refers to the blob.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../db/index.ts'

/** SHA-256 in lower-case hex, and the size in bytes. */
export type BlobRef = { readonly sha256: string; readonly size: number }
/** A blob with its bytes, as it stands in others. */
export type HeldBlob = { readonly sha256: string; readonly content: Uint8Array }
export type NewBlob = { readonly bytes: Uint8Array; readonly held?: readonly HeldBlob[] }
export type Blobs = {
  /**
   * Stores bytes; putting what is there already changes nothing. `held` are blobs that stand in these bytes one after
   * another, in base64 as mails write it; where one does not, its bytes are stored like all others.
   */
  put(tx: Tx, workspaceId: string, bytes: Uint8Array, held?: readonly HeldBlob[]): Promise<BlobRef>
  /** The same for many at once, in their order. */
  putAll(tx: Tx, workspaceId: string, all: readonly NewBlob[]): Promise<readonly BlobRef[]>
  /**
   * Stores bytes that come in pieces of 256 KiB, only the last one shorter. Read twice: for the hash, then, when they
   * are not here yet, to be stored; so no file is ever whole in memory.
   */
  putPieces(tx: Tx, workspaceId: string, read: () => AsyncIterable<Uint8Array>): Promise<BlobRef>
  /** All bytes at once; undefined when there is no such blob, or not all of it. */
  get(tx: Tx, workspaceId: string, sha256: string): Promise<Uint8Array | undefined>
  /** Bytes of each that is there. */
  sizes(tx: Tx, workspaceId: string, sha256s: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Chunk by chunk, one statement each; for downloads. Ends early without a word when there is no such blob. */
  stream(tx: Tx, workspaceId: string, sha256: string): AsyncIterable<Uint8Array>
  /** One chunk, counted from 0: 256 KiB, or a blob that is held. Undefined behind the last. For readers that may be slow. */
  chunk(tx: Tx, workspaceId: string, of: { sha256: string; n: number }): Promise<Uint8Array | undefined>
  /** Forgets a blob. The caller knows that nothing refers to it. */
  remove(tx: Tx, workspaceId: string, sha256: string): Promise<void>
}

const chunkBytes = 256 * 1024
// 57 bytes are 76 characters of base64
const lineBytes = 57
const pieceBytes = lineBytes * 1024
/** Smaller ones are stored where they stand. */
const worthHolding = 4 * 1024

export const blobs: Blobs = { put, putAll, putPieces, get, sizes, stream, chunk, remove }

async function put(
  tx: Tx,
  workspaceId: string,
  bytes: Uint8Array,
  held: readonly HeldBlob[] = [],
): Promise<BlobRef> {
  const [stored] = await putAll(tx, workspaceId, [{ bytes, held }])
  if (stored === undefined) throw new Error('a blob was not stored')
  return stored
}

async function putAll(tx: Tx, workspaceId: string, all: readonly NewBlob[]): Promise<readonly BlobRef[]> {
  const blobsOf = all.map(({ bytes, held = [] }) => {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const digest = createHash('sha256').update(content).digest()
    return {
      digest,
      sha256: digest.toString('hex'),
      size: content.length,
      parts: partsOf(content, held).map(chunkOf),
    }
  })
  const unlike = [...new Map(blobsOf.map((blob) => [blob.sha256, blob])).values()]
  // most mails are one chunk, and all of them one statement
  const { rows } = await sql<{ sha256: string }>`
    with given as (select * from unnest(${unlike.map(({ digest }) => digest)}::bytea[], ${unlike.map(({ size }) => size)}::bigint[],
        ${unlike.map(({ parts: [first] }) => first?.own ?? null)}::bytea[],
        ${unlike.map(({ parts: [first] }) => first?.file ?? null)}::bytea[]) as g(sha256, size, own, file)),
    fresh as (insert into blob (workspace_id, sha256, size, created_at) select ${workspaceId}, sha256, size, (select kontor_now()) from given
      on conflict do nothing returning sha256),
    first as (insert into blob_chunk (workspace_id, sha256, n, content, file_sha256)
      select ${workspaceId}, sha256, 0, own, file from fresh join given using (sha256)
      where num_nonnulls(own, file) > 0)
    select encode(sha256, 'hex') as sha256 from fresh`.execute(tx)
  const fresh = new Set(rows.map((row) => row.sha256))
  for (const { digest, sha256, parts } of unlike)
    if (fresh.has(sha256))
      for (const [n, { own, file }] of parts.slice(1).entries())
        await sql`
          insert into blob_chunk (workspace_id, sha256, n, content, file_sha256)
          values (${workspaceId}, ${digest}, ${n + 1}, ${own}, ${file})`.execute(tx)
  return blobsOf.map(({ sha256, size }) => ({ sha256, size }))
}

function chunkOf(part: Buffer | string): { readonly own: Buffer | null; readonly file: Buffer | null } {
  return typeof part === 'string' ? { own: null, file: Buffer.from(part, 'hex') } : { own: part, file: null }
}

/** The bytes in chunks; a blob that is held stands by its hash. */
function partsOf(content: Buffer, held: readonly HeldBlob[]): (Buffer | string)[] {
  const parts: (Buffer | string)[] = []
  const keep = (from: number, to: number): void => {
    for (let at = from; at < to; at += chunkBytes)
      parts.push(content.subarray(at, Math.min(to, at + chunkBytes)))
  }
  let done = 0
  for (const file of held) {
    const place = file.content.length < worthHolding ? undefined : placeOf(content, file.content, done)
    if (place === undefined) continue
    keep(done, place.from)
    parts.push(file.sha256)
    done = place.to
  }
  keep(done, content.length)
  return parts
}

/** Where a file stands in base64, at or behind `after`. Compared piece by piece: written out it is as large as the mail. */
function placeOf(
  content: Buffer,
  file: Uint8Array,
  after: number,
): { readonly from: number; readonly to: number } | undefined {
  const [first] = inPieces(file)
  const from = first === undefined ? -1 : content.indexOf(first, after, 'latin1')
  if (from === -1) return undefined
  let to = from
  for (const piece of inPieces(file)) {
    if (content.toString('latin1', to, to + piece.length) !== piece) return undefined
    to += piece.length
  }
  return { from, to }
}

function inLines(bytes: Uint8Array): Buffer {
  const lines = Math.ceil(bytes.length / lineBytes)
  const written = Buffer.allocUnsafe(Math.ceil(bytes.length / 3) * 4 + Math.max(0, lines - 1) * 2)
  let at = 0
  for (const piece of inPieces(bytes)) at += written.write(piece, at, 'latin1')
  return written
}

/** Base64 in lines of 76 characters (RFC 2045 §6.8), some at a time. */
function* inPieces(bytes: Uint8Array): Generator<string> {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let from = 0; from < content.length; from += pieceBytes) {
    const last = from + pieceBytes >= content.length
    const text = content.toString('base64', from, from + pieceBytes)
    yield text.replaceAll(last ? /.{76}(?=.)/g : /.{76}/g, '$&\r\n')
  }
}

async function putPieces(
  tx: Tx,
  workspaceId: string,
  read: () => AsyncIterable<Uint8Array>,
): Promise<BlobRef> {
  const hash = createHash('sha256')
  let size = 0
  for await (const piece of read()) {
    if (size % chunkBytes !== 0 || piece.length > chunkBytes) throw new RangeError('a piece is not 256 KiB')
    hash.update(piece)
    size += piece.length
  }
  const digest = hash.digest()
  const { rows } = await sql`
    insert into blob (workspace_id, sha256, size) values (${workspaceId}, ${digest}, ${size})
    on conflict do nothing returning size`.execute(tx)
  let n = 0
  if (rows.length > 0) {
    for await (const piece of read()) {
      await sql`
        insert into blob_chunk (workspace_id, sha256, n, content)
        values (${workspaceId}, ${digest}, ${n++}, ${Buffer.from(piece)})`.execute(tx)
    }
  }
  return { sha256: digest.toString('hex'), size }
}

async function get(tx: Tx, workspaceId: string, sha256: string): Promise<Uint8Array | undefined> {
  const digest = Buffer.from(sha256, 'hex')
  const { rows: found } = await sql<{ size: string }>`
    select size from blob where workspace_id = ${workspaceId} and sha256 = ${digest}`.execute(tx)
  if (found[0] === undefined) return undefined
  const whole = Buffer.allocUnsafe(Number(found[0].size))
  let at = 0
  for (let n = 0; at < whole.length; n++) {
    const part = await chunk(tx, workspaceId, { sha256, n })
    if (part === undefined) return undefined
    whole.set(part, at)
    at += part.length
  }
  return whole
}

async function sizes(
  tx: Tx,
  workspaceId: string,
  sha256s: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (sha256s.length === 0) return new Map()
  const { rows } = await sql<{ sha256: string; size: string }>`
    select encode(sha256, 'hex') as sha256, size from blob
    where workspace_id = ${workspaceId} and sha256 = any (${sha256s.map((one) => Buffer.from(one, 'hex'))}::bytea[])`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.sha256, Number(row.size)]))
}

type ChunkRow = { readonly content: Buffer | null; readonly file_sha256: Buffer | null }

async function bytesOf(tx: Tx, workspaceId: string, { content, file_sha256 }: ChunkRow): Promise<Uint8Array> {
  if (content !== null) return content
  const file = await get(tx, workspaceId, file_sha256?.toString('hex') ?? '')
  if (file === undefined) throw new Error('a blob holds one that is gone')
  return inLines(file)
}

async function* stream(tx: Tx, workspaceId: string, sha256: string): AsyncGenerator<Uint8Array> {
  for (let n = 0; ; n++) {
    const content = await chunk(tx, workspaceId, { sha256, n })
    if (content === undefined) return
    yield content
  }
}

async function chunk(
  tx: Tx,
  workspaceId: string,
  { sha256, n }: { sha256: string; n: number },
): Promise<Uint8Array | undefined> {
  const { rows } = await sql<ChunkRow>`
    select content, file_sha256 from blob_chunk
    where workspace_id = ${workspaceId} and sha256 = ${Buffer.from(sha256, 'hex')} and n = ${n}`.execute(tx)
  return rows[0] === undefined ? undefined : await bytesOf(tx, workspaceId, rows[0])
}

async function remove(tx: Tx, workspaceId: string, sha256: string): Promise<void> {
  const digest = Buffer.from(sha256, 'hex')
  await sql`delete from blob_chunk where workspace_id = ${workspaceId} and sha256 = ${digest}`.execute(tx)
  await sql`delete from blob where workspace_id = ${workspaceId} and sha256 = ${digest}`.execute(tx)
}
