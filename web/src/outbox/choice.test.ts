import type { OutboxRow } from '@kontor/api/outbox'
import { expect, test } from 'vitest'
import { choicesOf, countOf, nothing, stepsFor, toggled, wholeChoice } from './choice.ts'

function row(id: string): OutboxRow {
  return {
    id,
    kind: 'bulk',
    state: 'queued',
    mailboxId: 'anna',
    mailboxAddress: 'anna@brand.example',
    to: 'mia@people.example',
    toName: 'Mia Ford',
    subject: '',
    enqueuedAt: '2026-01-05T09:00:00Z',
    reason: { code: 'next' },
  }
}
const rows = ['a', 'b', 'c', 'd'].map(row)
const chosen = (...ids: string[]) => ({ all: false, ids: new Set(ids) }) as const
const all = { all: true, before: '2026-01-05T09:00:00Z' } as const

test('one more, one less', () => {
  expect(toggled(nothing, rows, 'b')).toEqual(chosen('b'))
  expect(toggled(chosen('b', 'c'), rows, 'b')).toEqual(chosen('c'))
})

test('from the last one on, in both directions', () => {
  expect(toggled(chosen('d'), rows, 'b', 'd')).toEqual(chosen('d', 'b', 'c'))
  expect(toggled(chosen('a'), rows, 'c', 'a')).toEqual(chosen('a', 'b', 'c'))
})

test('one less of all leaves those that are shown', () => {
  expect(toggled(all, rows, 'a')).toEqual(chosen('b', 'c', 'd'))
})

test('a mail that has left is no longer counted; of all, the server knows how many', () => {
  expect(countOf(chosen('a', 'gone'), rows, 99)).toBe(1)
  expect(countOf(all, rows, 99)).toBe(99)
})

test('named mails are asked for a few hundred at a time, in the order of the list', () => {
  const many = Array.from({ length: 450 }, (_, i) => row(`m${i}`))
  const choices = choicesOf(chosen(...many.map((one) => one.id)), many, 'waiting', {})
  expect(choices.map((choice) => ('ids' in choice ? choice.ids.length : 0))).toEqual([200, 200, 50])
})

test('to the front they go together, so that their order stays; of more than a request takes, the last ones first', () => {
  const choices = [{ ids: ['a', 'b'] }, { ids: ['c'] }]
  expect(stepsFor('front', choices)).toEqual([{ ids: ['a', 'b', 'c'] }])
  expect(stepsFor('hold', choices)).toEqual(choices)
  const many = Array.from({ length: 1001 }, (_, i) => `m${i}`)
  expect(stepsFor('front', [{ ids: many }])).toEqual([{ ids: ['m1000'] }, { ids: many.slice(0, 1000) }])
  const matching = [{ matching: { section: 'waiting' as const, before: '2026-01-05T09:00:00Z' } }]
  expect(stepsFor('front', matching)).toEqual(matching)
})

test('for a plan, named mails are asked for at once, without those that have left the list', () => {
  const many = Array.from({ length: 450 }, (_, i) => row(`m${i}`))
  const ids = many.map((one) => one.id)
  expect(wholeChoice(chosen('gone', ...ids), many, 'past', {})).toEqual({ ids })
})

test('all that match are asked for by the filters', () => {
  expect(choicesOf(all, rows, 'waiting', { kind: 'bulk', q: 'mia' })).toEqual([
    {
      matching: {
        section: 'waiting',
        mailboxId: undefined,
        campaignId: undefined,
        kind: 'bulk',
        q: 'mia',
        before: '2026-01-05T09:00:00Z',
      },
    },
  ])
})
