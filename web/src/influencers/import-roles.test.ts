import { expect, test } from 'vitest'
import { variableName } from './import-roles.ts'

test.each([
  ['Schuhgröße', 'schuhgroesse'],
  ['2026 Followers!', 'followers'],
  ['shoe_', 'shoe_'],
  ['', 'variable'],
  ['x'.repeat(60), 'x'.repeat(40)],
])('"%s" makes the variable %s', (typed, name) => {
  expect(variableName(typed)).toBe(name)
})
