import { expect, test } from 'vitest'
import { fileSize } from './file-size.ts'

test('sizes are told in the unit that people use', () => {
  expect(fileSize(120, 'en-GB')).toBe('1 kB')
  expect(fileSize(94_412, 'en-GB')).toBe('94 kB')
  expect(fileSize(1_840_233, 'en-GB')).toBe('1.8 MB')
  expect(fileSize(1_840_233, 'de-DE')).toBe('1,8 MB')
  expect(fileSize(24_900_000, 'en-GB')).toBe('25 MB')
})
