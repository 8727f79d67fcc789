/** Runs in the thread: reads a batch of inputs as receiving reads mail, and says of each what was wrong with the result. */
import { readMessage } from '../src/receiving/reading.ts'
import type { ReadMessage } from '../src/receiving/reading.ts'
import { leaks } from '../src/tools/leaks.ts'

export interface Wrong {
  /** Its place in the batch. */
  readonly at: number
  readonly kind: 'crash' | 'script'
  readonly why: string
}

export function readBatch(batch: readonly Uint8Array[]): Promise<Wrong[]> {
  return readBatchWith(readMessage, batch)
}

export async function readBatchWith(
  read: (raw: Uint8Array) => Promise<Pick<ReadMessage, 'html'>>,
  batch: readonly Uint8Array[],
): Promise<Wrong[]> {
  const wrong: Wrong[] = []
  for (const [at, raw] of batch.entries()) {
    try {
      const found = structuredClone(await read(raw))
      if (holdsNul(found)) wrong.push({ at, kind: 'crash', why: 'a text holds what PostgreSQL refuses' })
      const acting = leaks(found.html ?? '')
      if (acting.length > 0) wrong.push({ at, kind: 'script', why: acting.join(', ').slice(0, 300) })
    } catch (cause) {
      wrong.push({
        at,
        kind: 'crash',
        why: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      })
    }
  }
  return wrong
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false
  return Object.values(value).some(holdsNul)
}
