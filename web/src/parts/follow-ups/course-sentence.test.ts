import { expect, test } from 'vitest'
import { courseKey } from './course-sentence.ts'

const standing = { state: 'waiting', n: 1, of: 2, byHand: false } as const
const dueAt = '2026-01-09T09:00:00Z'

test('who waits is told a time once the mail before has left', () => {
  expect(courseKey(standing)).toBe('before')
  expect(courseKey({ ...standing, dueAt })).toBe('leaves')
})

test('where replies are not seen, it is a reminder that comes', () => {
  expect(courseKey({ ...standing, dueAt, byHand: true })).toBe('remindOn')
  expect(courseKey({ ...standing, dueAt, byHand: true, state: 'reminder' })).toBe('reminder')
})
