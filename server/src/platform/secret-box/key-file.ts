/**
 * Owns the key of an installation that was given none: 32 random bytes in a file of the data folder, made on the
 * first start. Whoever loses the file loses every stored grant, so it belongs into the backup – apart from the
 * database.
 */
import { createHash, randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'

/** A key of 32 bytes and the name that sealed texts carry. */
export type SecretKey = { readonly id: string; readonly key: Uint8Array }

/** The ring for `openSecretBox`: the given keys (the first is current), or the one kept in the file. */
export async function readKeyRing(options: {
  readonly given: readonly Uint8Array[]
  readonly file: string
}): Promise<{ readonly keys: readonly SecretKey[]; readonly current: string }> {
  const given = options.given.length > 0 ? options.given : [await keptKey(options.file)]
  const keys = given.map((bytes) => {
    const key = bytes.length === 32 ? bytes : createHash('sha256').update(bytes).digest()
    return { id: createHash('sha256').update('kontor key id').update(key).digest('hex').slice(0, 8), key }
  })
  return { keys: keys.toReversed(), current: keys[0]?.id ?? '' }
}

/** Made whole beside its place and linked into it, so that of two first starts both read the same key. */
async function keptKey(path: string): Promise<Uint8Array> {
  const read = async () => {
    const text = await readFile(path, 'utf8').catch(() => undefined)
    return text === undefined ? undefined : Buffer.from(text, 'base64')
  }
  const known = await read()
  if (known !== undefined) return known
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  try {
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft)
  }
  const kept = await read()
  if (kept === undefined) throw new Error(`the key file ${path} cannot be read`)
  return kept
}
