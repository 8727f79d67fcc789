/** Readers that fail in each way the fuzzer must see. */
import type { Wrong } from './reader.ts'
import { readBatchWith } from './reader.ts'

export function throwing(batch: readonly Uint8Array[]): Promise<Wrong[]> {
  return readBatchWith(() => Promise.reject(new Error('no')), batch)
}

export function leaking(batch: readonly Uint8Array[]): Promise<Wrong[]> {
  return readBatchWith(() => Promise.resolve({ html: '<script>' }), batch)
}

export function unstorable(batch: readonly Uint8Array[]): Promise<Wrong[]> {
  return readBatchWith(() => Promise.resolve({ html: '\0' }), batch)
}

export function stuck(): never {
  for (;;);
}
