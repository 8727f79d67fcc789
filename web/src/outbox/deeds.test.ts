import type { OutboxRow } from '@kontor/api/outbox'
import { expect, test } from 'vitest'
import { firstWayOut, offersFor, offersForMany } from './deeds.ts'

const row: OutboxRow = {
  id: 'a',
  kind: 'bulk',
  state: 'queued',
  mailboxId: 'anna',
  mailboxAddress: 'anna@brand.example',
  contactId: 'mia',
  to: 'mia@people.example',
  toName: 'Mia Ford',
  subject: '',
  enqueuedAt: '2026-01-05T09:00:00Z',
  reason: { code: 'behind' },
}
const labels = (of: OutboxRow, part: 'waiting' | 'held' | 'past') =>
  offersFor(of, part).map((group) => group.map((offer) => offer.label))

test('a waiting mail: what destroys stands last, apart, and is asked about', () => {
  expect(labels(row, 'waiting')).toEqual([
    ['front', 'hold'],
    ['schedule', 'promise', 'now'],
    ['move'],
    ['cancel'],
  ])
  expect(offersFor(row, 'waiting').at(-1)).toEqual([{ label: 'cancel', ask: 'cancel', problem: true }])
})

test('a mail with a time and a promise can lose both', () => {
  const planned = { ...row, notBefore: '2026-01-06T09:00:00Z', promisedFor: '2026-01-07' }
  expect(labels(planned, 'waiting')[1]).toEqual(['schedule', 'unschedule', 'promise', 'unpromise', 'now'])
})

test('a personal mail needs neither promise nor exception; just written, it can be taken back', () => {
  expect(labels({ ...row, kind: 'direct' }, 'waiting')[1]).toEqual(['schedule'])
  expect(labels({ ...row, kind: 'direct', reason: { code: 'undo' } }, 'waiting')).toEqual([
    ['take_back'],
    ['hold', 'schedule'],
  ])
})

test('a mail that is on its way is left alone', () => {
  expect(labels({ ...row, state: 'leased' }, 'waiting')).toEqual([])
})

test('what has left can be sent again, and nothing else', () => {
  expect(labels({ ...row, state: 'accepted' }, 'past')).toEqual([['send_again']])
  expect(offersForMany('past')).toEqual({ beside: [{ label: 'send_again', ask: 'send_again' }], more: [] })
})

test('a held mail shows its best way out; one to nobody on record the next best', () => {
  const held = { ...row, state: 'held' as const, waysOut: ['open_contact', 'release', 'cancel'] as const }
  const { contactId: _none, ...nobody } = held
  expect([
    firstWayOut({ ...held, waysOut: [...held.waysOut] }),
    firstWayOut({ ...nobody, waysOut: [...held.waysOut] }),
  ]).toEqual(['open_contact', 'release'])
})
