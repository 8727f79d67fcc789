import { expect, test } from 'vitest'
import { paragraphs, withImage, withoutImage } from './brief-paragraphs.ts'

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

test('a line names the image that stands there; one that no line names comes at the end', () => {
  expect(paragraphs('One\n[image 2]\nTwo\n\n[Bild 1]', 3)).toEqual([
    { kind: 'text', text: 'One' },
    { kind: 'image', n: 2 },
    { kind: 'text', text: 'Two' },
    { kind: 'image', n: 1 },
    { kind: 'image', n: 3 },
  ])
})

test('an image stands once, and a line for one that is not there stays words', () => {
  expect(paragraphs('[image 1]\n\n[image 1]\n\n[image 7]\n\nSee [image 1] above', 1)).toEqual([
    { kind: 'image', n: 1 },
    { kind: 'text', text: '[image 7]' },
    { kind: 'text', text: 'See [image 1] above' },
  ])
})

test('a line goes in between paragraphs, and out again with the others moving up', () => {
  const text = withImage('One\n\nTwo', 3, '[image 1]')
  expect(text).toBe('One\n\n[image 1]\n\nTwo')
  expect(withImage('', 0, '[image 1]')).toBe('[image 1]')
  expect(withoutImage('A\n\n[image 1]\n\nB\n\n[Bild 2]\n\n[image 3]', 2)).toBe(
    'A\n\n[image 1]\n\nB\n\n[image 2]',
  )
})
