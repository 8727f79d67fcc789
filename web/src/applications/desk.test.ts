import { expect, test } from 'vitest'
import type { Application } from '@kontor/api/campaigns'
import { decidable, decided, emptyDesk, moved, position, tally, undone } from './desk.ts'

function application(id: string, extra: Partial<Application> = {}): Application {
  return {
    id,
    memberId: `m-${id}`,
    contactId: `c-${id}`,
    name: 'Lena Reist',
    handle: '@lena.reist',
    address: 'lena@reist.example',
    message: 'I would love to',
    appliedAt: '2026-03-02T08:00:00Z',
    memberState: 'applied',
    throughOpenLink: false,
    ...extra,
  }
}

test('the desk opens at the first application that nobody has decided', () => {
  const rows = [application('1', { decision: 'approved' }), application('2'), application('3')]
  expect(position(emptyDesk, rows)).toBe(1)
})

test('moving stops at the ends of the pile', () => {
  const rows = [application('1'), application('2')]
  const second = moved(emptyDesk, rows, 1)
  expect(second.chosen).toBe('2')
  expect(moved(second, rows, 1)).toEqual(second)
})

test('a decision turns to the next open application, going round once', () => {
  const rows = [application('1'), application('2', { decision: 'rejected' }), application('3')]
  expect(decided(emptyDesk, rows, '3')).toEqual({ chosen: '1', trail: [{ id: '3', before: undefined }] })
})

test('the last decision of a pile stays on the screen', () => {
  expect(decided(emptyDesk, [application('1')], '1').chosen).toBe('1')
})

test('undo returns to the application and restores what it held before', () => {
  const rows = [application('1', { decision: 'approved' }), application('2')]
  const after = decided(emptyDesk, rows, '1')
  expect(undone(after)).toEqual({ desk: { chosen: '1', trail: [] }, id: '1', verdict: 'approved' })
  expect(undone(emptyDesk)).toBeUndefined()
})

test('what was sent, withdrawn or declined can no longer be decided', () => {
  expect(decidable(application('1', { decisionSentAt: '2026-03-02T09:00:00Z' }))).toBe(false)
  expect(decidable(application('1', { memberState: 'withdrawn' }))).toBe(false)
  expect(decidable(application('1', { memberState: 'declined' }))).toBe(false)
  expect(decidable(application('1'))).toBe(true)
})

test('a decision on somebody who gets no email is made and kept, and never counted as to be sent', () => {
  const barred = { barred: 'unsubscribed' } as const
  const rows = [
    application('1', { ...barred, decision: 'approved' }),
    application('2', { ...barred, decision: 'rejected' }),
    application('3', barred),
  ]
  expect(tally(rows)).toEqual({ open: 1, approved: 0, rejected: 0 })
  expect(rows.every(decidable)).toBe(true)
})

test('only decisions that have not been sent are counted', () => {
  const rows = [
    application('1', { decision: 'approved' }),
    application('2', { decision: 'approved', decisionSentAt: '2026-03-02T09:00:00Z' }),
    application('3', { decision: 'rejected' }),
    application('4'),
  ]
  expect(tally(rows)).toEqual({ open: 1, approved: 1, rejected: 1 })
})
