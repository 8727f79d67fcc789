import { expect, test } from 'vitest'
import { castOf, mustWait } from './cast.ts'

/**
 * Day one: Anna's address has 10 direct mails and 344 invitations for a cap of 300, so 54 wait. Ben's has 50 invitations
 * in two workspaces for 30, so 20 wait. Cleo's has 20 for 25. Dora's has 62 for 40, so 22 wait. Emil's has 15 for 20.
 * Day two: Cleo's address has 30 more for 25, so 5 wait for day three; Dora's 22, 15 and 3 fill her 40.
 */
test('of the whole cast 101 mails wait for another day', () => {
  expect(mustWait(castOf({ share: 1 }))).toBe(54 + 20 + 22 + 5)
})

test('a fifth of the cast is a fifth of the people and of the caps', () => {
  const cast = castOf({ share: 1 / 5 })
  expect(cast.everyone.length).toBe(24)
  expect(cast.caps).toEqual({ anna: 60, ben: 6, cleo: 5, dora: 8, emil: 4 })
  expect(cast.some(60, 70)).toEqual(['P0013', 'P0014'])
})
