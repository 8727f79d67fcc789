import type { ActivityEntry } from '@kontor/api/activity'
import { expect, test } from 'vitest'
import { inOneGo } from './in-one-go.ts'

function held(time: string, count: number, more: Partial<ActivityEntry> = {}): ActivityEntry {
  const at = `2026-01-05T${time}Z`
  return { id: at, at, actor: 'Anna', action: 'outbox.hold', detail: { act: 'hold', count }, ...more }
}
const read = (entries: readonly ActivityEntry[]) =>
  inOneGo(entries).map(({ actor, at, detail }) => [actor, at.slice(11, 19), detail?.['count']])

test('the steps of one act are read as one, at the time of the last', () => {
  expect(read([held('09:00:04', 66), held('09:00:02', 200), held('09:00:00', 200)])).toEqual([
    ['Anna', '09:00:04', 466],
  ])
})

test('a few mails, another person, another wish and a later hour stay deeds of their own', () => {
  const moved = (to: string) => ({ action: 'outbox.move', detail: { act: 'move', to, count: 200 } }) as const
  expect(read([held('09:00:02', 2), held('09:00:00', 3)])).toHaveLength(2)
  expect(read([held('09:00:02', 200, { actor: 'Ben' }), held('09:00:00', 200)])).toHaveLength(2)
  expect(read([held('09:00:02', 200, moved('a')), held('09:00:00', 200, moved('b'))])).toHaveLength(2)
  expect(read([held('10:00:00', 200), held('09:00:00', 200)])).toHaveLength(2)
})
