import { expect, test } from 'vitest'
import { firstNameOf, lastNameOf } from './person-name.ts'

test.each([
  ['Anna Keller', 'Anna', 'Keller'],
  ['Keller, Anna', 'Anna', 'Keller'],
  ['Dr. Anna von Keller', 'Anna', 'von Keller'],
  ['Frau Prof. Keller', 'Keller', ''],
  ['Madonna', 'Madonna', ''],
  ['  José   Álvarez ', 'José', 'Álvarez'],
  ['Dr.', 'Dr.', ''],
  ['', '', ''],
])('"%s" is called %s, last name "%s"', (name, first, last) => {
  expect([firstNameOf(name), lastNameOf(name)]).toEqual([first, last])
})
