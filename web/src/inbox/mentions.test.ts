import { expect, test } from 'vitest'
import { calledAt, completed, fitting, mentionedIn, piecesOf } from './mentions.ts'

const team = [
  { personId: 'a', name: 'Anna Keller' },
  { personId: 'b', name: 'Ben Weber' },
  { personId: 'o', name: 'Özlem Ay' },
]

test('somebody is called by an @ that begins a word, while the name is typed', () => {
  expect(calledAt('Hi @be', 6)).toEqual({ from: 3, begun: 'be' })
  expect(calledAt('@Ben We', 7)).toEqual({ from: 0, begun: 'Ben We' })
  expect(calledAt('(@', 2)).toEqual({ from: 1, begun: '' })
  expect(calledAt('mia@be', 6)).toBeUndefined()
  expect(calledAt('@Ben Weber please look', 22)).toBeUndefined()
})

test('a name is found by any of its parts, in any case', () => {
  const names = (begun: string) => fitting(team, begun).map(({ name }) => name)
  expect([names('we'), names('ÖZ'), names('ben w'), names('x')]).toEqual([
    ['Ben Weber'],
    ['Özlem Ay'],
    ['Ben Weber'],
    [],
  ])
})

test('choosing a name puts it into the text, the caret after it', () => {
  expect(completed('Hi @be please', 6, { from: 3, name: 'Ben Weber' })).toEqual({
    text: 'Hi @Ben Weber please',
    caret: 14,
  })
})

test('those are mentioned who stand in the text by their full name', () => {
  expect(mentionedIn('@Ben Weber and @Anna', team)).toEqual(['b'])
})

test('a note falls into plain pieces and names', () => {
  expect(piecesOf('@Ben Weber, ask @Anna Keller.', ['Anna Keller', 'Ben Weber'])).toEqual([
    { at: 0, text: '@Ben Weber', mention: true },
    { at: 10, text: ', ask ', mention: false },
    { at: 16, text: '@Anna Keller', mention: true },
    { at: 28, text: '.', mention: false },
  ])
  expect(piecesOf('no one@home', [])).toEqual([{ at: 0, text: 'no one@home', mention: false }])
})
