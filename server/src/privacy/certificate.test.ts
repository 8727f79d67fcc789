import { expect, test } from 'vitest'
import type { CertificateFacts, CertificateKind } from './certificate.ts'
import { certificateContent, openParts, sealOf } from './certificate.ts'

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
