/**
 * Chance and identifiers of the practice world. Chance is always seeded: the same seed and the same key give the same
 * answer, so that a run can be repeated. Only bearer secrets (codes, tokens) come from the machine's random source.
 */
import { createHash, randomBytes } from 'node:crypto'

/** A number in [0, 1) that depends on nothing but its arguments. */
export function chanceOf(seed: string, ...key: readonly (string | number)[]): number {
  const digest = createHash('sha256')
    .update([seed, ...key].join('\u0000'))
    .digest()
  return digest.readUIntBE(0, 6) / 2 ** 48
}

/** One element of a non-empty list, chosen by seed and key. */
export function pick<T>(
  list: readonly [T, ...T[]] | readonly T[],
  seed: string,
  ...key: readonly (string | number)[]
): T {
  const chosen = list[Math.floor(chanceOf(seed, ...key) * list.length)]
  if (chosen === undefined) throw new RangeError('pick needs a list with something in it')
  return chosen
}

/** A bearer secret with 192 bits. */
export function secret(prefix: string): string {
  return `${prefix}${randomBytes(24).toString('base64url')}`
}

/** Decimal account number in Google's length (21 digits), the same for the same address. */
export function subjectOf(addressKey: string): string {
  const digest = createHash('sha256').update(`subject\u0000${addressKey}`).digest('hex')
  return `1${(BigInt(`0x${digest.slice(0, 24)}`) % 10n ** 20n).toString().padStart(20, '0')}`
}

/**
 * Message id of 16 hex digits, rising with practice time as Gmail's do. `sequence` is a persisted counter, so that two
 * messages of one millisecond differ.
 */
export function gmailId(nowMs: number, sequence: number): string {
  return ((BigInt(Math.max(nowMs, 0)) << 20n) | BigInt(sequence & 0xfffff)).toString(16).padStart(16, '0')
}

/** The Message-ID that the provider puts in place of the client's. */
export function providerMessageId(gmailMessageId: string, sequence: number): string {
  const tail = createHash('sha256')
    .update(`${gmailMessageId}\u0000${sequence}`)
    .digest('base64url')
    .replaceAll('-', '_')
  return `<CA${tail.slice(0, 40)}=${gmailMessageId.slice(-6)}@mail.practice.example>`
}
