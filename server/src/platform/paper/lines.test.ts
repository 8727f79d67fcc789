/** Facts about breaking lines; every letter is one unit wide, a strong one two. */
import { describe, expect, test } from 'vitest'
import type { Measure } from './lines.ts'
import { breakLines, widestWord } from './lines.ts'
import type { Text } from './paper.ts'

const measure: Measure = (text, strong) => text.length * (strong ? 2 : 1)
const broken = (text: Text, width: number): readonly string[] =>
  breakLines(text, width, measure).map((line) => line.map((piece) => piece.text).join('|'))

describe('lines', () => {
  test('break at spaces and end without one', () => {
    expect(broken('one two three', 8)).toEqual(['one two', 'three'])
  })
  test('take a word that fits to the very edge', () => {
    expect(broken('one two', 7)).toEqual(['one two'])
  })
  test('of nothing are one empty line', () => {
    expect(broken('', 10)).toEqual([''])
  })
  test('never break between a strong word and the full stop that follows it', () => {
    expect(broken(['see ', { strong: 'ab' }, '. Then'], 8)).toEqual(['see', 'ab|. Then'.slice(0, 4), 'Then'])
  })
  test('keep a no-break space', () => {
    expect(broken('at 25\u00A0MB', 5)).toEqual(['at', '25\u00A0MB'])
  })
  test('cut a word that is wider than the line after its last sign', () => {
    expect(broken('anna@example.org', 10)).toEqual(['anna@', 'example.', 'org'])
  })
  test('cut a word without signs where it must be', () => {
    expect(broken('abcdefgh', 3)).toEqual(['abc', 'def', 'gh'])
  })
  test('end even when a single letter is wider than the line', () => {
    expect(broken('abc', 0)).toEqual(['a', 'b', 'c'])
  })
  test('carry the target of a link over the break', () => {
    expect(breakLines([{ link: 'two words', to: '#x' }], 5, measure)).toEqual([
      [{ text: 'two', strong: false, to: '#x' }],
      [{ text: 'words', strong: false, to: '#x' }],
    ])
  })
  test('the widest word counts what cannot be parted', () => {
    expect(widestWord(['a ', { strong: 'bc' }, '. d'], measure)).toBe(5)
  })
})
