import type { OutboxRow } from '@kontor/api/outbox'
import { expect, test } from 'vitest'
import { byMailbox, stillLooked } from './doubts.ts'

function row(id: string, mailboxId: string, code: string): OutboxRow {
  return {
    id,
    kind: 'bulk',
    state: 'in_doubt',
    mailboxId,
    mailboxAddress: `${mailboxId}@brand.example`,
    to: 'mia@people.example',
    toName: 'Mia Ford',
    subject: '',
    enqueuedAt: '2026-01-05T09:00:00Z',
    reason: { code },
  }
}
const rows = [
  row('a', 'ben', 'in_doubt_send_only'),
  row('b', 'anna', 'in_doubt_looking'),
  row('c', 'ben', 'in_doubt_send_only'),
]

test('what one Sent folder can settle stands together, in the order of the list', () => {
  expect(byMailbox(rows).map(({ address, rows: ofIt }) => [address, ofIt.map(({ id }) => id)])).toEqual([
    ['ben@brand.example', ['a', 'c']],
    ['anna@brand.example', ['b']],
  ])
})

test('mails that Kontor still looks for by itself are counted apart', () => {
  expect([stillLooked(rows), stillLooked(rows.slice(0, 1))]).toEqual([1, 0])
})
