import { expect, test } from 'vitest'
import { paragraphs } from './brief-paragraphs.ts'

test('blank lines part paragraphs and single line breaks stay', () => {
  expect(paragraphs('One\ntwo\r\n\r\nThree\n\n\n')).toEqual([
    { kind: 'text', text: 'One\ntwo' },
    { kind: 'text', text: 'Three' },
  ])
})

test('a block of dashes is a list', () => {
  expect(paragraphs('- a reel\n– two stories')).toEqual([{ kind: 'list', lines: ['a reel', 'two stories'] }])
})

test('an empty brief has no paragraphs', () => {
  expect(paragraphs(' \n ')).toEqual([])
})
