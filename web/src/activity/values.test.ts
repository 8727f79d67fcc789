import { expect, test } from 'vitest'
import { roleIn, valuesOf } from './values.ts'

const entry = { id: '01890000-0000-7000-8000-0000000000a1', at: '2026-01-05T09:00:00Z', actor: 'Anna Keller' }

test('the number of a deed is that of its mails, people or lines, and 0 where it counts nothing', () => {
  const counts = [{ count: 3 }, { total: 40, queued: 12 }, { queued: 5, leftOut: 1 }, { lines: 7 }, {}].map(
    (detail) => valuesOf({ ...entry, action: 'outbox.hold', detail }).count,
  )
  expect(counts).toEqual([3, 40, 5, 7, 0])
})

test('an assignment to nobody names nobody', () => {
  const assigned = { ...entry, action: 'conversation.assigned', subject: 'Mia Ford' } as const
  expect(valuesOf({ ...assigned, detail: { to: 'Ben Vogt' } })).toMatchObject({
    subject: 'Mia Ford',
    to: 'Ben Vogt',
  })
  expect(valuesOf(assigned).to).toBeUndefined()
})

test('a role is known by its code alone', () => {
  expect(['admin', 'chief', undefined].map(roleIn)).toEqual(['admin', undefined, undefined])
})
