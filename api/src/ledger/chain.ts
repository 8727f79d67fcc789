/**
 * The seal of the access log, and the check of its chain: one code for the server that writes it, the command that
 * verifies it and the page that verifies an export without any of ours.
 *
 * Each entry carries the SHA-256 of its predecessor's hash and its own content. A chain proves that nothing in it was
 * changed, taken out or slipped in since its last hash was known; it does not prove who wrote it. Knows no bytes of a
 * database, no file and no way to hash: SHA-256 is given.
 */

/** An entry as an export tells it; hashes in hex. */
export interface LedgerLine {
  readonly mailboxId: string
  readonly seq: number
  /** With microseconds, as it was hashed. */
  readonly at: string
  readonly phase: string
  readonly call: string
  readonly purpose: string
  readonly depth: string
  readonly touched: number
  readonly touchedKeys: readonly string[]
  readonly times: number
  readonly outcome: string | null
  readonly previous: string
  readonly hash: string
}

/** Where a chain ends, as whoever keeps it remembers: how many entries, and the hash of the last. */
export interface LedgerEnd {
  readonly mailboxId: string
  readonly entries: number
  readonly seal: string
}

/** Given the SHA-256 in hex. */
export type Sha256 = (bytes: Uint8Array) => string

/** What is wrong at a place of the chain, by the number of the entry. */
export type BreakKind =
  /** The entry is not what was sealed. */
  | 'changed'
  /** One or more entries are not there. */
  | 'missing'
  /** An entry stands where another one was already. */
  | 'repeated'
  /** It is whole in itself, and sealed to another entry than the one before it. */
  | 'detached'
  /** An entry of another mailbox. */
  | 'other_mailbox'
  /** The last entries are not there. */
  | 'cut_off'
  /** Entries stand behind the end. */
  | 'added'
  /** As many entries as there should be, and another one at the end. */
  | 'other_end'

export interface Break {
  readonly kind: BreakKind
  readonly at: number
  /** Of what is missing: the last one. */
  readonly until?: number
}

/** What an entry is hashed as, behind the hash of the one before it. */
export function sealedText(line: Omit<LedgerLine, 'previous' | 'hash'>): string {
  return JSON.stringify([
    line.mailboxId,
    line.seq,
    line.at,
    line.phase,
    line.call,
    line.purpose,
    line.depth,
    line.touched,
    line.touchedKeys,
    line.times,
    line.outcome,
  ])
}

/** The hash that an entry must carry, by its own content and the hash that it says stands before it. */
function hashOf(line: LedgerLine, sha256: Sha256): string {
  const previous = bytesOf(line.previous)
  const text = new TextEncoder().encode(sealedText(line))
  const bytes = new Uint8Array(previous.length + text.length)
  bytes.set(previous)
  bytes.set(text, previous.length)
  return sha256(bytes)
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** Walks a chain entry by entry, in the order of their numbers, and keeps what is wrong. Goes on after a break. */
export class ChainCheck {
  readonly breaks: Break[] = []
  readonly #mailboxId: string
  readonly #sha256: Sha256
  #entries = 0
  #seq = 0
  #hash = ''

  constructor(mailboxId: string, sha256: Sha256) {
    this.#mailboxId = mailboxId
    this.#sha256 = sha256
  }

  get entries(): number {
    return this.#entries
  }

  /** The hash of the last entry. */
  get seal(): string {
    return this.#hash
  }

  take(line: LedgerLine): void {
    this.#entries += 1
    const place = this.#wrong(line)
    if (place !== undefined) this.breaks.push(place)
    if (line.mailboxId !== this.#mailboxId || place?.kind === 'repeated') return
    this.#seq = line.seq
    this.#hash = line.hash
  }

  /** Compares with what the end is known to be. */
  end({ entries, seal }: Omit<LedgerEnd, 'mailboxId'>): void {
    if (this.#seq < entries) this.breaks.push({ kind: 'cut_off', at: this.#seq + 1, until: entries })
    else if (this.#seq > entries) this.breaks.push({ kind: 'added', at: entries + 1, until: this.#seq })
    else if (this.#hash !== seal) this.breaks.push({ kind: 'other_end', at: this.#seq })
  }

  #wrong(line: LedgerLine): Break | undefined {
    const at = line.seq
    const expected = this.#seq + 1
    if (line.mailboxId !== this.#mailboxId) return { kind: 'other_mailbox', at }
    if (at < expected) return { kind: 'repeated', at }
    if (line.hash !== hashOf(line, this.#sha256)) return { kind: 'changed', at }
    if (at > expected) return { kind: 'missing', at: expected, until: at - 1 }
    if (line.previous !== this.#hash) return { kind: 'detached', at }
    return undefined
  }
}
