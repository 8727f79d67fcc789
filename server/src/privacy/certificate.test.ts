import { expect, test } from 'vitest'
import type { CertificateFacts, CertificateKind } from './certificate.ts'
import { certificateContent, openParts, sealOf } from './certificate.ts'
import { certificatePaper } from './routes-paper.ts'

const facts: CertificateFacts = {
  id: '019b8d2b-8c04-7d78-bb8c-c615ef9b4b9a',
  kind: 'disconnected',
  at: '2026-01-05T09:00:00Z',
  issuedAt: '2026-01-05T09:00:04Z',
  decision: {
    workspace: 'Atelier Nord',
    address: 'anna@brand.example',
    provider: 'gmail',
    level: 'full',
    connectedAt: '2025-11-03T08:00:00Z',
    decidedBy: 'Anna Keller',
    stored: 'erase',
    messages: 40,
    bytes: 81_920,
    queue: 'reassign',
    reassignTo: 'team@brand.example',
  },
  waiting: { count: 12 },
  permission: { end: 'revoked', endsOthers: true, at: '2026-01-05T09:00:01Z' },
  erasure: {
    messages: 40,
    attachments: 3,
    bytes: 81_920,
    words: 25,
    identifiers: 90,
    suppressions: 1,
    finishedAt: '2026-01-05T09:00:03Z',
  },
  accessLog: { entries: 512, seal: 'ab'.repeat(32) },
}

test('a certificate says who decided what, what became of it, and what stays', () => {
  expect(certificateContent(facts)).toEqual({
    document: 'Kontor certificate',
    version: 1,
    number: facts.id,
    kind: 'disconnected',
    issuedAt: '2026-01-05T09:00:04Z',
    workspace: 'Atelier Nord',
    mailbox: {
      address: 'anna@brand.example',
      provider: 'gmail',
      level: 'full',
      connectedAt: '2025-11-03T08:00:00Z',
    },
    decided: { at: '2026-01-05T09:00:00Z', by: 'Anna Keller' },
    permission: { end: 'revoked', endsOthers: true, at: '2026-01-05T09:00:01Z' },
    waiting: { choice: 'reassign', count: 12, to: 'team@brand.example' },
    stored: {
      choice: 'erase',
      messages: 40,
      attachments: 3,
      bytes: 81_920,
      recordsWithoutWords: 25,
      identifiers: 90,
      finishedAt: '2026-01-05T09:00:03Z',
    },
    stays: { barredAddressesAsHashes: 1, accessLog: { entries: 512, seal: 'ab'.repeat(32) } },
  })
})

test('what was kept is counted as kept', () => {
  const { erasure: _none, ...kept } = facts
  expect(certificateContent(kept).stored).toEqual({ choice: 'keep', messages: 40, bytes: 81_920 })
})

test.each<[CertificateKind, readonly string[]]>([
  ['disconnected', ['waiting', 'permission', 'erasure']],
  ['narrowed', ['permission', 'erasure']],
  ['erased', ['erasure']],
])('one that is %s waits for %j and is issued once nothing is open', (kind, open) => {
  expect(openParts({ kind }, false)).toEqual(open)
  const { waiting, permission } = facts
  expect(
    openParts(
      {
        kind,
        ...(waiting === undefined ? {} : { waiting }),
        ...(permission === undefined ? {} : { permission }),
      },
      true,
    ),
  ).toEqual([])
})

test('the seal follows every letter of the content', () => {
  const content = certificateContent(facts)
  expect(sealOf(content)).toMatch(/^[0-9a-f]{64}$/)
  expect(sealOf({ ...content, workspace: 'Atelier Süd' })).not.toBe(sealOf(content))
})

test('the paper says every fact in both languages, in the zone of the mailbox, with number and seal whole', () => {
  const content = certificateContent(facts)
  const rowsOf = (language: 'en' | 'de') => {
    const paper = certificatePaper(content, { seal: 'cd'.repeat(32), language, zone: 'Europe/Berlin' })
    const [table] = paper.sections[0]?.blocks ?? []
    return [paper.title, paper.note, ...(table?.kind === 'table' ? table.rows : [])]
  }
  expect(rowsOf('en')).toEqual([
    'Disconnect certificate',
    'Issued on 5 January 2026 at 10:00 CET',
    ['Number', facts.id],
    ['Workspace', 'Atelier Nord'],
    ['Mailbox', 'anna@brand.example (Google, Full Access), connected since 3 November 2025 at 09:00 CET.'],
    ['Decided by', 'Anna Keller, 5 January 2026 at 10:00 CET'],
    [
      'Permission',
      'Given back; Google has ended it. Google has also ended every other permission of this account for Kontor.',
    ],
    ['Waiting emails', '12, leave from team@brand.example.'],
    ['Stored emails', '40 erased with 3 attachments (82 kB), 5 January 2026 at 10:00 CET.'],
    [
      'What stays',
      'The access log with 512 entries. 1 address that must not be written to, as a keyed hash that names nobody.',
    ],
    ['Seal', 'cd'.repeat(32)],
  ])
  expect(rowsOf('de').flat()).toEqual(
    expect.arrayContaining(['Trennungsnachweis', '12, gehen von team@brand.example raus.']),
  )
})
