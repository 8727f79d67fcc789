import { expect, test } from 'vitest'
import { isVariable } from '../contacts/facts.ts'
import { knownVariables } from '../templates/variables.ts'

test("a team's own variable cannot take a name that every text knows already", () => {
  const names = knownVariables([]).map((name) => name.split('.')[0] ?? '')
  expect(names.filter(isVariable)).toEqual([])
  expect(isVariable('fee')).toBe(true)
})
