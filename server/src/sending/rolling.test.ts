import { expect, test } from 'vitest'
import { rollingLimitOf } from './rolling.ts'

test.each([
  ['gmail', 'anna@gmail.com', 450],
  ['gmail', 'anna@googlemail.com', 450],
  ['gmail', 'anna@company.example', undefined],
  ['gmail', 'anna@gmail.com.example', undefined],
  ['microsoft', 'anna@outlook.com', undefined],
  ['imap', 'anna@gmail.com', undefined],
])('%s, %s: %s mails in any 24 hours', (provider, addressKey, limit) => {
  expect(rollingLimitOf({ provider, addressKey })).toBe(limit)
})
