/** An export as the server writes it, for tests of whatever verifies one. */
import { createHash } from 'node:crypto'
import type { LedgerLine } from './chain.ts'
import { sealedText } from './chain.ts'
import { endLine } from './export.ts'

export const sampleMailbox = '01890000-0000-7000-8000-000000000001'

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Seals an entry to the one before it. */
export function sealed(line: Omit<LedgerLine, 'hash'>): LedgerLine {
  const hash = createHash('sha256')
    .update(Buffer.from(line.previous, 'hex'))
    .update(sealedText(line))
    .digest('hex')
  return { ...line, hash }
}

/** A whole chain: every second entry opens a message. */
export function sampleEntries(count: number, mailboxId: string = sampleMailbox): LedgerLine[] {
  const entries: LedgerLine[] = []
  for (let seq = 1; seq <= count; seq++) {
    const content = seq % 2 === 0
    entries.push(
      sealed({
        mailboxId,
        seq,
        at: `2026-01-05T08:00:${String(seq % 60).padStart(2, '0')}.000000Z`,
        phase: content ? 'after' : 'before',
        call: 'raw',
        purpose: 'pull',
        depth: 'content',
        touched: 1,
        touchedKeys: ['8J-MvQ'],
        times: 1,
        outcome: content ? 'ok' : null,
        previous: entries.at(-1)?.hash ?? '',
      }),
    )
  }
  return entries
}

/** The lines of an export that ends with `last`, or with its own last entry. */
export function exportOf(
  entries: readonly LedgerLine[],
  last: LedgerLine | undefined = entries.at(-1),
): string {
  const end = endLine({
    mailboxId: last?.mailboxId ?? sampleMailbox,
    address: 'anna@brand.example',
    entries: last?.seq ?? 0,
    seal: last?.hash ?? '',
    looks: 3,
    at: '2026-01-05T09:00:00Z',
  })
  return [...entries.map((entry) => JSON.stringify(entry)), end, ''].join('\n')
}
