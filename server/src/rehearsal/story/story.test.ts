/** Facts about the story and its characters. */
import { expect, test } from 'vitest'
import { TEMPERAMENTS } from '../../../../practice/src/people/people.ts'
import { addressOf, characters, handleOf, plain } from './characters.ts'
import { english } from './english.ts'
import { german } from './german.ts'

test('some forty influencers, each with an address and a name of their own', () => {
  expect(characters.length).toBeGreaterThanOrEqual(40)
  expect(new Set(characters.map(addressOf)).size).toBe(characters.length)
  const wrong = characters.filter(
    (character) => !/^[a-z]+\.[a-z]+@people\.practice\.example$/.test(addressOf(character)),
  )
  expect(wrong).toEqual([])
})
test('the practice world knows how each of them is', () => {
  const unknown = characters.filter(({ temperament }) => !TEMPERAMENTS.some((known) => known === temperament))
  expect(unknown).toEqual([])
})
test('whoever is decided about applies by themselves', () => {
  const decided = characters.filter(({ decision }) => decision !== undefined)
  expect(
    decided.every(({ wave, temperament }) => wave === 'first' && temperament.startsWith('applies')),
  ).toBe(true)
})
test('whoever is invited first shows every way of answering', () => {
  const shown = new Set(
    characters
      .filter(({ wave }) => wave === 'first' || wave === 'quiet')
      .map(({ temperament }) => temperament),
  )
  expect(TEMPERAMENTS.filter((temperament) => !shown.has(temperament))).toEqual(['late'])
})
test.each([
  ['Zsófia Kertész', 'zsofia.kertesz'],
  ['  Ärger  Groß ', 'arger.gross'],
  ['漢字', ''],
  ["O'Neill-Braun", 'oneillbraun'],
])('%s becomes %s in an address', (name, local) => {
  expect(plain(name)).toBe(local)
})
test('a handle begins with the first name', () => {
  expect(handleOf({ name: 'Mina Çelik', topic: 'style' })).toBe('@mina.style')
})
test('both stories say the same things in their own words', () => {
  const shape = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.length
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]))
        : typeof value
  expect(shape(german)).toEqual(shape(english))
  expect([german.running.name, german.answer, german.note]).not.toContain(english.running.name)
})
