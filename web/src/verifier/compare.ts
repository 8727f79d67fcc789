/**
 * Downloads of one mailbox against one another. Whoever holds the database could seal a whole log anew, and the new one
 * would be unbroken too; but it would not continue what somebody kept.
 */
import type { ExportVerdict } from '@kontor/api/ledger/export'
import type { Judged, Parts } from './result.ts'
import { element, filled } from './sheet.ts'

export function comparisons({ words, language }: Parts, judged: readonly Judged[]): HTMLElement[] {
  const whole = judged
    .flatMap(({ verdict }) => (verdict === undefined || verdict.foreign ? [] : [verdict]))
    .toSorted((left, right) => left.entries - right.entries)
  return whole.flatMap((earlier, index) => {
    const later = whole.slice(index + 1).find((one) => one.mailboxId === earlier.mailboxId)
    if (later === undefined) return []
    const fits = continues(earlier, later)
    const sentence = fits ? filled(words.continues, earlier.entries.toLocaleString(language)) : words.parts
    return [element('p', { class: 'between', 'data-verdict': fits ? 'ok' : 'broken' }, sentence)]
  })
}

function continues(earlier: ExportVerdict, later: ExportVerdict): boolean {
  return earlier.entries === 0 || later.seals.get(earlier.lastSeq) === earlier.seal
}
