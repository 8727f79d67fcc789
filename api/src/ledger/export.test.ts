import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LedgerLine } from './chain.ts'
import { judgeExport } from './export.ts'
import { exportOf, sampleEntries, sealed, sha256 } from './samples.fixture.ts'
import { findingSentence } from './sentences.ts'

const entries = sampleEntries(6)
const judge = (text: string) => judgeExport(text, sha256)

test('an export as it was downloaded is unbroken, on every system', () => {
  const verdict = judge(`\uFEFF${exportOf(entries).replaceAll('\n', '\r\n')}`)
  expect(verdict).toMatchObject({
    ok: true,
    foreign: false,
    findings: [],
    entries: 6,
    seal: entries[5]?.hash,
  })
  expect(verdict.depths).toEqual({ identifiers: 0, threadHeaders: 0, opened: 3, sent: 0 })
})

test('the log of a mailbox that was never opened is whole and empty', () => {
  expect(judge(exportOf([]))).toMatchObject({ ok: true, entries: 0 })
})

const change = (seq: number, other: Partial<LedgerLine>) =>
  entries.map((entry) => (entry.seq === seq ? { ...entry, ...other } : entry))
const without = (...seqs: number[]) => entries.filter((entry) => !seqs.includes(entry.seq))
const replaced = entries.map((entry) => (entry.seq === 3 ? sealed({ ...entry, depth: 'nothing' }) : entry))
const shortened = sampleEntries(6).map((entry, i, all) =>
  i === 5 ? sealed({ ...entry, touched: 9, previous: all[4]?.hash ?? '' }) : entry,
)
const [, second = sealed({} as LedgerLine)] = sampleEntries(2, 'another')

test.each([
  ['changed', exportOf(change(3, { depth: 'nothing' })), [{ kind: 'changed', at: 3 }]],
  ['replaced and sealed again', exportOf(replaced), [{ kind: 'detached', at: 4 }]],
  ['taken out', exportOf(without(3, 4)), [{ kind: 'missing', at: 3, until: 4 }]],
  ['written twice', exportOf([...entries.slice(0, 3), ...entries.slice(2)]), [{ kind: 'repeated', at: 3 }]],
  [
    'cut off before the last line',
    exportOf(without(5, 6), entries[5]),
    [{ kind: 'cut_off', at: 5, until: 6 }],
  ],
  ['put behind the end', exportOf(entries, entries[3]), [{ kind: 'added', at: 5, until: 6 }]],
  ['the last one, sealed again', exportOf(shortened, entries[5]), [{ kind: 'other_end', at: 6 }]],
  [
    'of another mailbox',
    exportOf([...entries.slice(0, 2), second, ...entries.slice(2)], entries[5]),
    [{ kind: 'other_mailbox', at: 2 }],
  ],
  [
    'two of them broken',
    exportOf([...change(2, { touched: 0 }).slice(0, 4), ...without(1, 2, 3, 4, 5)], entries[5]),
    [
      { kind: 'changed', at: 2 },
      { kind: 'missing', at: 5, until: 5 },
    ],
  ],
])('an entry %s is named', (_how, text, findings) => {
  expect(judge(text)).toMatchObject({ ok: false, findings })
})

test('a file that stops anywhere is never taken for a whole one', () => {
  const text = exportOf(entries).trimEnd()
  fc.assert(
    fc.property(fc.integer({ min: 1, max: text.length - 1 }), (length) => {
      expect(judge(text.slice(0, length)).ok).toBe(false)
    }),
    { seed: 11, numRuns: 200 },
  )
  const lines = text.split('\n')
  expect(judge(lines.slice(0, 4).join('\n')).findings).toEqual([{ kind: 'no_end', at: 4 }])
})

test('no character of an entry can be another one unnoticed', () => {
  const text = exportOf(entries)
  const last = text.lastIndexOf('{"end"')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: last - 2 }), fc.constantFrom('0', '7', 'x', ' '), (at, other) => {
      fc.pre(text[at] !== other && !/\s/.test(text[at] ?? ''))
      const verdict = judge(text.slice(0, at) + other + text.slice(at + 1))
      expect(verdict.ok).toBe(false)
    }),
    { seed: 5, numRuns: 400 },
  )
})

test.each([
  ['a text', 'Dear Anna,\n\nhow are you?'],
  ['JSON of something else', '{"end":"of story"}\n[1,2]'],
  ['nothing', ''],
])('%s is no access log', (_what, text) => {
  expect(judge(text)).toMatchObject({ ok: false, foreign: true, findings: [] })
})

test('a break is told in both languages', () => {
  const cut = { kind: 'cut_off', at: 1234, until: 1300 } as const
  expect([findingSentence('en', cut), findingSentence('de', cut)]).toEqual([
    'The log was cut off: entries 1,234 to 1,300 are missing at its end.',
    'Das Protokoll wurde abgeschnitten: Am Ende fehlen die Einträge 1.234 bis 1.300.',
  ])
})
