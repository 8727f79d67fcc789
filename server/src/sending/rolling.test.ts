import { expect, test } from 'vitest'
import { rollingLimitOf } from './rolling.ts'

test.each([
  ['anna@gmail.com', 450],
  ['anna@googlemail.com', 450],
  ['anna@company.example', undefined],
  ['anna@gmail.com.example', undefined],
  ['anna@outlook.com', undefined],
])('%s: %s mails in any 24 hours', (addressKey, limit) => {
  expect(rollingLimitOf(addressKey)).toBe(limit)
})
