import { expect, test } from 'vitest'
import { openState } from './open-state.ts'

test('a running campaign takes applications up to its last day, and says so from the day after', () => {
  const state = (today: string, applyUntil?: string) =>
    openState({ status: 'running', brief: applyUntil === undefined ? {} : { applyUntil } }, today)
  expect([
    state('2026-01-05'),
    state('2026-01-05', '2026-01-06'),
    state('2026-01-05', '2026-01-05'),
    state('2026-01-05', '2026-01-04'),
  ]).toEqual(['running', 'running', 'running', 'over'])
})

test('paused and closed count before the last day, and a draft has not begun', () => {
  const brief = { applyUntil: '2026-01-04' }
  const states = (['draft', 'paused', 'closed'] as const).map((status) =>
    openState({ status, brief }, '2026-01-05'),
  )
  expect(states).toEqual(['draft', 'paused', 'closed'])
})
