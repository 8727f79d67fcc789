import { expect, test } from 'vitest'
import { clockTime } from './clock-time.ts'

test.each([
  ['08:30', '08:30'],
  ['8:30', '08:30'],
  ['8.30', '08:30'],
  ['8h30', '08:30'],
  ['830', '08:30'],
  ['0830', '08:30'],
  [' 8 ', '08:00'],
  ['0', '00:00'],
  ['23:59', '23:59'],
])('%j is read as the time %s', (text, time) => {
  expect(clockTime(text)).toBe(time)
})

test.each(['', '24:00', '12:60', '8:3', '8:30 pm', 'noon', '-1', '123456'])('%j is no time', (text) => {
  expect(clockTime(text)).toBeUndefined()
})
