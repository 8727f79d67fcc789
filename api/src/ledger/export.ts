/**
 * Reads and judges an exported access log: one entry a line, and a last line that says where the log ended. Believes
 * nothing in the file; what is not an entry is named by its line.
 */
import type { Break, LedgerEnd, LedgerLine, Sha256 } from './chain.ts'
import { ChainCheck } from './chain.ts'

/** The last line of an export. Beside the end it tells what the chain does not cover. */
export interface ExportEnd extends LedgerEnd {
  readonly address: string
  /** When the export was made. */
  readonly at: string
  /** Looks for new mail that are counted and not an entry yet. */
  readonly looks: number
}

/** A break of the chain, or of the file: a line that is no entry, or no last line. */
export type Finding =
  | Break
  | { readonly kind: 'unreadable'; readonly line: number }
  | { readonly kind: 'no_end'; readonly at: number }

/** What the entries tell: how many messages were touched, by how deep the calls looked. */
export interface Depths {
  readonly identifiers: number
  readonly threadHeaders: number
  readonly opened: number
  readonly sent: number
}

export interface ExportVerdict {
  readonly ok: boolean
  /** Nothing in the file is an entry of an access log. */
  readonly foreign: boolean
  readonly findings: readonly Finding[]
  readonly mailboxId: string
  readonly entries: number
  /** The hash of the last entry. */
  readonly seal: string
  readonly lastSeq: number
  /** The hash of every entry by its number: an earlier download must be found in a later one. */
  readonly seals: ReadonlyMap<number, string>
  readonly first?: string
  readonly last?: string
  readonly end?: ExportEnd
  readonly depths: Depths
}

/** The line that closes an export. */
export function endLine(end: ExportEnd): string {
  return JSON.stringify({ end })
}

export function judgeExport(text: string, sha256: Sha256): ExportVerdict {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const unreadable: Finding[] = []
  const entries: LedgerLine[] = []
  let end: ExportEnd | undefined
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const value = parsed(line)
    const entry = entryOf(value)
    if (entry !== undefined && end === undefined) entries.push(entry)
    else if (entry === undefined && end === undefined && endOf(value) !== undefined) end = endOf(value)
    else unreadable.push({ kind: 'unreadable', line: index + 1 })
  }
  const mailboxId = entries[0]?.mailboxId ?? end?.mailboxId ?? ''
  const check = new ChainCheck(mailboxId, sha256)
  for (const entry of entries) check.take(entry)
  const whole = end === undefined ? noEnd(entries) : undefined
  if (end !== undefined) {
    if (end.mailboxId === mailboxId) check.end(end)
    else check.breaks.push({ kind: 'other_mailbox', at: end.entries })
  }
  const foreign = mailboxId === ''
  const findings = [...unreadable, ...check.breaks, ...(whole === undefined || foreign ? [] : [whole])]
  return {
    ok: !foreign && findings.length === 0,
    foreign,
    findings: foreign ? [] : findings,
    mailboxId,
    entries: check.entries,
    seal: check.seal,
    lastSeq: entries.at(-1)?.seq ?? 0,
    seals: new Map(entries.map(({ seq, hash }) => [seq, hash])),
    ...spanOf(entries),
    ...(end === undefined ? {} : { end }),
    depths: depthsOf(entries),
  }
}

function noEnd(entries: readonly LedgerLine[]): Finding {
  return { kind: 'no_end', at: entries.at(-1)?.seq ?? 0 }
}

function spanOf(entries: readonly LedgerLine[]): { first?: string; last?: string } {
  const [first, last] = [entries[0], entries.at(-1)]
  return first === undefined || last === undefined ? {} : { first: first.at, last: last.at }
}

function depthsOf(entries: readonly LedgerLine[]): Depths {
  const sum = (counts: (entry: LedgerLine) => boolean): number =>
    entries.reduce(
      (total, entry) => (entry.phase === 'after' && counts(entry) ? total + entry.touched : total),
      0,
    )
  return {
    identifiers: sum((entry) => entry.depth === 'identifiers'),
    threadHeaders: sum((entry) => entry.depth === 'thread_headers'),
    opened: sum((entry) => entry.depth === 'content'),
    sent: sum((entry) => entry.call === 'send'),
  }
}

type Fields = Readonly<Record<string, unknown>>

function parsed(line: string): Fields {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
  } catch {
    return {}
  }
}

const texts = ['mailboxId', 'at', 'phase', 'call', 'purpose', 'depth'] as const
const numbers = ['seq', 'touched', 'times'] as const
const hex = /^([0-9a-f]{64})?$/

function entryOf(value: Fields): LedgerLine | undefined {
  const { previous, hash, touchedKeys, outcome = null } = value
  const whole =
    texts.every((name) => typeof value[name] === 'string') &&
    numbers.every((name) => Number.isSafeInteger(value[name])) &&
    Array.isArray(touchedKeys) &&
    touchedKeys.every((key) => typeof key === 'string') &&
    (outcome === null || typeof outcome === 'string') &&
    [previous, hash].every((one) => typeof one === 'string' && hex.test(one))
  return whole ? (value as unknown as LedgerLine) : undefined
}

function endOf({ end }: Fields): ExportEnd | undefined {
  if (typeof end !== 'object' || end === null) return undefined
  const { mailboxId, entries, seal, address, at, looks } = end as Fields
  const whole =
    [mailboxId, address, at].every((one) => typeof one === 'string') &&
    [entries, looks].every((one) => Number.isSafeInteger(one)) &&
    typeof seal === 'string' &&
    hex.test(seal)
  return whole ? (end as ExportEnd) : undefined
}
