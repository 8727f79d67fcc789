import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256 } from './sha256.ts'

async function platforms(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

test('the digest is the one of FIPS 180-4, Appendix B', () => {
  expect(sha256(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})

test('every length and content has the digest that the platform computes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect(sha256(bytes)).toBe(await platforms(Uint8Array.from(bytes)))
    }),
    { seed: 7, numRuns: 400 },
  )
  for (const length of [0, 55, 56, 63, 64, 119, 120, 1_000_000]) {
    const bytes = new Uint8Array(length).fill(0x61)
    expect(sha256(bytes)).toBe(await platforms(bytes))
  }
})
