/**
 * A font as packages carry it (WOFF 1.0, W3C 2012) turned back into the tables it wraps. The PDF library could do it,
 * but inflates in JavaScript: more than a second for a paper, against 20 ms here.
 */
import { inflateSync } from 'node:zlib'

const headerBytes = 44
const entryBytes = 20
const tableHeaderBytes = 12
const tableEntryBytes = 16

/** @throws when the bytes are no WOFF file. */
export function unwrapFont(woff: Uint8Array): Uint8Array {
  const from = Buffer.from(woff.buffer, woff.byteOffset, woff.byteLength)
  if (from.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF file')
  const count = from.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, at) => {
    const entry = headerBytes + at * entryBytes
    const [offset, packed, full] = [4, 8, 12].map((field) => from.readUInt32BE(entry + field))
    const bytes = from.subarray(offset, (offset ?? 0) + (packed ?? 0))
    return {
      tag: from.subarray(entry, entry + 4),
      checksum: from.readUInt32BE(entry + 16),
      bytes: packed === full ? bytes : inflateSync(bytes),
    }
  })
  const head = Buffer.alloc(tableHeaderBytes + count * tableEntryBytes)
  from.copy(head, 0, 4, 8)
  const steps = Math.floor(Math.log2(count))
  const search = 2 ** steps * tableEntryBytes
  ;[count, search, steps, count * tableEntryBytes - search].forEach((value, at) =>
    head.writeUInt16BE(value, 4 + at * 2),
  )
  let offset = head.length
  const parts: Buffer[] = [head]
  tables.forEach(({ tag, checksum, bytes }, at) => {
    const entry = tableHeaderBytes + at * tableEntryBytes
    tag.copy(head, entry)
    ;[checksum, offset, bytes.length].forEach((value, field) =>
      head.writeUInt32BE(value, entry + 4 + field * 4),
    )
    const padded = Math.ceil(bytes.length / 4) * 4
    parts.push(bytes, Buffer.alloc(padded - bytes.length))
    offset += padded
  })
  return Buffer.concat(parts)
}
