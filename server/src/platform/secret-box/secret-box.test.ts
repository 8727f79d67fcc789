import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSecretBox, readKeyRing } from './index.ts'

const first = { id: 'k1', key: Buffer.alloc(32, 1) }
const second = { id: 'k2', key: Buffer.alloc(32, 2) }
const before = openSecretBox({ keys: [first], current: 'k1' })
const after = openSecretBox({ keys: [first, second], current: 'k2' })

test('what was sealed opens in its context and nowhere else', () => {
  const sealed = before.seal('refresh-token', 'grant:1')
  expect(before.open(sealed, 'grant:1')).toBe('refresh-token')
  expect(() => before.open(sealed, 'grant:2')).toThrow('was altered or belongs to another context')
  expect(before.seal('refresh-token', 'grant:1')).not.toBe(sealed)
})

test('an altered, shortened or foreign text does not open', () => {
  const sealed = before.seal('x', 'c')
  expect(() => before.open(`${sealed.slice(0, -2)}AA`, 'c')).toThrow('was altered')
  expect(() => before.open('v1.k1.AAAA.AAAA', 'c')).toThrow('cut short')
  expect(() => before.open('plain', 'c')).toThrow('not a sealed text')
})

test('after a rotation old texts open, are known to be stale, and new ones need the new key', () => {
  const old = before.seal('x', 'c')
  const fresh = after.seal('x', 'c')
  expect([after.open(old, 'c'), after.open(fresh, 'c')]).toEqual(['x', 'x'])
  expect([after.stale(old), after.stale(fresh)]).toEqual([true, false])
  expect(() => before.open(fresh, 'c')).toThrow('sealed with key k2, which this process does not hold')
})

test('a keyed hash depends on text and purpose, and survives a rotation', () => {
  expect(after.mac('anna@example.com', 'suppression')).toBe(before.mac('anna@example.com', 'suppression'))
  expect(before.mac('anna@example.com', 'ledger')).not.toBe(before.mac('anna@example.com', 'suppression'))
})

test('a ring needs its current key, and keys of 32 bytes', () => {
  expect(() => openSecretBox({ keys: [first], current: 'k9' })).toThrow('no key named k9')
  expect(() => openSecretBox({ keys: [{ id: 'a', key: Buffer.alloc(8) }], current: 'a' })).toThrow(
    '8 bytes instead of 32',
  )
})

test('the key file is made once, also by two first starts, and only its owner may read it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-key-'))
  const file = join(folder, 'secret-key')
  const rings = await Promise.all([1, 2, 3].map(() => readKeyRing({ given: [], file })))
  expect(new Set(rings.map((ring) => ring.current)).size).toBe(1)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await rm(folder, { recursive: true })
})

test('of the given keys the first seals and the others still open', async () => {
  const [older, newer] = [Buffer.alloc(32, 1), Buffer.alloc(48, 2)]
  const old = openSecretBox(await readKeyRing({ given: [older], file: '/nowhere' }))
  const now = openSecretBox(await readKeyRing({ given: [newer, older], file: '/nowhere' }))
  expect(now.open(old.seal('x', 'c'), 'c')).toBe('x')
  expect(now.mac('x', 'p')).toBe(old.mac('x', 'p'))
})
