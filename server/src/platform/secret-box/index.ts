/**
 * Owns secrets at rest: grants, webhook secrets and whatever else must be stored but not readable from a database
 * dump. AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce; the context is bound as additional data, so a
 * sealed text copied into another row does not open.
 *
 * Sealed form: `v1.<key id>.<nonce>.<ciphertext and tag>`. Rotation: add a key, make it current; old texts open
 * until they are sealed again. Refuses: password hashing (sign-in does that) and keys from anywhere but its caller.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { SecretKey } from './key-file.ts'

export { readKeyRing } from './key-file.ts'
export type { SecretKey } from './key-file.ts'

export type SecretBox = {
  /** Seals a text for one context, for example `grant:<id>`. */
  seal(text: string, context: string): string
  /** @throws SecretBoxError when the text was altered, belongs to another context, or its key is gone. */
  open(sealed: string, context: string): string
  /** True when the text was sealed with a key that is no longer current. */
  stale(sealed: string): boolean
  /** Keyed hash (HMAC-SHA-256, base64url) of a text for one purpose, made with the oldest key: stable over rotation. */
  mac(text: string, purpose: string): string
}

export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError'
}

const nonceBytes = 12
const tagBytes = 16

/** Opens the box with its ring of keys, oldest first. `current` is the id of the key that seals. */
export function openSecretBox(ring: { keys: readonly SecretKey[]; current: string }): SecretBox {
  const keys = new Map(ring.keys.map(({ id, key }) => [id, Buffer.from(key)]))
  const current = keys.get(ring.current)
  const oldest = ring.keys[0]
  if (current === undefined || oldest === undefined) {
    throw new SecretBoxError(`no key named ${ring.current}`)
  }
  for (const { id, key } of ring.keys) {
    if (key.length !== 32) throw new SecretBoxError(`key ${id} has ${key.length} bytes instead of 32`)
    if (!/^[A-Za-z0-9_-]+$/.test(id)) throw new SecretBoxError('a key id is letters, digits, - and _')
  }
  const macKeys = new Map<string, Buffer>()

  return {
    seal(text, context) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', current, nonce).setAAD(Buffer.from(context))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return ['v1', ring.current, nonce.toString('base64url'), sealed.toString('base64url')].join('.')
    },
    open(sealed, context) {
      const [version, id, nonceText, cipherText] = sealed.split('.')
      if (version !== 'v1' || id === undefined || nonceText === undefined || cipherText === undefined) {
        throw new SecretBoxError('not a sealed text')
      }
      const key = keys.get(id)
      if (key === undefined)
        throw new SecretBoxError(`sealed with key ${id}, which this process does not hold`)
      const bytes = Buffer.from(cipherText, 'base64url')
      if (bytes.length < tagBytes) throw new SecretBoxError('a sealed text is cut short')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonceText, 'base64url'), {
          authTagLength: tagBytes,
        })
        decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-tagBytes))
        return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]).toString(
          'utf8',
        )
      } catch (cause) {
        throw new SecretBoxError('a sealed text was altered or belongs to another context', { cause })
      }
    },
    stale(sealed) {
      return sealed.split('.')[1] !== ring.current
    },
    mac(text, purpose) {
      let key = macKeys.get(purpose)
      if (key === undefined) {
        key = Buffer.from(hkdfSync('sha256', oldest.key, '', `kontor mac ${purpose}`, 32))
        macKeys.set(purpose, key)
      }
      return createHmac('sha256', key).update(text).digest('base64url')
    },
  }
}
