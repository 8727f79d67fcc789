/**
 * Owns the making of row ids and of unguessable tokens. Ids are UUID version 7 (RFC 9562 §5.7): sorted by the
 * millisecond they were made in, so that new rows land at the end of an index and tables can be partitioned by id.
 *
 * Refuses: chance anywhere else. Whoever needs an id takes `Ids` as an argument, so that tests can seed it.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../clock/index.ts'
import { wallClock } from '../clock/index.ts'

export type Ids = {
  /** A UUID version 7 in lower-case canonical form. */
  uuid(): string
  /** An unguessable token in base64url; 24 bytes are 32 characters. */
  token(bytes?: number): string
}

export const systemIds: Ids = createIds(
  wallClock,
  inStock((size) => randomBytes(size)),
)

/** The same chance, drawn for many ids at once: asking the system costs more than making the id. */
function inStock(chance: (size: number) => Buffer): (size: number) => Buffer {
  let stock: Buffer = Buffer.alloc(0)
  return (size) => {
    if (stock.length < size) stock = chance(Math.max(size, 4096))
    const drawn = stock.subarray(0, size)
    stock = stock.subarray(size)
    return drawn
  }
}

/** Ids that depend only on the seed: the same seed gives the same sequence. For tests and stories. */
export function seededIds(seed: string, start = '2026-01-05T08:00:00Z'): Ids {
  let drawn = 0
  const startMs = Temporal.Instant.from(start).epochMilliseconds
  let made = 0
  const clock = { now: () => Temporal.Instant.fromEpochMilliseconds(startMs + made++) }
  return createIds(clock, (size) => {
    const parts: Buffer[] = []
    for (let have = 0; have < size; have += 32) {
      parts.push(createHash('sha256').update(`${seed}:${drawn++}`).digest())
    }
    return Buffer.concat(parts).subarray(0, size)
  })
}

function createIds(clock: Pick<Clock, 'now'>, chance: (size: number) => Buffer): Ids {
  return {
    uuid: () => uuidV7(clock.now().epochMilliseconds, chance(10)),
    token: (bytes = 24) => chance(bytes).toString('base64url'),
  }
}

/** RFC 9562 §5.7: 48 bits of Unix milliseconds, version, 12 random bits, variant, 62 random bits. */
function uuidV7(epochMs: number, random: Buffer): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(epochMs, 0, 6)
  random.copy(bytes, 6, 0, 10)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
